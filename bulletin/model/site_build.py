"""What a site is built from and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
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
    """A file of the site as it was written: the SHA-256 sum of its content in hexadecimal, its size in bytes, and its time of change in nanoseconds.

    While size and time are the same, so is the content.
    """

    digest: str
    size: int
    changed_ns: int


Files = Mapping[str, WrittenFile]
"""By path below the site."""


class Off(Enum):
    """Why an article was taken off the site: its clearance was taken back, or it was withdrawn, of which its address tells; it changed; its file has another name and was not cleared
    by that; it is gone, or its whole issue is."""

    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    RENAMED = "renamed"
    DELETED = "deleted"
    ISSUE_DELETED = "issue-deleted"


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that came or went: its title, its address below the home page (`2026/10/03`), and why it went."""

    title: str
    path: str
    why: Off | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build of the public site put up and took off, newest issue first."""

    put_up: tuple[Shown, ...] = ()
    taken_off: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Articles that are in none of the site's files, by the state of their clearance: never given, void by a change, taken back, withdrawn."""

    uncleared: int = 0
    void: int = 0
    revoked: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        return self.uncleared + self.void + self.revoked + self.withdrawn


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What became of a build of the site.

    `written` and `kept` count files, `removed` are their paths; `articles` counts as lists do, without attachments; `held` counts articles that are not cleared, and are in none of its files. `changes` are
    told of the public site, whose addresses stay; the intranet shows all there is.
    """

    audience: Audience
    problems: tuple[Problem, ...]
    folder: str = ""
    issues: int = 0
    articles: int = 0
    held: Held = Held()
    written: int = 0
    removed: tuple[str, ...] = ()
    kept: int = 0
    changes: Changes = Changes()

    @property
    def made(self) -> bool:
        """True if the site is as the sources say."""
        return bool(self.folder)
