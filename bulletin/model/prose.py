"""Running text: inlines and blocks, as the author wrote them and as they are composed.

`Inline` and `Block` are what the reader makes of Markdown. Composition replaces some of them by richer ones, which appear in
`ComposedInline` and `ComposedBlock` only. Typesetting gives their texts line ends: `SetInline` and `SetBlock` are what is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from bulletin.model.line import Spacing
from bulletin.model.problem import Span

I = TypeVar("I")  # noqa: E741  the kind of inline: as written or composed
B = TypeVar("B")  # the kind of block: as written or composed

SECTION_LEVELS = range(1, 5)
"""Levels of headings below the title: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they are to be printed."""

    content: str


@dataclass(frozen=True, slots=True)
class Code:
    """Characters set in a monospaced face (`…` in Markdown)."""

    content: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that the author asked for."""


@dataclass(frozen=True, slots=True)
class Strong(Generic[I]):
    """Bold text."""

    content: tuple[I, ...]


@dataclass(frozen=True, slots=True)
class Emphasis(Generic[I]):
    """Emphasised text, set in 楷体."""

    content: tuple[I, ...]


@dataclass(frozen=True, slots=True)
class Link(Generic[I]):
    """A link as written: `https:`, `mailto:`, another article's file, or `#heading`."""

    target: str
    content: tuple[I, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A footnote reference `[^label]`."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class WebLink(Generic[I]):
    """A link to a page or a mailbox outside the bulletin."""

    url: str
    content: tuple[I, ...]


@dataclass(frozen=True, slots=True)
class CrossLink(Generic[I]):
    """A link to an article of the same edition, by its slug, and to a heading in it (`anchor` may be empty)."""

    slug: str
    anchor: str
    content: tuple[I, ...]


@dataclass(frozen=True, slots=True)
class Note(Generic[I]):
    """A footnote where it is referred to: its number in the article (from 1) and its text."""

    number: int
    content: tuple[I, ...]

    @property
    def mark(self) -> str:
        """What is printed at both ends: ① to ⑳, then 〔21〕."""
        return chr(0x245F + self.number) if self.number <= 20 else f"〔{self.number}〕"


@dataclass(frozen=True, slots=True)
class Spaced:
    """Typeset characters, newlines at line ends among them, whose spacing differs from their paragraph's."""

    content: str
    spacing: Spacing


@dataclass(frozen=True, slots=True)
class NoteText(Generic[I]):
    """The text of a footnote as written, and the label it is referred to by."""

    label: str
    content: tuple[I, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[I]):
    """A paragraph of body text."""

    content: tuple[I, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Heading(Generic[I]):
    """A heading as written, level 1 (`##`) to 4 (`#####`), with its number if the author typed one."""

    level: int
    content: tuple[I, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NumberedHeading(Generic[I]):
    """A heading with its number (`一、`), the text after it, and an anchor unique in the article."""

    level: int
    label: str
    content: tuple[I, ...]
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Salutation(Generic[I]):
    """`同志们：`, set flush left."""

    content: tuple[I, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RunInHeading(Generic[I]):
    """A paragraph that begins with a numbered bold lead, which is its heading."""

    level: int
    lead: tuple[I, ...]
    content: tuple[I, ...]
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quote(Generic[B]):
    """A quotation set off from the text; `continued` where it began on the page before."""

    blocks: tuple[B, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class ListItem(Generic[B]):
    """One item with the mark that is printed before it (`1.`, `•`); `continued` where it began on the page before."""

    mark: str
    blocks: tuple[B, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class ItemList(Generic[B]):
    """A list, ordered or not; printed, its marks take the width of so many characters; `continued` where it began on the page
    before."""

    ordered: bool
    items: tuple[ListItem[B], ...]
    mark_cells: int = 0
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Table(Generic[I]):
    """A table: one row of heads, rows of cells (all of the same length), and `left|center|right|` per column."""

    head: tuple[tuple[I, ...], ...]
    rows: tuple[tuple[tuple[I, ...], ...], ...]
    alignments: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of the issue's folder by file name, the words that stand for it, and its caption (may be empty)."""

    picture: str
    alternative: str
    caption: str
    span: Span


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines printed as they stand, in a monospaced face (a fenced block in Markdown); `continued` where it began on the page
    before."""

    content: str
    span: Span
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A break between two parts of the text (`---`)."""


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明: the names of what is attached, numbered if there are several (GB/T 9704-2012, 7.3.4)."""

    names: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """What is printed before each name: `1.`; nothing where it is the only one."""
        return tuple(f"{place}." for place in range(1, len(self.names) + 1)) if len(self.names) > 1 else ("",)

    @property
    def text(self) -> str:
        return "附件：" + "".join(number + name for number, name in zip(self.numbers, self.names, strict=True))


@dataclass(frozen=True, slots=True)
class SetAttachmentNote:
    """附件说明: for each name its number, empty where it is the only one, and its lines; they stand below each other.

    `continued` where it began on the page before.
    """

    names: tuple[tuple[str, tuple[str, ...]], ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期 at the end of an article (GB/T 9704-2012, 7.3.5.2)."""

    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Rest(Generic[I]):
    """The rest of a paragraph that began on the page before."""

    content: tuple[I, ...]


@dataclass(frozen=True, slots=True)
class SetCell(Generic[I]):
    """A cell of a table in finished lines, `left`, `center` or `right`."""

    content: tuple[I, ...]
    alignment: str


@dataclass(frozen=True, slots=True)
class SetRow(Generic[I]):
    """A row of a table, so many lines of the grid high."""

    cells: tuple[SetCell[I], ...]
    lines: int


@dataclass(frozen=True, slots=True)
class SetTable(Generic[I]):
    """A table, or as much of it as stands on a page, under its head; `widths_pt` are those of its columns.

    `begins` and `ends` say whether its first and its last row are among them.
    """

    widths_pt: tuple[float, ...]
    head: SetRow[I]
    rows: tuple[SetRow[I], ...]
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class SetFigure:
    """A picture as large as it is printed, and the lines of its caption; all of it is so many lines of the grid high."""

    picture: str
    alternative: str
    width_pt: float
    height_pt: float
    caption: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class SetSignature:
    """署名, in lines, and 成文日期, each with the white before it, in em."""

    name: tuple[str, ...]
    name_indent: float
    date: str
    date_indent: float


Inline: TypeAlias = "Text | Code | LineBreak | Strong[Inline] | Emphasis[Inline] | Link[Inline] | NoteRef"
Block: TypeAlias = (
    "Paragraph[Inline] | Heading[Inline] | Quote[Block] | ItemList[Block] | Table[Inline] | Figure | Verbatim | Divider"
)
ComposedInline: TypeAlias = (
    "Text | Code | LineBreak | Strong[ComposedInline] | Emphasis[ComposedInline] | WebLink[ComposedInline]"
    " | CrossLink[ComposedInline] | Note[ComposedInline]"
)
ComposedBlock: TypeAlias = (
    "Paragraph[ComposedInline] | NumberedHeading[ComposedInline] | Salutation[ComposedInline]"
    " | RunInHeading[ComposedInline] | Quote[ComposedBlock] | ItemList[ComposedBlock] | Table[ComposedInline]"
    " | Figure | Verbatim | Divider | AttachmentNote | Signature"
)
SetInline: TypeAlias = "Text | Spaced | Code | Strong[SetInline] | Emphasis[SetInline] | WebLink[SetInline] | CrossLink[SetInline] | Note[SetInline]"
SetText: TypeAlias = "tuple[SetInline, ...]"
"""Finished lines: their ends are newlines in the texts."""
SetBlock: TypeAlias = (
    "Paragraph[SetInline] | NumberedHeading[SetInline] | Salutation[SetInline] | RunInHeading[SetInline] | Quote[SetBlock]"
    " | ItemList[SetBlock] | Rest[SetInline] | SetTable[SetInline] | SetFigure | Verbatim | Divider | SetAttachmentNote"
    " | SetSignature"
)
