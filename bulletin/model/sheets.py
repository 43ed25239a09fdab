"""What stands where on which side of which sheet: pages in order to sheets that can be printed, folded and stapled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bulletin.model.press import Imposition, PressProfile

PAGE_MM = (210.0, 297.0)
"""The trimmed page, A4 (GB/T 9704-2012, 5.1)."""
SRA3_MM = (450.0, 320.0)
"""The untrimmed sheet for A3 with marks (ISO 217)."""
MARK_OFFSET_MM = 3.0
MARK_LENGTH_MM = 5.0
MARK_CLEARANCE_MM = 2.0
"""Crop marks: from the trim, their length, and from their ends to the edge of the paper."""
SADDLE_LIMIT = 64
"""Pages: a booklet of more than 16 sheets at 70 to 80 g/m² springs open, and its staples do not close (safety, 5.4)."""
BLANK = 0
"""In place of a page's number: nothing is printed there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A page's place on a side: its number in the print edition or `BLANK`; the left edge of its trimmed page on the trimmed
    sheet; and how far it is moved right of that against creep."""

    page: int
    left_mm: float = 0.0
    shift_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a sheet, with its cells from the left. Signatures and, from the outside, their sheets count from 1."""

    signature: int
    sheet: int
    back: bool
    cells: tuple[Cell, ...]

    @property
    def outermost(self) -> bool:
        """True for the side of a signature that is seen when it lies folded."""
        return self.sheet == 1 and not self.back


@dataclass(frozen=True, slots=True)
class SheetSize:
    """Width and height of a sheet: trimmed, and as it runs through the press."""

    trim_mm: tuple[float, float]
    paper_mm: tuple[float, float]

    @property
    def origin_mm(self) -> tuple[float, float]:
        """Where the trimmed sheet begins on the paper, from the left and from the foot."""
        return (self.paper_mm[0] - self.trim_mm[0]) / 2, (self.paper_mm[1] - self.trim_mm[1]) / 2


def sheet_size(profile: PressProfile) -> SheetSize:
    """The sheet that the profile asks for: A4 or A3; with marks, A4 with room for them or SRA3."""
    width, height = PAGE_MM
    trim = (2 * width, height) if profile.folded else PAGE_MM
    if not profile.crop_marks:
        return SheetSize(trim, trim)
    if profile.folded:
        return SheetSize(trim, SRA3_MM)
    room = 2 * (mark_offset_mm(profile) + MARK_LENGTH_MM + MARK_CLEARANCE_MM)
    return SheetSize(trim, (width + room, height + room))


def cell_origin_mm(cell: Cell, profile: PressProfile) -> tuple[float, float]:
    """Where the page of a cell has its lower left corner on the paper, from the left and from the foot."""
    left, foot = sheet_size(profile).origin_mm
    return left + cell.left_mm + cell.shift_mm, foot


def mark_offset_mm(profile: PressProfile) -> float:
    """From the trim to where marks begin: 3 mm, or the bleed where that is more, so that no mark stands in it."""
    return max(MARK_OFFSET_MM, profile.bleed_mm)


def page_order(profile: PressProfile, pages: int, tail: int) -> tuple[int, ...]:
    """The numbers of the pages in reading order, with `BLANK` where leaves must be filled up.

    A leaf has two pages, a folded sheet four. Blanks stand before the last `tail` pages, so that the imprint (报尾) is on
    the outside at the back; but at the end where `tail` is 0, where all but the first page would be moved, or where an odd number
    of blanks would put the mirrored margins of the tail on the wrong side.

    Args:
        profile: How the pages come onto sheets.
        pages: How many there are.
        tail: Pages at the end that belong together.
    """
    blanks = -pages % (4 if profile.folded else 2)
    before = pages - tail if blanks % 2 == 0 and 0 < tail < pages - 1 else pages
    return (*range(1, before + 1), *[BLANK] * blanks, *range(before + 1, pages + 1))


def lay_out(profile: PressProfile, order: tuple[int, ...]) -> tuple[Side, ...]:
    """The sides of all sheets, front and back by turns, as they leave the printer.

    Args:
        profile: How the pages come onto sheets.
        order: See `page_order`.
    """
    if not profile.folded:
        return tuple(Side(1, at // 2 + 1, bool(at % 2), (Cell(page),)) for at, page in enumerate(order))
    length = 4 * profile.signature_sheets if profile.imposition is Imposition.SIDE else len(order)
    signatures = [order[start : start + length] for start in range(0, len(order), length)]
    return tuple(
        side for number, pages in enumerate(signatures, start=1) for side in _booklet(pages, number, profile.paper_mm)
    )


def outer_order(profile: PressProfile, order: tuple[int, ...]) -> tuple[int, ...]:
    """Of the pages in reading order, those of the sheet that has the first page: the outermost of the first signature.

    It is the first sheet of a copy, and laid out by itself it is the same.
    """
    if not profile.folded:
        return order[:2]
    first = order[: 4 * profile.signature_sheets] if profile.imposition is Imposition.SIDE else order
    return (*first[:2], *first[-2:])


def _booklet(pages: tuple[int, ...], signature: int, paper_mm: float) -> Iterator[Side]:
    """A signature of nested sheets, the outermost first: last and first page, on its back second and last but one.

    Each sheet is folded about those inside it, so its fold lies a sheet's thickness behind that of the next one in: the pages
    of the sheet at depth d are moved d thicknesses towards the spine, and after trimming all fore edges are as wide.
    """
    width = PAGE_MM[0]
    for depth in range(len(pages) // 4):
        first, last, shift = 2 * depth, len(pages) - 1 - 2 * depth, depth * paper_mm
        front = (Cell(pages[last], 0, shift), Cell(pages[first], width, -shift))
        back = (Cell(pages[first + 1], 0, shift), Cell(pages[last - 1], width, -shift))
        yield Side(signature, depth + 1, False, front)
        yield Side(signature, depth + 1, True, back)


def count_sheets(sides: tuple[Side, ...]) -> int:
    """How many sheets of paper a copy takes."""
    return len(list(groupby(sides, key=lambda side: (side.signature, side.sheet))))
