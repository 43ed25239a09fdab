"""The printed issue page by page: everything in finished lines, every line in its place on the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bulletin.model.edition import Masthead
from bulletin.model.picture import Picture
from bulletin.model.prose import Note, SetBlock, SetInline, SetText


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the first page (报头): `title` in one or two lines of `size_pt`, its characters `spacing_em` apart;
    `marking` with the white, in em, that makes its lines equally wide; `copy_number` is the label before the number."""

    masthead: Masthead
    publisher: tuple[str, ...]
    title: tuple[str, ...]
    size_pt: float
    spacing_em: float
    marking: tuple[tuple[str, float], ...]
    copy_number: str
    copy_number_left: bool

    @property
    def lines(self) -> int:
        """Of the grid: marking and copy number, the title, its numbering, a blank one, the publisher, the rule."""
        return self.top_lines + self.title_lines + 3 + len(self.publisher)

    @property
    def top_lines(self) -> int:
        return max(2, len(self.marking) + self.copy_number_left)

    @property
    def title_lines(self) -> int:
        return 4 if len(self.title) == 1 else 2 * len(self.title) + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of 要览, broken at its phrases; `position` is that of the article it leads to, and `page` the page on which
    that begins; 0 where it leads to none. A `nested` one is set in."""

    lines: tuple[str, ...]
    position: int
    nested: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """本期要览, or as much of it as stands on a page; `heading` is empty where it goes on."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What stands over an article, after a blank line, or the `label` of an attachment and a blank line: title and subtitle
    broken at their phrases, date and by-line; and a blank line before the text."""

    position: int
    label: str
    plain_title: str
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    dateline: str
    byline: tuple[str, ...]
    byline_families: tuple[str, ...]
    """Those that a name is set in which the usual face does not have whole; else empty."""
    spaced_byline: bool

    @property
    def lines(self) -> int:
        """Of the grid."""
        below = len(self.subtitle) + bool(self.dateline) + len(self.byline)
        return (2 if self.label else 1) + len(self.title) + below + 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks of one article, by its position, or of the issue itself (0)."""

    position: int
    blocks: tuple[SetBlock, ...]


@dataclass(frozen=True, slots=True)
class SetImprint:
    """The foot of the issue (报尾), or as much of it as stands on a page: for each label of the distribution one text a
    rank; the label is empty where its list goes on. Editors and print run stand at its end, or what a `Colophon` says."""

    distribution: tuple[tuple[str, tuple[SetText, ...]], ...]
    editors: tuple[tuple[tuple[str, SetText], ...], ...]
    """Lines of labels and names."""
    print_run_text: str
    continued: bool = False
    """It began on the page before."""
    run_beside: bool = False
    """The print run stands at the end of the last of these lines; else it has one of its own."""


PagePart: TypeAlias = "Head | Contents | TitleBlock | Passage | SetImprint"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its parts from the top, its footnotes, and whether its number is printed.

    `lines` are those of the grid that are taken, footnotes and imprint among them; `imprint_lines` those of the imprint, over
    which footnotes stand. A blank page has no parts.
    """

    number: int
    parts: tuple[PagePart, ...]
    notes: tuple[Note[SetInline], ...]
    lines: float
    folio: bool = True
    imprint_lines: int = 0


@dataclass(frozen=True, slots=True)
class TypesetEdition:
    """The whole issue as it goes to the printer. `openings` are the articles' positions and first pages; `positions` the
    slug and position of each article, for links."""

    masthead: Masthead
    pages: tuple[Page, ...]
    pictures: tuple[Picture, ...]
    openings: tuple[tuple[int, int], ...]
    positions: tuple[tuple[str, int], ...]
    running_head: str
