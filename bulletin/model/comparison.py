"""Two finished PDFs beside each other: which pages changed, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

PICTURE = "\U0010fffd"
"""Stands for a picture in texts that are shown; the texts that are compared tell pictures apart."""


class PageChange(Enum):
    """How a page differs from its counterpart: its text, only its lines, only its looks (pictures, rules, faces), or not at all."""

    TEXT = "text"
    LINES = "lines"
    LOOKS = "looks"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the old text that a stretch of the new stands for, as offsets; either may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a printed line that changed: its edges from the left and the foot of the sheet, in points.

    A mark without width is a place where the other edition has more.
    """

    left_pt: float
    foot_pt: float
    right_pt: float
    top_pt: float

    @property
    def is_place(self) -> bool:
        return self.right_pt <= self.left_pt


@dataclass(frozen=True, slots=True)
class Spread:
    """A page of the old edition beside its counterpart in the new; 0 where there is none."""

    old_page: int
    new_page: int
    change: PageChange
    struck: tuple[Mark, ...]
    boxed: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An edit for reading: the pages it begins on, what went and what came, and the words around it."""

    old_page: int
    new_page: int
    before: str
    deleted: str
    added: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All spreads in order, and all changes of the text."""

    spreads: tuple[Spread, ...]
    changes: tuple[Change, ...]

    @property
    def deleted(self) -> int:
        """How many characters went."""
        return sum(len(change.deleted.replace(PICTURE, "")) for change in self.changes)

    @property
    def added(self) -> int:
        """How many characters came."""
        return sum(len(change.added.replace(PICTURE, "")) for change in self.changes)

    @property
    def changed(self) -> tuple[Spread, ...]:
        """The spreads that differ in any way."""
        return tuple(spread for spread in self.spreads if spread.change is not PageChange.NONE)

    def having(self, kinds: Iterable[PageChange]) -> tuple[Spread, ...]:
        """The spreads that differ in one of these ways."""
        wanted = frozenset(kinds)
        return tuple(spread for spread in self.spreads if spread.change in wanted)
