"""What an edited Word file changes in an article: the edits of its source, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.foreign import ForeignDocument, TrackedChange
from bulletin.model.original import Edit, Original
from bulletin.model.problem import Message


class ChangeKind(Enum):
    """What became of a paragraph, a heading, a cell, a note or a field."""

    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    LOOKS = "looks"
    """Its words are the same; bold, emphasis, a link or the level of the heading is not."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words before and after; `same` where both are equal."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What became of a text: its pieces in order. `line` is that of the source, 0 of what is new."""

    kind: ChangeKind
    pieces: tuple[Piece, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Patch:
    """The edits of a source that make it say what the edited document says.

    `expected` are the texts of the document that would be exported then, paragraph by paragraph, `notes` those of its footnotes; `missed` says what of the edited document has no
    place in the source.
    """

    edits: tuple[Edit, ...]
    changes: tuple[ParagraphChange, ...]
    expected: tuple[str, ...]
    notes: tuple[str, ...] = ()
    missed: tuple[Message, ...] = ()
    remarks: int = 0
    """How many comments of the edited document the source does not have yet."""


class Origin(Enum):
    """What an edited document was exported from: the article as it stands, as it was before somebody changed it, another one, nobody knows."""

    CURRENT = "current"
    OLDER = "older"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Update:
    """An article as it is and as it would be, what changes, and the document that says so."""

    before: Original
    after: Original
    patch: Patch
    document: ForeignDocument
    origin: Origin

    @property
    def changed(self) -> bool:
        return self.before.text != self.after.text

    @property
    def tracked(self) -> tuple[TrackedChange, ...]:
        """The changes that Word tracked in it."""
        return self.document.changes
