"""A release (版): all files of a site as they are put on a target at once, and who put them there when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bulletin.model.audience import Audience

RELEASE_NAME = re.compile(r"(?!00000-)(?:[0-9]{5}|[1-9][0-9]{5,7})-[0-9a-f]{8}")
"""A release's name: the serial number, of five digits at least and eight at most, and the first digits of the sum of its files."""
_ISSUE = re.compile(r"([12][0-9]{3}/s?[0-9]{1,3})(?:/.*)?", re.DOTALL)
_ARTICLE = re.compile(r"([12][0-9]{3}/s?[0-9]{1,3}/[0-9]{1,4})(?:/.*)?", re.DOTALL)
_PAGE = "/index.html"


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

    `previous` is the name of the release that was live when it was put there, empty for the first. `commit` is that of the sources'
    version control, empty where there is none; it ends in `+` where the sources had changes that were not committed. `publication` and
    `target` are the names of the publication and of the target that it was made for.
    """

    serial: int
    publication: str
    target: str
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
    withdrawn: tuple[tuple[str, str], ...] = ()
    """Addresses whose articles were taken back, and when (ISO 8601, with zone; empty where the sources name no time)."""

    @property
    def own(self) -> Sums:
        """Its files without those that are carried along."""
        return {path: each for path, each in self.files.items() if path not in self.carried}

    @property
    def name(self) -> str:
        """`00012-3f9a2c1b`: serial number and the first digits of the sum of all files; in this order they were made."""
        return f"{self.serial:05}-{sum_of(self.files)[:8]}"


def serial_of(name: str) -> int:
    """The serial number in the name of a release; 0 where it is no such name: the first release is number 1."""
    return int(name.partition("-")[0]) if RELEASE_NAME.fullmatch(name) else 0


def age_of(name: str) -> tuple[int, str]:
    """What names of releases are ordered by, oldest first: as texts, number 100000 comes before 99999."""
    return serial_of(name), name


def newest_first(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are a release's."""
    return tuple(sorted(filter(RELEASE_NAME.fullmatch, names), key=age_of, reverse=True))


def article_at(path: str) -> str | None:
    """The address of the article (`2026/10/03`) whose page, or a file of which, lies at this path; an address is its own."""
    found = _ARTICLE.fullmatch(path)
    return found[1] if found else None


def issue_at(path: str) -> str | None:
    """The address of the issue (`2026/10`, `2026/s1`) whose page, or a file of which, lies at this path."""
    found = _ISSUE.fullmatch(path)
    return found[1] if found else None


def is_article_page(path: str) -> bool:
    """True if the page of an article lies at this path, and no file beside it."""
    return path.endswith(_PAGE) and article_at(path) == path.removesuffix(_PAGE)


def is_issue_page(path: str) -> bool:
    """True if the page of an issue lies at this path."""
    return path.endswith(_PAGE) and issue_at(path) == path.removesuffix(_PAGE)


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
