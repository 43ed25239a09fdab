"""Titles in lines: whole phrases, balanced, in a trapezium or a lozenge (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from bulletin.model.marks import CLOSED, CLOSING, DASH, OPENING, is_stray
from bulletin.model.typeface import Chain
from bulletin.typeset.binding import Break
from bulletin.typeset.paragraph import Setting
from bulletin.typeset.strip import Run, Strip, Style, measure_strip

_MOST_LINES = 5
_MOST_SEAMS = 40
"""A title of more phrases than this is not weighed, only filled."""

_FREE = 0.0
_GOOD = 1.0
_FAIR = 2.0
_COMPOUND = 3.0
_POOR = 5.0
_BAD = 20.0
_FORBIDDEN = 1000.0
_EVENNESS = 4.0

_TRAILING = frozenset("的地得了着过上中下里内外前后们等者")
"""Words of one character that lean on what stands before them."""
_LEADING = frozenset("以在为把对向从由和与及暨或让使并按不第共")
"""Words of one character that lean on what comes after them; a line may well begin with them."""
_LEADING_TAGS = frozenset("pcd")
"""Prepositions, conjunctions, adverbs."""


@dataclass(frozen=True, slots=True)
class _Seam:
    """A place between two words, and what it costs to end a line there."""

    place: int
    cost: float


def break_title(title: str, chain: Chain, width_em: float, setting: Setting) -> tuple[str, ...]:
    """The title in as few lines as hold it, each no wider than `width_em` (of the title's own size).

    Blanks, by which authors part phrases, are where a line ends most willingly; one that stays inside a line is kept.
    """
    strip = measure_strip([Run(title, Style(chain))], setting.faces, setting.policy)
    if _width(strip, 0, len(title)) <= width_em:
        return (title,)
    seams = list(_seams(title, strip.breaks))
    best = min(_layouts(strip, seams, width_em), key=lambda layout: layout[0], default=None)
    places = best[1] if best else _filled(strip, width_em)
    return tuple(title[start:end].strip() for start, end in pairwise(places))


def _width(strip: Strip, start: int, place: int) -> float:
    return strip.width.of(start, strip.ends[place])


def _layouts(strip: Strip, seams: list[_Seam], width_em: float) -> Iterator[tuple[float, list[int]]]:
    """Every way to break at the seams into the least number of lines that will do, or one more, with its cost."""
    size = len(strip.text)
    if len(seams) > _MOST_SEAMS:
        return
    found = 0
    for count in range(2, _MOST_LINES + 1):
        for chosen in combinations(seams, count - 1):
            places = [0, *(seam.place for seam in chosen), size]
            widths = [_width(strip, start, end) for start, end in pairwise(places)]
            if max(widths) <= width_em and not is_stray(strip.text[places[-2] :]):
                found = found or count
                yield sum(seam.cost for seam in chosen) + _shape_cost(widths) + (count - found) * _BAD / 2, places
        if found and count > found:
            return


def _shape_cost(widths: list[float]) -> float:
    """Even lines are best; of three or more the inner ones may not be shorter than both ends (an hourglass)."""
    mean = sum(widths) / len(widths)
    uneven = sum(((width - mean) / mean) ** 2 for width in widths) * _EVENNESS
    hourglass = any(inner < min(widths[0], widths[-1]) - 0.5 for inner in widths[1:-1])
    return uneven + (_POOR if hourglass else 0.0)


def _seams(title: str, breaks: list[Break]) -> Iterator[_Seam]:
    """The places between words where a line may end."""
    import rjieba  # loads its dictionary: only where a title needs it

    place, depth = 0, 0
    words = [(word, tag) for word, tag in rjieba.tag(title) if word]
    for (before, before_tag), (after, tag) in pairwise(words):
        place += len(before)
        depth += sum((mark in OPENING) - (mark in CLOSING) for mark in before)
        if breaks[place] is Break.NEVER:
            continue
        if title[place - 1] == " ":
            yield _Seam(place, _FREE)
        elif (cost := _seam_cost((before, before_tag), (after, tag))) < _FORBIDDEN:
            yield _Seam(place, cost + (_POOR if depth > 0 else 0.0))


def _seam_cost(word: tuple[str, str], following: tuple[str, str]) -> float:
    """What it costs to part two words, given with their parts of speech."""
    (before, before_tag), (after, tag) = word, following
    if (after[0] == DASH and before[-1] != DASH) or before[-1] in "，；：。！？":
        return _FREE
    if before[-1] in CLOSED:
        return _GOOD if before[-1] == "、" else _FAIR
    if before[-1] == DASH:
        return _FORBIDDEN
    if after in _TRAILING or tag.startswith(("u", "f", "y")):
        return _FORBIDDEN
    if before in _LEADING or before_tag == "m":
        return _BAD
    if after in _LEADING or tag[:1] in _LEADING_TAGS or after[0] in OPENING:
        return _GOOD
    if (len(before) == 1 and before != "的") or len(after) == 1:
        return _BAD
    return _COMPOUND if before_tag[:1] == "n" and tag[:1] == "n" else _FAIR


def _filled(strip: Strip, width_em: float) -> list[int]:
    """Lines as full as they can be, for a title that no choice of words fits."""
    places, size = [0], len(strip.text)
    while _width(strip, places[-1], size) > width_em:
        start = places[-1]
        fitting = [place for place in range(start + 1, size) if _width(strip, start, place) <= width_em]
        willing = [place for place in fitting if strip.breaks[place]]
        places.append(max(willing or fitting or [start + 1]))
    return [*places, size]
