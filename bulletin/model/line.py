"""A typeset line: which characters it holds, and how it is drawn in or out to fill its measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

WIDENING = {"S001": 1, "S1ST": 1, "S002": 2, "S004": 4, "S008": 8, "S016": 16, "S032": 32, "S064": 64, "S128": 128}
NARROWING = {"N001": -1, "N002": -2, "N004": -4, "N008": -8}
STRETCHES = {**WIDENING, **NARROWING}
"""The features of the faces that add white after each wide character, in thousandths of an em. There are more than one needs,
since what an engine draws of 1 and 1, or of 8 less 4 less 1, may be nearer to the sum than what it draws of the sum."""
SQUEEZE_BITS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
GAP_GLYPHS = {0: (), 125: ("GAP8",), 250: ("GAP4",)}
"""The features that give a character more room on its right, in thousandths of an em, by a wider glyph."""
READABLE_WHITE = 90
"""More white than this after a glyph, in thousandths of an em, is a blank to readers of PDF (poppler: 98, pdf.js: 102)."""
SQUEEZE_LIMIT = 500
"""The most that may be taken off a mark, in thousandths of an em: its empty half."""


class Stretch(NamedTuple):
    """White after each wide character: in thousandths of an em as it is drawn, and the features that are asked for it."""

    drawn: int
    asked: int


def stretch_features(asked: int) -> tuple[str, ...]:
    """The features that make up a stretch: `asked` holds a bit for each of `STRETCHES`, in their order."""
    return tuple(tag for place, tag in enumerate(STRETCHES) if asked >> place & 1)


BASE_FEATURES = ("chws", "DOTH")
"""Always on: adjacent marks closed up to 1.5 em; the interpunct half an em wide (GB/T 15834-2011, 5.1.7)."""
SPREAD_FEATURES = ("NM20",)
HALF_FEATURES = ("halt",)
"""Marks set on the half of their em that has ink."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """What a line gives or takes, in thousandths of an em, by kind of place (CLREQ, line adjustment).

    `stretch` is added after each wide character; `brackets`, `commas`, `stops` are taken off the empty side of each
    bracket or quotation mark, of each ，、；： and of each 。？！; `words` is added to each blank; `gap` is
    the white between Han and Latin. `half` sets closing marks on half an em, whatever else; `outdent` lets the empty half of an
    opening mark reach out to the left; `spread` sets Han two ems wide (the first of a name of two in a list of names).

    The print faces know these amounts as features that add up: `STRETCHES` to the stretch, which is given as a bit for each of
    them, `B…`, `C…` and `E…` to the three squeezes. So a line is one piece of text however many marks in it are adjusted.
    """

    stretch: int = 0
    brackets: int = 0
    commas: int = 0
    stops: int = 0
    words: int = 0
    gap: int = 0
    half: bool = False
    outdent: bool = False
    spread: bool = False

    @property
    def gap_glyph(self) -> int:
        """How much of the gap a wider glyph takes: so much that what is left is no blank to a reader."""
        return min((width for width in GAP_GLYPHS if self.gap - width <= READABLE_WHITE), default=max(GAP_GLYPHS))

    @property
    def features(self) -> tuple[str, ...]:
        """The OpenType features that make the faces space a line like this."""
        if self.half:
            return HALF_FEATURES
        if self.spread:
            return SPREAD_FEATURES
        return (
            *BASE_FEATURES,
            *stretch_features(self.stretch),
            *GAP_GLYPHS[self.gap_glyph],
            *_tags("B", self.brackets),
            *_tags("C", self.commas),
            *_tags("E", self.stops),
        )


def _tags(letter: str, amount: int) -> tuple[str, ...]:
    return tuple(f"{letter}{bit:03}" for bit in SQUEEZE_BITS if amount & bit)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph: the slice of its text, without a blank at its end, and the spacing of its runs.

    `halved` are the offsets of marks that this line sets on half an em by hand: an opening mark at its start, one of two
    adjacent marks that stand in different faces. `gapped` are the offsets of characters with Han–Latin white after
    them. `stretch` is the white after each wide character as it is drawn, `width_em` the line's width as measured in the fonts;
    `last` is true of the last line of a paragraph.
    """

    start: int
    end: int
    spacing: Spacing
    stretch: int
    halved: tuple[int, ...]
    gapped: tuple[int, ...]
    width_em: float
    last: bool
