"""An issue as composed: ordered, numbered, linked; what rendering and proving work from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from bulletin.model.issue import IssueKey, Picture
from bulletin.model.prose import ComposedBlock, SetBlock, SetText


class Audience(Enum):
    """Whom a web edition is for."""

    PUBLIC = "public"
    INTRANET = "intranet"


@dataclass(frozen=True, slots=True)
class Article:
    """An article in its place. `dateline` is `（2020年7月13日）` or empty; `source` the file it was written in."""

    position: int
    slug: str
    title: tuple[str, ...]
    subtitle: str
    dateline: str
    byline: str
    spaced_byline: bool
    blocks: tuple[ComposedBlock, ...]
    source: str

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return " ".join(self.title)


@dataclass(frozen=True, slots=True)
class DistributionLine:
    """`报：` and the text after it, one string a rank."""

    label: str
    ranks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of the printed issue (报尾). `print_run` is the sum of all copies."""

    distribution: tuple[DistributionLine, ...]
    editors: tuple[tuple[str, str], ...]
    """Label and names: `责任编辑：`, `杨红`."""
    print_run: int
    print_run_text: str


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head of the issue (报头): `numbering` is `第7期（总第494期）`, `date_text` `2020年7月23日`."""

    key: IssueKey
    title: str
    publisher: str
    language: str
    numbering: str
    date: date
    date_text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole issue, for print."""

    masthead: Masthead
    marking: tuple[str, ...]
    highlights: tuple[str, ...]
    articles: tuple[Article, ...]
    imprint: Imprint
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class TypesetArticle:
    """An article in finished lines; title and subtitle are broken at their phrases."""

    position: int
    plain_title: str
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    dateline: str
    byline: str
    spaced_byline: bool
    blocks: tuple[SetBlock, ...]


@dataclass(frozen=True, slots=True)
class TypesetImprint:
    """The foot of the printed issue in finished lines: for each label of the distribution one text a rank."""

    distribution: tuple[tuple[str, tuple[SetText, ...]], ...]
    editors: tuple[tuple[str, SetText], ...]
    print_run_text: str


@dataclass(frozen=True, slots=True)
class TypesetEdition:
    """The whole issue as it goes to the printer: every line is where it will stand."""

    masthead: Masthead
    marking: tuple[str, ...]
    highlights: tuple[SetText, ...]
    articles: tuple[TypesetArticle, ...]
    imprint: TypesetImprint
    pictures: tuple[Picture, ...]
    positions: tuple[tuple[str, int], ...]
    """The slug and the position of each article, for links."""


@dataclass(frozen=True, slots=True)
class WebEdition:
    """The part of an issue that its audience may read.

    It has no place for recipients, copy numbers, editors' telephones or articles that are held back: what is
    not there cannot leak. A public one is made by `compose_web_edition` from cleared articles only.
    """

    audience: Audience
    masthead: Masthead
    marking: tuple[str, ...]
    highlights: tuple[str, ...]
    articles: tuple[Article, ...]
    pictures: tuple[Picture, ...]

    @property
    def folder(self) -> str:
        """Where the issue's pages stand, relative to the output folder: `web/public/2026/07`."""
        return f"web/{self.audience.value}/{self.masthead.key.web_path}"
