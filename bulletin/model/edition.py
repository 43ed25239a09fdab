"""An issue as composed: ordered, numbered, linked; what rendering and proving work from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.picture import Picture
from bulletin.model.prose import ComposedBlock
from bulletin.model.site import Card

CONTENTS_HEADING = "本期要览"


@dataclass(frozen=True, slots=True)
class Article:
    """An article in its place; in the public web edition `position` is the number of its address. `dateline` is `（2020年7月13日）` or empty; `source` the file it was written in.

    `label` is `附件1` over an attachment; `editors_note` (编者按) stands before the title.
    """

    position: int
    slug: str
    label: str
    title: tuple[str, ...]
    subtitle: str
    dateline: str
    byline: str
    spaced_byline: bool
    editors_note: tuple[ComposedBlock, ...]
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

    @property
    def closing(self) -> str:
        """What it ends with."""
        return self.print_run_text


@dataclass(frozen=True, slots=True)
class Colophon:
    """The foot of an issue's PDF on the web: whose site it is from, when it was published, where it stands, how much is in it.

    It has no place for recipients, print run, editors or telephones. `address` is empty where it is not known.
    """

    sponsor: str
    """主办单位 of the site."""
    date_text: str
    address: str
    closing: str

    @property
    def published(self) -> tuple[tuple[str, str], ...]:
        """Labels and texts: by whom, when."""
        return ("主办：", self.sponsor), ("", self.date_text)

    @property
    def found(self) -> tuple[tuple[str, str], ...]:
        """Label and text: where."""
        return (("网址：", self.address),) if self.address else ()


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
class Highlight:
    """A line of the 要览 and the position of the article that it leads to; 0 where that cannot be told. `nested` below one
    that counts several."""

    text: str
    position: int
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole issue, for print, or what an audience of the web may read of it, for its PDF: that one ends with a `Colophon`.

    `copy_number` is the label before the number of a copy, empty where none is printed; it stands over the marking, or right of
    its first line. `editors_note` (编者按) opens the issue.
    """

    masthead: Masthead
    marking: tuple[str, ...]
    copy_number: str
    copy_number_left: bool
    highlights: tuple[Highlight, ...]
    editors_note: tuple[ComposedBlock, ...]
    articles: tuple[Article, ...]
    imprint: Imprint | Colophon
    pictures: tuple[Picture, ...]

    @property
    def print_run(self) -> int:
        """The sum of all copies; none of the web's PDF."""
        return self.imprint.print_run if isinstance(self.imprint, Imprint) else 0


@dataclass(frozen=True, slots=True)
class WebEdition:
    """The part of an issue that its audience may read.

    It has no place for recipients, copy numbers, editors' telephones or articles that are held back: what is
    not there cannot leak. A public one is made by `compose_web_edition` from cleared articles only.
    """

    audience: Audience
    masthead: Masthead
    marking: tuple[str, ...]
    highlights: tuple[Highlight, ...]
    editors_note: tuple[ComposedBlock, ...]
    articles: tuple[Article, ...]
    cards: tuple[Card, ...]
    """What lists show of each article, in the same order."""
    pictures: tuple[Picture, ...]
    cleared_on: tuple[date | None, ...] = ()
    """In public the day in China on which each article was cleared, in the same order; on the intranet nobody has to."""

    @property
    def folder(self) -> str:
        """Where the issue's pages stand, relative to the site: `2026/07`."""
        return self.masthead.key.web_path

    @property
    def shown_highlights(self) -> tuple[Highlight, ...]:
        """The 要览 as pages show it: none where it says no more than the only article does in its own place."""
        articles = [card for card in self.cards if not card.attached_to]
        alone = len(self.highlights) == len(articles) == 1 and _repeats(self.highlights[0].text, articles[0])
        return () if alone else self.highlights


def _repeats(line: str, card: Card) -> bool:
    """True if nothing is left of the line without what an entry of a list says."""
    for said in (card.title, card.subtitle.removeprefix("——"), card.position, card.speaker, card.organization):
        line = line.replace(said, "")
    return line in ("", f"{card.section_name}1篇")
