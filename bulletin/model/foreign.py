"""A foreign document as it was read: a manuscript from Word, plain text, PDF or a web page, before anything is made of it.

Every reader of `convert/` gives one of these, and everything after it (repairs, recognition, report, proof) knows no other format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Alignment(Enum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFIED = "justified"


class ChangeKind(Enum):
    """What was done to words while changes were tracked."""

    INSERTED = "inserted"
    DELETED = "deleted"


class ChangePolicy(Enum):
    """What becomes of tracked changes: all accepted, or all rejected; never some."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the foreign file, as a person finds it there: paragraph from 1, page from 1 and line from 1; 0 where unknown."""

    paragraph: int = 0
    page: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are set: the face's name as the file gives it (empty where it does not), size in points (0 where unknown)."""

    face: str = ""
    size_pt: float = 0.0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look. `\\n` is a line end inside the paragraph.

    `link` is the address they lead to, `note` the label of the footnote that is called here, `picture` the name of the picture that stands
    here; a run with `note` or `picture` has no text of its own.
    """

    text: str
    look: Look = Look()
    link: str = ""
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ForeignParagraph:
    """A paragraph.

    `number` is what the program numbered it with, as it is shown (`一、`, `（一）`, `•`), not part of the runs; empty where there is none.
    `style` is the name of its style, `level` the outline level of that (1 is the highest heading, 0 is body text). `indent_pt` is that of its
    first line. `new_page` is true where a page begins with it, `boxed` where it stands in a text box.
    """

    runs: tuple[Run, ...]
    place: Place = Place()
    number: str = ""
    style: str = ""
    level: int = 0
    list_level: int = -1
    alignment: Alignment = Alignment.LEFT
    indent_pt: float = 0.0
    new_page: bool = False
    boxed: bool = False

    @property
    def text(self) -> str:
        """What a reader sees: the automatic number and the characters."""
        return self.number + "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ForeignCell:
    """A cell of a table and over how many columns and rows it reaches."""

    paragraphs: tuple[ForeignParagraph, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """A table, row after row; a cell stands in the row where it begins."""

    rows: tuple[tuple[ForeignCell, ...], ...]
    place: Place = Place()


ForeignBlock: TypeAlias = "ForeignParagraph | ForeignTable"


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A footnote or an endnote, by the label that runs call it with."""

    label: str
    paragraphs: tuple[ForeignParagraph, ...]


@dataclass(frozen=True, slots=True)
class ForeignPicture:
    """The bytes of a picture as the file holds them, its name (a plain file name) and the words that stand for it (may be empty)."""

    name: str
    content: bytes
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """Words that were inserted or deleted while changes were tracked, by whom and when (as the file says it)."""

    kind: ChangeKind
    text: str
    author: str
    at: str
    place: Place


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin, the words it is about, and by whom."""

    text: str
    about: str
    author: str
    place: Place


class DropKind(Enum):
    """What a reader leaves out of the text, and says so."""

    HIDDEN = "hidden"
    DELETED = "deleted"
    HEADER = "header"
    FOOTER = "footer"
    FOLIO = "folio"
    FIELD = "field"
    METADATA = "metadata"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Characters of the file that are no text of the manuscript: hidden words, running heads, folios, codes of fields, metadata."""

    kind: DropKind
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A document as it was read.

    `census` are all characters of text that a second, cruder look at the file finds (blanks left out), in any order; the proof of the import
    compares them with those of the blocks, the notes and what was dropped. Metadata are not counted.
    """

    name: str
    kind: str
    """docx, txt, md, pdf or html."""
    blocks: tuple[ForeignBlock, ...]
    notes: tuple[ForeignNote, ...] = ()
    pictures: tuple[ForeignPicture, ...] = ()
    changes: tuple[TrackedChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    census: str = ""

    def paragraphs(self) -> Iterator[ForeignParagraph]:
        """All paragraphs in reading order: of blocks, of the cells of tables, at last of notes."""
        for block in self.blocks:
            yield from _paragraphs_of(block)
        for note in self.notes:
            yield from note.paragraphs

    @property
    def text(self) -> str:
        """What a reader sees, a line for each of `paragraphs()`; line ends inside a paragraph stand as U+2028."""
        return "\n".join(paragraph.text.replace("\n", "\u2028") for paragraph in self.paragraphs())


def _paragraphs_of(block: ForeignBlock) -> Iterator[ForeignParagraph]:
    if isinstance(block, ForeignParagraph):
        yield block
        return
    for row in block.rows:
        for cell in row:
            yield from cell.paragraphs
