"""The site in `build/` as a release: its files as they were proven, and nothing that changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin import __version__
from bulletin.load.issue import load_clearances
from bulletin.load.stock import Stock, take_stock
from bulletin.load.version_control import commit_of
from bulletin.model.clearance_log import withdrawn
from bulletin.model.errors import UsageError
from bulletin.model.issue import Clearance
from bulletin.model.problem import message
from bulletin.model.publication import Publication
from bulletin.model.release import FileSum, Release
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder, TargetSettings
from bulletin.pipeline.site.ledger import Ledger, read_ledger


class LostLooks(UsageError):
    """A file that is carried along from the release before is not on the target as it should be: it cannot be carried."""


@dataclass(frozen=True, slots=True)
class Made:
    """The site as a release that has no serial number yet; why articles were withdrawn, by their addresses; and what it was made from."""

    release: Release
    reasons: Mapping[str, str]
    stock: Stock


def site_release(
    root: Path, publication: Publication, settings: TargetSettings, site: SiteOrder, holder: LockHolder
) -> Made:
    """The site as it was made and proven last.

    Raises:
        UsageError: There is no whole site.
    """
    ledger = read_ledger(site)
    files = {path: FileSum(each.digest, each.size) for path, each in ledger.files().items()}
    if not files:
        raise UsageError(message("网站没有做完整"), message("运行 bulletin site"))
    withdrawals = dict(_withdrawals(root, ledger))
    release = Release(
        serial=0,
        target=settings.name,
        publication=publication.register.name,
        audience=site.audience,
        by=holder.by,
        at=holder.at,
        version=__version__,
        commit=commit_of(root),
        previous="",
        files=files,
        articles=ledger.articles(),
        withdrawn=tuple((path, each.at) for path, each in withdrawals.items()),
    )
    return Made(release, {path: each.reason for path, each in withdrawals.items()}, ledger.stock)


def _withdrawals(root: Path, ledger: Ledger) -> Iterator[tuple[str, Clearance]]:
    """The withdrawals that the site tells of, by the addresses of the articles."""
    for key, unit in sorted(ledger.issues.items()):
        if unit.tombstones:
            log = load_clearances(root, key).value or ()
            yield from ((f"{key.web_path}/{number:02}", each) for number, each in withdrawn(log).items())


def require_unchanged(root: Path, made: Made) -> None:
    """Raises: UsageError: The sources are not those that the site was made from: a clearance may have been taken back meanwhile."""
    if take_stock(root) != made.stock:
        raise UsageError(
            message("发布的时候，稿件、审签或设置又改了，没有发布"), message("再运行一次；网站还是原来的样子")
        )


def reader_of(folder: Path, release: Release) -> Callable[[str], bytes]:
    """Reads a file of the site, whose bytes must be those that were proven: nothing else goes out.

    Raises:
        LostLooks: The file is one of those that are carried along, which only the target has.
    """

    def read(path: str) -> bytes:
        if path in release.carried:
            raise LostLooks(message("上一版的“{path}”在服务器上坏了", path=path))
        try:
            content = (folder / path).read_bytes()
        except OSError as fault:
            raise _changed(path) from fault
        if hashlib.sha256(content).hexdigest() != release.files[path].sha256:
            raise _changed(path)
        return content

    return read


def _changed(path: str) -> UsageError:
    return UsageError(
        message("网站里的“{path}”在核对之后被改动过，没有发布", path=path),
        message("不要手工改 build/ 里的文件；运行 bulletin site --clean 重做，再发布"),
    )
