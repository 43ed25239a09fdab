"""What is read back of a printed page: its glyphs with their places, and the lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin.model.page import POINTS_PER_MM

SAME_LINE_PT = 4.0
"""Baselines that are nearer than this belong to one line."""
HOLE_EM = 0.9
"""White between glyphs beyond which they are not of one text."""
AREA_TOP_PT = (297 - 37) * POINTS_PER_MM
AREA_FOOT_PT = 35 * POINTS_PER_MM
"""The top and the foot of the type area, from the foot of the sheet (GB/T 9704-2012, 5.2.1)."""


@dataclass(frozen=True, slots=True)
class PrintedGlyph:
    """A glyph on a page: its origin from the left and the foot of the sheet, its size and the right edge of its box; in points."""

    character: str
    x_pt: float
    y_pt: float
    size_pt: float
    right_pt: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The glyphs of a line from left to right."""

    glyphs: tuple[PrintedGlyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def baseline_pt(self) -> float:
        return self.glyphs[0].y_pt

    @property
    def has_holes(self) -> bool:
        """True of a row of cells, or of two texts on one line: running text has no such white."""
        return any(after.x_pt - before.right_pt > HOLE_EM * before.size_pt for before, after in self.pairs)

    @property
    def pairs(self) -> Iterator[tuple[PrintedGlyph, PrintedGlyph]]:
        """Each glyph with the next."""
        return pairwise(self.glyphs)


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture on a page: a digest of its content, and its edges from the left and the foot of the sheet, in points."""

    digest: str
    left_pt: float
    foot_pt: float
    right_pt: float
    top_pt: float


@dataclass(frozen=True, slots=True)
class PrintedFont:
    """A font as a page uses it: its name in the file, its size in points, and whether its program is in the file."""

    name: str
    size_pt: float
    embedded: bool

    @property
    def family(self) -> str:
        """`Hei` of `VFZPRN+Hei`: the letters before the sign tell subsets apart (ISO 32000-2, 9.9.2)."""
        return self.name.split("+")[-1]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page by its number from 1: its size, its glyphs in the order in which they are written, its pictures, its fonts.

    `dash_pt` is how high above the foot of the sheet the ink of the folio's first dash stands; `None` where there is none.
    """

    number: int
    width_pt: float
    height_pt: float
    glyphs: tuple[PrintedGlyph, ...]
    pictures: tuple[PrintedPicture, ...]
    fonts: frozenset[PrintedFont]
    dash_pt: float | None

    @property
    def body(self) -> tuple[PrintedGlyph, ...]:
        """The glyphs whose baselines are in the type area."""
        return tuple(glyph for glyph in self.glyphs if AREA_FOOT_PT <= glyph.y_pt < AREA_TOP_PT)

    @property
    def head(self) -> tuple[PrintedGlyph, ...]:
        """The glyphs above the type area: the running head."""
        return tuple(glyph for glyph in self.glyphs if glyph.y_pt >= AREA_TOP_PT)

    @property
    def foot(self) -> tuple[PrintedGlyph, ...]:
        """The glyphs below the type area: the folio."""
        return tuple(glyph for glyph in self.glyphs if glyph.y_pt < AREA_FOOT_PT)

    @property
    def blank(self) -> bool:
        """True if nothing but a folio is printed on it."""
        return not self.body and not self.pictures


def lines_of(glyphs: Iterable[PrintedGlyph]) -> tuple[PrintedLine, ...]:
    """The lines that glyphs of one page stand in, from the top."""
    rows: list[list[PrintedGlyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y_pt):
        if rows and rows[-1][0].y_pt - glyph.y_pt < SAME_LINE_PT:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return tuple(PrintedLine(tuple(sorted(row, key=lambda glyph: glyph.x_pt))) for row in rows)
