"""A release (版): all files of a site as they are put on a target at once, and who put them there when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.model.audience import Audience


@dataclass(frozen=True, slots=True)
class FileSum:
    """What a file is: the SHA-256 sum of its bytes, in hexadecimal (FIPS 180-4), and how many they are."""

    sha256: str
    size: int


Sums = Mapping[str, FileSum]
"""Files by their paths below the home page, `2026/10/index.html`."""


@dataclass(frozen=True, slots=True)
class PublishedArticle:
    """An article of a release: its address below the home page (`2026/10/03`), its title, which version it is (the digest that was
    cleared), and who cleared it when (empty on the intranet, where nobody has to)."""

    path: str
    title: str
    digest: str = ""
    cleared_by: str = ""
    cleared_at: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """A release as its manifest says: the serial number on its target, and what it is made of.

    `previous` is the name of the release that was live when it was put there, empty for the first. `commit` is the one that was checked out
    of the sources' version control, empty where there is none.
    """

    serial: int
    publication: str
    audience: Audience
    by: str
    at: str
    version: str
    commit: str
    previous: str
    files: Sums
    articles: tuple[PublishedArticle, ...]
    carried: tuple[str, ...] = ()
    """Paths of files that only pages of the release before ask for: a reader who has just been given one of those finds its looks."""

    @property
    def own(self) -> Sums:
        """Its files without those that are carried along."""
        return {path: each for path, each in self.files.items() if path not in self.carried}

    @property
    def name(self) -> str:
        """`00012-3f9a2c1b`: serial number and the first digits of the sum of all files; in this order they were made."""
        return f"{self.serial:05}-{sum_of(self.files)[:8]}"


def sum_of(files: Sums) -> str:
    """The SHA-256 sum of the list of files as `sha256sum` writes it, in the order of their paths."""
    lines = (f"{files[path].sha256}  {path}\n" for path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a release would change of one that is live: paths, each in order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def sent(self) -> tuple[str, ...]:
        """What has to be sent."""
        return (*self.added, *self.changed)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(live: Sums, wanted: Sums) -> Difference:
    """What has to change so that what is live becomes what is wanted."""
    return Difference(
        tuple(sorted(wanted.keys() - live.keys())),
        tuple(sorted(path for path in wanted.keys() & live.keys() if wanted[path].sha256 != live[path].sha256)),
        tuple(sorted(live.keys() - wanted.keys())),
    )
