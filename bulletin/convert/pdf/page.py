"""What stands on a page of a PDF, before anything is made of it. Places are in points from the lower left corner of the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.foreign import Look


class Standing(Enum):
    """Whether a character is text of the page, or why it is none."""

    TEXT = "text"
    UNSEEN = "unseen"
    """Set without ink, as the text behind a scanned page is."""
    OUTSIDE = "outside"
    """Beyond the edge of the page, or too small to read."""
    DOUBLED = "doubled"
    """Written twice at one place, to look bold."""
    TURNED = "turned"
    FURNITURE = "furniture"
    """What the file itself marks as no part of the text: running heads, folios, watermarks."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: where it begins and ends on its baseline, its size, how it is set.

    `block` is the number of the paragraph that it belongs to by the file's own tags (0 where they do not say).
    """

    character: str
    left: float
    right: float
    base: float
    size: float
    look: Look
    standing: Standing = Standing.TEXT
    block: int = 0
    note: str = ""
    """The label of the footnote that is called here; then there is no character."""

    @property
    def is_blank(self) -> bool:
        return self.character.isspace()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a rule when it is thin, the place of a picture."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture of the document and where it stands."""

    name: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number from 1: its characters in the order in which the file writes them, straight lines, pictures."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...] = ()
    pictures: tuple[Placed, ...] = ()
