"""The site in `build/` as a release: its files as they were proven, and nothing that changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from bulletin import __version__
from bulletin.load.version_control import commit_of
from bulletin.model.errors import UsageError
from bulletin.model.problem import message
from bulletin.model.publication import Publication
from bulletin.model.release import FileSum, Release
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder
from bulletin.pipeline.site.ledger import read_ledger


def site_release(root: Path, publication: Publication, target: str, site: SiteOrder, holder: LockHolder) -> Release:
    """The site as it was made and proven last, for a target; it has no serial number yet.

    Raises:
        UsageError: There is no whole site.
    """
    ledger = read_ledger(site)
    files = {path: FileSum(each.digest, each.size) for path, each in ledger.files().items()}
    if not files:
        raise UsageError(message("网站没有做完整"), message("运行 bulletin site"))
    return Release(
        serial=0,
        publication=publication.title,
        target=target,
        audience=site.audience,
        by=holder.by,
        at=holder.at,
        version=__version__,
        commit=commit_of(root),
        previous="",
        files=files,
        articles=ledger.articles(),
    )


def reader_of(folder: Path, release: Release) -> Callable[[str], bytes]:
    """Reads a file of the site, whose bytes must be those that were proven: nothing else goes out."""

    def read(path: str) -> bytes:
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
