"""The printed page: type area, sizes and grid (GB/T 9704-2012, 5.2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bulletin.model.line import STRETCHES, Stretch

POINTS_PER_MM = 72 / 25.4
WIDTH_PT = 156 * POINTS_PER_MM
"""The type area is 156 × 225 mm."""
GUTTER_MM = 28
FORE_EDGE_MM = 26
"""The margins: at the binding and at the other edge."""
LINE_PT = 28.95
"""22 lines in 225 mm; 225 mm / 22 itself overflows by a rounding error."""
LINES = 22
"""Of a full page."""
WIDEST_STRETCH = 255
"""Thousandths of an em; beyond it a line is better left short."""


def left_margin_pt(page: int) -> float:
    """The left margin of a page, by its number from 1: pages are mirrored for double-sided printing, odd ones bound on the left."""
    return (GUTTER_MM if page % 2 else FORE_EDGE_MM) * POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class TypeSize:
    """A size of type, and how many characters of it fill the type area: they stand on a pitch that does so exactly."""

    size_pt: float
    cells: int

    @property
    def pitch_pt(self) -> float:
        """From one character to the next in a full line."""
        return WIDTH_PT / self.cells

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What can be added after each character of this size, least first."""
        return stretches_of(self.size_pt)

    @property
    def pitch(self) -> Stretch:
        """The white after each character in a full line (its last has none)."""
        return nearest_stretch(
            self.stretches, 1000 * self.cells * (self.pitch_pt / self.size_pt - 1) / (self.cells - 1)
        )

    def width_em(self, cells: float) -> float:
        """The width of so many characters on their pitch, in em."""
        return cells * self.pitch_pt / self.size_pt


BODY_SIZES = {"15.75": TypeSize(15.75, 28), "16": TypeSize(16.0, 28)}
"""三号 as GB/T 9704 counts it, 28 characters on a pitch of 15.793 pt; and as Word has it, drawn in to the same pitch."""
NOTE_SIZE = TypeSize(10.5, 42)
NOTE_LINE_PT = 16.0
NOTE_HEAD_PT = 12.0
"""White and rule over the footnotes of a page."""
FOLIO_TOP_PT = 7 * POINTS_PER_MM - 8.3
"""From the foot of the type area to the box of the page number: its dash, 8.3 pt below, is 7 mm down (GB/T 9704-2012, 7.5)."""
IMPRINT_SIZE_PT = 14.0
IMPRINT_CELLS = 26
"""四号: characters of a line of the foot of the issue (报尾), right of its label."""
IMPRINT_LINE_PT = 24.0
IMPRINT_FRAME_PT = 7 * POINTS_PER_MM + 2 * 0.35 * POINTS_PER_MM + 0.25 * POINTS_PER_MM
"""White within the foot of the issue, and its three rules (GB/T 9704-2012, 7.4.1)."""
CELL_SIZE = TypeSize(12.0, 36)
CELL_LINE_PT = 18.0
CELL_PADDING_PT = 5.0
"""Of tables: 小四, closer than the text; each row is as high as whole lines of the text."""
MARK_SIZE_PT = 10.0
"""Of a footnote's mark in the text."""
CODE_SIZE_PT = 12.0
CAPTION_SIZE_PT = 12.0
COPY_NUMBER_PT = 30 * POINTS_PER_MM
"""Room for the number of a copy, that a numbering machine can fill."""
PICTURE_DPI = 200
"""At which pictures are printed, unless they are wider or higher than the page."""
TITLE_SIZE_PT = 22.0


def nearest_stretch(stretches: Sequence[Stretch], amount: float) -> Stretch:
    """Of stretches, least first, the one that is nearest to an amount."""
    place = bisect_left(stretches, amount, key=lambda stretch: stretch.drawn)
    return min(stretches[max(place - 1, 0) : place + 1], key=lambda stretch: abs(stretch.drawn - amount))


@lru_cache
def stretches_of(size_pt: float) -> tuple[Stretch, ...]:
    """The amounts of white that are drawn in this size, least first, each with the features that are asked for to get it.

    The layout engine counts in 1/1024 px, rounds what each feature adds, and drops what is less than a thousandth of an em when it
    writes the page: in 15.75 pt, a plain 4 comes out as 3. Of all ways to ask for an amount the one is taken that loses least so.
    """
    units = int(size_pt / 0.75 * 1024)
    best: dict[int, tuple[float, int]] = {}
    added = [(amount * units + 500) // 1000 for amount in STRETCHES.values()]
    sums = [0]
    for amount in added:
        sums += [amount + others for others in sums]
    for asked, amount in enumerate(sums):
        drawn = int(amount * 1000 / units)
        lost = abs(amount * 1000 / units - drawn)
        if lost < best.get(drawn, (1.0, 0))[0]:
            best[drawn] = lost, asked
    return tuple(Stretch(drawn, asked) for drawn, (_, asked) in sorted(best.items()) if drawn <= WIDEST_STRETCH)
