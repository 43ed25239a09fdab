"""The text area of each page: where full lines begin and end, and how far lines stand apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bulletin.convert.pdf.lines import Line
from bulletin.model.foreign import Look

_LONG = 0.7
"""Of the width of a long line: lines that say where the area begins and ends."""
_ENOUGH = 8
_USUAL_PITCH = 1.75
"""Of the size, where no two lines of a page say it."""
_LARGEST_PITCH = 3.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The left and right edge of the text of a page, the distance of baselines, and the look of the body."""

    left: float
    right: float
    pitch: float
    body: Look

    @property
    def width(self) -> float:
        return self.right - self.left


def frames_of(lines: Mapping[int, tuple[Line, ...]], sides: Mapping[int, object]) -> dict[int, Frame]:
    """The frame of each page by its number.

    Args:
        lines: The lines of each page.
        sides: What pages of one layout have in common, as size and side of the leaf; a page with few lines takes the frame of those.
    """
    body = _body(line for page in lines.values() for line in page)
    alike: dict[object, list[Line]] = defaultdict(list)
    for number, page in lines.items():
        alike[sides[number]] += page
    shared = {side: _edges(group) for side, group in alike.items()}
    pitch = _pitch([pair for page in lines.values() for pair in pairwise(page)], body)
    frames = {}
    for number, page in lines.items():
        left, right = _edges(page) if len(_long(page)) >= _ENOUGH else shared[sides[number]]
        frames[number] = Frame(left, right, pitch, body)
    return frames


def frame_of(lines: tuple[Line, ...], left: float, right: float) -> Frame:
    """The frame of the lines in a cell or a note, whose edges are known."""
    body = _body(lines)
    return Frame(left, right, _pitch(list(pairwise(lines)), body), body)


def _body(lines: Iterable[Line]) -> Look:
    """The look of most characters."""
    looks: Counter[Look] = Counter()
    for line in lines:
        looks[line.look] += len(line.glyphs)
    return looks.most_common(1)[0][0] if looks else Look()


def _long(lines: Iterable[Line]) -> list[Line]:
    widths = sorted(line.right - line.left for line in lines)
    if not widths:
        return []
    long = widths[int(0.9 * (len(widths) - 1))]
    return [line for line in lines if line.right - line.left >= _LONG * long]


def _edges(lines: Iterable[Line]) -> tuple[float, float]:
    long = _long(list(lines))
    if not long:
        return 0.0, 0.0
    lefts, rights = sorted(line.left for line in long), sorted(line.right for line in long)
    return lefts[len(lefts) // 10], rights[int(0.95 * (len(rights) - 1))]


def _pitch(pairs: list[tuple[Line, Line]], body: Look) -> float:
    """The most frequent distance of two lines of the body, in points."""
    steps = Counter(
        round(upper.base - lower.base, 1)
        for upper, lower in pairs
        if upper.look.size_pt == lower.look.size_pt == body.size_pt
        and body.size_pt < upper.base - lower.base <= _LARGEST_PITCH * body.size_pt
    )
    return steps.most_common(1)[0][0] if steps else _USUAL_PITCH * body.size_pt
