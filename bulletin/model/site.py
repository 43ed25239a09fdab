"""The web edition as a whole: what its lists, feeds and search are made from, and what a bureau says of its site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import Enum
from urllib.parse import urlsplit

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.picture import Picture


@dataclass(frozen=True, slots=True)
class PartyGovernmentMark:
    """党政机关标识: the page of the register that vouches for the bureau, and the picture that the register gave it, if it is at hand."""

    url: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """`web:` in `bulletin.yaml`. Empty strings stand for what is not said.

    `url` is the address of the home page and ends with `/`; without it there are no feeds, no sitemap and no canonical links, as these
    need whole addresses. Colours are `#rrggbb`; each has enough contrast on its paper. All of it is public.
    """

    url: str
    name: str
    description: str
    column: str
    """栏目名称, for the government's meta tags."""
    sponsor: str
    undertaker: str
    contact: str
    id_code: str
    """网站标识码: ten characters."""
    icp: str
    police: str
    report_url: str
    """我为政府网站找错."""
    emblem: Picture | None
    """For the head of each page."""
    accent: str
    accent_dark: str
    pdf: bool
    """True if each issue is also offered as a PDF."""
    keywords: tuple[str, ...] = ()
    """栏目关键词, for the government's meta tags."""
    party_government_mark: PartyGovernmentMark | None = None

    @property
    def domain(self) -> str:
        """`lgb.example.gov.cn`; empty where the address is not known."""
        return urlsplit(self.url).hostname or ""

    @property
    def base(self) -> str:
        """The path of the home page on its server: `/`, `/gzdt/`."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class Card:
    """An article as lists show it. `number` is its place in the issue's address: kept for good once it is public.

    `date` is the article's own, or else the issue's. `summary` is the beginning of its text, about a hundred characters, for machines
    and for results of a search. `section` is the name of its kind, `section_order` the place of that among the kinds. An attachment is in the
    section of the article that it belongs to, whose number `attached_to` is (0 where that may not be read, and of all others); `label` is
    what is printed over it.
    """

    key: IssueKey
    number: int
    section: str
    section_name: str
    section_order: int
    label: str
    attached_to: int
    title: str
    subtitle: str
    byline: str
    speaker: str
    position: str
    """职务 of the speaker."""
    organization: str
    subjects: tuple[str, ...]
    date: date
    summary: str
    characters: int

    @property
    def path(self) -> str:
        """`2026/10/03`: below the home page, without a slash at its end."""
        return f"{self.key.web_path}/{self.number:02}"


@dataclass(frozen=True, slots=True)
class PdfCard:
    """The issue as a PDF: bytes, pages, and the page on which each article begins, in the order of the cards."""

    size: int
    pages: int
    openings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue as lists show it: its articles that the audience may read; `highlights` are the lines of the 要览 that stand by themselves."""

    key: IssueKey
    numbering: str
    date: date
    date_text: str
    highlights: tuple[str, ...]
    articles: tuple[Card, ...]
    pdf: PdfCard | None

    @property
    def path(self) -> str:
        """`2026/10`."""
        return self.key.web_path

    @property
    def listed(self) -> tuple[Card, ...]:
        """The articles that lists name and count: attachments are found with the article that they belong to."""
        return tuple(card for card in self.articles if not card.attached_to)

    @property
    def name(self) -> str:
        """`2026年第10期（总第497期）`."""
        return f"{self.key.year}年{self.numbering}"


@dataclass(frozen=True, slots=True)
class Around:
    """The issues before and after one, that the audience may read: path and name of each; empty where there is none."""

    older_path: str = ""
    older_name: str = ""
    newer_path: str = ""
    newer_name: str = ""


class ListKind(Enum):
    """By what articles are brought together. The value is the folder of the lists."""

    SECTION = "kind"
    UNIT = "unit"
    SPEAKER = "speaker"
    SUBJECT = "subject"


def list_identifier(kind: ListKind, name: str) -> str:
    """Twelve digits that stand for the name in an address: the same for the same name, for ever, whatever else there is."""
    digest = hashlib.sha256(f"{kind.value} {name}".encode()).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**12:012}"


@dataclass(frozen=True, slots=True)
class ArticleList:
    """All articles of a kind, a unit, a speaker or a subject, newest first.

    `identifier` is what its address is made of: the name of a kind, else a number made from the name, which never changes.
    """

    kind: ListKind
    name: str
    identifier: str
    articles: tuple[Card, ...]

    @property
    def path(self) -> str:
        """`unit/480213377102`."""
        return f"{self.kind.value}/{self.identifier}"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where an article was that was withdrawn: its address, and the day; nothing of the article. `day` is `None` where the log
    names none that can be read."""

    key: IssueKey
    number: int
    day: date | None

    @property
    def path(self) -> str:
        """`2026/10/03`: that of the article (`Card.path`)."""
        return f"{self.key.web_path}/{self.number:02}"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything an audience may read, newest issue first; `lists` by kind, then by name; `tombstones` by their addresses, oldest issue first."""

    audience: Audience
    issues: tuple[IssueCard, ...]
    lists: tuple[ArticleList, ...]
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have issues, newest first."""
        return tuple(sorted({issue.key.year for issue in self.issues}, reverse=True))


class PageKind(Enum):
    """What a page that is no issue and no article is; the value is the name of its template, `web/home.html`."""

    HOME = "home"
    ARCHIVE = "archive"
    YEAR = "year"
    BROWSE = "browse"
    LIST = "list"
    SEARCH = "search"
    HELP = "help"
    SITEMAP = "sitemap"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"

    @property
    def found(self) -> bool:
        """True if search engines may find such a page in public: one that is something by itself."""
        return self not in (PageKind.SEARCH, PageKind.MISSING, PageKind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry that leads to a page: its path below the home page, what it is called, how many articles it holds."""

    path: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in an archive."""

    path: str
    year: int
    numbering: str
    date_text: str
    articles: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that is no issue and no article, with all that it shows: equal values, equal pages.

    `path` is that of its folder (`archive`, `unit/480213377102/2019`), empty for the home page; the page for missing ones is `404`.
    `latest` are the newest issues (home); `issues` lines of an archive; `articles` those of a list; `years` its further pages;
    `groups` the lists that there are (browse, search, 网站地图), by `ListKind`. `day` is that of a withdrawal.
    """

    kind: PageKind
    path: str
    title: str
    latest: tuple[IssueCard, ...] = ()
    issues: tuple[IssueLine, ...] = ()
    articles: tuple[Card, ...] = ()
    years: tuple[Link, ...] = ()
    groups: tuple[tuple[ListKind, tuple[Link, ...]], ...] = ()
    day: date | None = None

    @property
    def file(self) -> str:
        """`unit/480213377102/index.html`."""
        if self.kind is PageKind.MISSING:
            return "404.html"
        return f"{self.path}/index.html" if self.path else "index.html"
