"""An archive with a folder to publish to, and short ways to do it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.publication_log import LogEvent
from bulletin.model.publishing import PublishOrder, PublishReport, SwitchReport
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder
from bulletin.pipeline.clearing import clear
from bulletin.pipeline.publishing.publishing import publish
from bulletin.pipeline.publishing.releases import Approach, rollback
from bulletin.register import open_register
from tests.archives import AT, write_archive


def quiet(_: object) -> None:
    """Nobody watches."""


@dataclass
class Bureau:
    """A publication, the folder it is published to, and a clock that goes on by a minute with each command."""

    root: Path
    folder: Path
    minutes: Iterator[int] = field(default_factory=itertools.count)
    host: str = "office-1"

    def holder(self, by: str = "李晶鑫") -> LockHolder:
        return LockHolder(by, self.host, 1, self.now())

    def order(self, **said: object) -> PublishOrder:
        site = SiteOrder(Audience.PUBLIC, self.root / "build")
        order = PublishOrder(str(said.pop("target", "")), self.holder(), site, clock=self.now)
        return replace(order, **said)  # type: ignore[arg-type]

    def now(self) -> str:
        """The next minute."""
        minute = next(self.minutes)
        return f"2026-11-23T{9 + minute // 60:02}:{minute % 60:02}:00+08:00"

    def publish(self, **said: object) -> PublishReport:
        return publish(self.root, self.order(**said), quiet)

    def rollback(self, wanted: str = "") -> SwitchReport:
        return rollback(self.root, Approach("", self.holder(), clock=self.now), wanted, quiet)

    def live(self) -> dict[str, bytes]:
        """What visitors see."""
        site = self.folder / "current"
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def made(self) -> dict[str, bytes]:
        """The site as it was made."""
        site = self.root / "build/web/public"
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def kept(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "releases").iterdir())

    def log(self) -> tuple[LogEvent, ...]:
        publication = load_publication(self.root).value
        assert publication
        with open_register(self.root, publication.register, at=AT) as register:
            return register.publications.events()

    def acts(self) -> list[tuple[str, str]]:
        """What was entered: act and serial number of the release."""
        return [(each.entry.act.value, each.entry.release[3:5]) for each in self.log()]

    def edit(self, path: str, more: str, *, cleared: bool = True) -> None:
        """A sentence is added to an article, which is cleared again."""
        article = self.root / path
        article.write_text(article.read_text("utf-8") + f"\n{more}\n", "utf-8")
        if cleared:
            key = IssueKey.parse(article.parent.name)
            assert key
            assert clear(self.root, key, [article.stem], "周砚", AT).articles

    def set(self, said: str) -> None:
        """Settings of the only target."""
        path = self.root / "bulletin.yaml"
        head = path.read_text("utf-8").partition("publish:")[0]
        path.write_text(f"{head}publish:\n  外网: {{to: {self.folder}{said}}}\n", "utf-8")


@pytest.fixture(scope="session")
def archive_with_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, its site made, to be copied."""
    root = write_archive(tmp_path_factory.mktemp("published") / "archive", issues=3)
    path = root / "bulletin.yaml"
    path.write_text(path.read_text("utf-8").replace("https://dt.example.cn/d/", "http://127.0.0.1:9/d/"), "utf-8")
    return root


@pytest.fixture
def bureau(archive_with_site: Path, tmp_path: Path) -> Bureau:
    import shutil

    root = tmp_path / "publication"
    shutil.copytree(archive_with_site, root)
    made = Bureau(root, tmp_path / "srv/gzdt")
    made.folder.parent.mkdir()
    made.set("")
    return made


Watch = Callable[[], None]
