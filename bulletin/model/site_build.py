"""What a site is built from and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin.model.audience import Audience
from bulletin.model.problem import Problem


@dataclass(frozen=True, slots=True)
class SiteOrder:
    """What is wanted: for whom, below which folder, by how many processes at once; `clean` makes everything anew.

    `before_job` is called in a worker before each of its jobs: it renews the ceiling of computing time, which is meant for one.
    """

    audience: Audience
    output: Path
    workers: int = 1
    clean: bool = False
    before_job: Callable[[], None] = lambda: None

    @property
    def folder(self) -> Path:
        """The site: `build/web/public`."""
        return self.output / "web" / self.audience.value

    @property
    def kept(self) -> Path:
        """What is kept for the next build, beside the site and not in it."""
        return self.output / ".site" / self.audience.value

    @property
    def stage(self) -> Path:
        """Where the site is written before it takes its place."""
        return self.kept / "stage"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the site as it was written: the digest of its content, its size in bytes, and its time of change in nanoseconds.

    While size and time are the same, so is the content.
    """

    digest: str
    size: int
    changed_ns: int


Files = Mapping[str, WrittenFile]
"""By path below the site."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What became of a build of the site.

    `written`, `removed` and `kept` count files; `held` counts articles that are not cleared, and are in none of its files.
    """

    audience: Audience
    problems: tuple[Problem, ...]
    folder: str = ""
    issues: int = 0
    articles: int = 0
    held: int = 0
    written: int = 0
    removed: int = 0
    kept: int = 0

    @property
    def made(self) -> bool:
        """True if the site is as the sources say."""
        return bool(self.folder)
