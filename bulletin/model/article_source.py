"""An article's file as somebody who rewrites it sees it: its blocks in order, the lines of each, and the printed texts in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.original import Original
from bulletin.model.problem import Span
from bulletin.model.proof_text import ProofText


class Shape(Enum):
    """What a block of Markdown is; `ITEM` and `QUOTE` are paragraphs in a list or a quotation."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    FIGURE = "figure"
    VERBATIM = "verbatim"
    DIVIDER = "divider"
    COMMENT = "comment"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block from its first to its last line in the file, both counted in, from 1, and the texts that are printed of it.

    `lead` is what stands on the first line before it: marks of lists and quotations, indentation. `label` is that of a footnote. `columns` are
    those of a table.
    """

    shape: Shape
    first: int
    last: int
    texts: tuple[ProofText, ...] = ()
    lead: str = ""
    label: str = ""
    columns: int = 0


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """The file, the texts of its front matter, and the blocks of its body in the order of the file.

    `body` is the line on which the body begins; `date` the place of the front matter's date, if it has one.
    """

    original: Original
    fields: tuple[ProofText, ...]
    blocks: tuple[SourceBlock, ...]
    body: int
    date: Span | None = None
