"""Drafts: what an import recognised in a foreign document, before it is written as sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulletin.model.foreign import ForeignPicture, Place
from bulletin.model.problem import Message
from bulletin.model.prose import Block, Inline, NoteText
from bulletin.model.repair import Certainty


@dataclass(frozen=True, slots=True)
class Taken:
    """Text of the document that is not written as text but as a field, or that the program prints by itself.

    `field` is the path of the field (`speaker`, `date`, `distribution.报`); of what the program makes itself (masthead, 要览, 印数, the dash
    before a subtitle, the parentheses of a date) it is `made.masthead`, `made.highlights`, `made.print-run` … `value` is what became of the text.
    """

    field: str
    text: str
    value: str
    place: Place
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the importer was not sure of: shown in the report, and as a comment in the source before block `block` (-1: at the head)."""

    what: Message
    place: Place
    block: int = -1


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """An article as recognised. The spans of blocks hold the name of the foreign file and the number of the paragraph there.

    Empty strings stand for what was not found. `kind` is the name of a kind of article.
    """

    slug: str
    kind: str
    title: tuple[str, ...]
    subtitle: str = ""
    speaker: str = ""
    position: str = ""
    organization: str = ""
    date: date | None = None
    editors_note: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[NoteText[Inline], ...] = ()
    pictures: tuple[ForeignPicture, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()
    """Comments that stay in the source: the number of the block before which each stands, and its words."""
    taken: tuple[Taken, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftList:
    """报, 送 or 发: the text as printed, and the ranks of names read from it."""

    label: str
    text: str
    ranks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DraftIssue:
    """A whole issue as recognised. `number`, `serial`, `print_run` are 0, `date` is `None` where they were not found."""

    masthead: str
    publisher: str
    number: int
    serial: int
    date: date | None
    articles: tuple[DraftArticle, ...]
    supplement: bool = False
    marking: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    """要览 as printed."""
    distribution: tuple[DraftList, ...] = ()
    responsible: str = ""
    editors: tuple[str, ...] = ()
    phone: str = ""
    print_run: int = 0
    editors_note: str = ""
    taken: tuple[Taken, ...] = ()
    doubts: tuple[Doubt, ...] = ()
