"""A paragraph on one endless line, measured: how wide each stretch of it is, and what it could give and take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bulletin.model.line import BASE_FEATURES
from bulletin.model.marks import BLANKS, CLOSED, CLOSING, COMMAS, INTERPUNCT, MARKS, OPENING, foreign_words
from bulletin.model.typeface import Chain
from bulletin.typeset.binding import Break, find_breaks
from bulletin.typeset.faces import Faces, Glyph

_NO_WHITE = MARKS | {INTERPUNCT}
"""Characters that white cannot be taken off for the opening mark after them."""
BOX = "\ufffc"
"""Stands in the text for a picture or anything else that is set as one piece."""
_JOINING = re.compile("[\u200d\ufe0e\ufe0f\u20e3]")
_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")
_BORDER = re.compile("(?<=[\u3400-\u9fff〇])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%‰])(?=[\u3400-\u9fff〇])")
"""Where Han meets Latin letters or digits."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a run is set: its chain of faces, its size as a share of the paragraph's, and whether it is left as it is.

    A `rigid` run gives and takes nothing, its adjacent marks are not closed up (code, footnote marks); no line ends before
    or inside one that is `glued`.
    """

    chain: Chain
    scale: float = 1.0
    rigid: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style, or a `BOX` of `width_em`, in em of the paragraph."""

    text: str
    style: Style
    width_em: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """What is one and the same for the whole issue.

    `gap` is the white between Han and Latin or digits, in thousandths of an em (0, 125 or 250); `kept` are names and terms
    that no line end parts; `strict` keeps —— and …… off the start of lines.
    """

    gap: int = 0
    kept: tuple[str, ...] = ()
    strict: bool = False


class Sums(NamedTuple):
    """Sums from the start of a paragraph, for a line that begins at a place (`before`) and one that ends there (`after`)."""

    before: list[float]
    after: list[float]

    def of(self, start: int, end: int) -> float:
        """The sum over a line."""
        return self.after[end] - self.before[start]


@dataclass(slots=True)
class Strip:
    """The paragraph measured. Widths and empty halves are in em of the paragraph, `stretches` and `blanks` count places.

    A mark at the edge of a line has lost its empty half there, and has nothing to give; only the first line keeps an opening
    mark whole.
    """

    text: str
    breaks: list[Break]
    ends: list[int]
    """Where a line really ends that is broken at a place: before a blank."""
    width: Sums
    brackets: Sums
    commas: Sums
    stops: Sums
    gaps: Sums
    """Counts characters with Han–Latin white after them, whether or not the policy has any."""
    stretches: list[int]
    blanks: list[int]
    halved: frozenset[int]
    gapped: frozenset[int]
    bound: frozenset[int]
    """Characters that are one with the one before them, whatever happens."""


@dataclass(slots=True)
class _Glyphs:
    """What stands for each character: its width, whether it stretches, its empty half and if it gives of that; and which
    characters are one with the last, which give and take nothing, and where a box or a face begins."""

    widths: list[float]
    stretches: list[int]
    empty_halves: list[float]
    giving: list[bool]
    bound: list[int]
    rigid: set[int]
    seams: set[int]


def measure_strip(runs: Sequence[Run], faces: Faces, policy: Policy) -> Strip:
    """Measures the runs of a paragraph that has no line break of the author's in it."""
    text = "".join(run.text for run in runs)
    glyphs = _glyphs(runs, faces)
    breaks = find_breaks(text, policy.kept, strict=policy.strict)
    for place in glyphs.bound:
        breaks[place] = Break.NEVER
    halved = frozenset(_pairs_across_faces(text, glyphs))
    for place in halved:
        glyphs.widths[place] = min(glyphs.widths[place], glyphs.empty_halves[place])
        glyphs.stretches[place] = 0
    gapped = frozenset(found.start() - 1 for found in _BORDER.finditer(text)) - glyphs.rigid
    blanks = [character == " " and place not in glyphs.rigid for place, character in enumerate(text)]
    marks = _marks(text, glyphs, halved)
    for place in gapped:
        glyphs.widths[place] += policy.gap / 1000
        marks.at_end[place] += policy.gap / 1000
    gaps, nothing = [float(place in gapped) for place in range(len(text))], [0.0] * len(text)
    return Strip(
        text=text,
        breaks=breaks,
        ends=[place - 1 if place and text[place - 1] in BLANKS else place for place in range(len(text) + 1)],
        width=_sums(glyphs.widths, marks.at_start, marks.at_end),
        brackets=_sums(marks.brackets, marks.brackets, marks.brackets),
        commas=_sums(marks.commas, nothing, marks.commas),
        stops=_sums(marks.stops, nothing, marks.stops),
        gaps=_sums(gaps, nothing, gaps),
        stretches=list(accumulate(glyphs.stretches, initial=0)),
        blanks=list(accumulate(blanks, initial=0)),
        halved=halved,
        gapped=gapped,
        bound=frozenset(glyphs.bound),
    )


def _glyphs(runs: Sequence[Run], faces: Faces) -> _Glyphs:
    glyphs = _Glyphs([], [], [], [], [], set(), set())
    for run in runs:
        style, first = run.style, len(glyphs.widths)
        glyphs.seams.add(first)
        if run.text == BOX:
            glyphs.widths.append(run.width_em)
            glyphs.stretches.append(0)
            glyphs.empty_halves.append(0.0)
            glyphs.giving.append(False)
        else:
            for part, found in _items(run.text, faces.glyphs(style.chain)):
                _add_item(glyphs, part, found, style, faces)
        own = range(first, len(glyphs.widths))
        glyphs.bound += own if style.glued else ()
        glyphs.rigid |= {*own} if style.rigid else set()
    return glyphs


def _add_item(glyphs: _Glyphs, part: str, found: list[Glyph], style: Style, faces: Faces) -> None:
    """Adds a stretch of text that is set in one face."""
    first = len(glyphs.widths)
    glyphs.seams.add(first)
    widths = faces.advances(found[0].family, part, () if style.rigid else BASE_FEATURES)
    if style.rigid:
        glyphs.stretches += [0] * len(part)
        glyphs.empty_halves += [0.0] * len(part)
        glyphs.giving += [False] * len(part)
    else:
        glyphs.stretches += [int(glyph.stretches) for glyph in found]
        glyphs.empty_halves += [glyph.empty_half * style.scale for glyph in found]
        glyphs.giving += [glyph.gives for glyph in found]
    glyphs.bound += [first + place for place, width in enumerate(widths) if not width]
    glyphs.widths += widths if style.scale == 1 else [width * style.scale for width in widths]


def _items(text: str, known: Mapping[str, Glyph]) -> Iterator[tuple[str, list[Glyph]]]:
    """The text cut where its face changes or a box begins; what joins the character before it stays with it."""
    found = [known[character] for character in text]
    for joint in _JOINING.finditer(text, 1):
        found[joint.start()] = found[joint.start() - 1]
    borders = {border for word in foreign_words(text) for border in word}
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or place in borders or found[place].family != found[place - 1].family:
            yield text[start:place], found[start:place]
            start = place


def _pairs_across_faces(text: str, glyphs: _Glyphs) -> Iterator[int]:
    """Marks that are halved by hand, since the face of the other mark of the pair cannot see them.

    Those that the mark closes up on its other side go with it: they would no longer see it.
    """
    for seam in glyphs.seams - {0, len(text)}:
        before, after = text[seam - 1], text[seam]
        if before in CLOSED and after in MARKS:
            place = seam - 1
            while place >= 0 and text[place] in CLOSED and glyphs.empty_halves[place]:
                yield place
                place -= 1
        elif before in OPENING and after in OPENING:
            place = seam
            while place < len(text) and text[place] in OPENING and glyphs.empty_halves[place]:
                yield place
                place += 1


@dataclass(slots=True)
class _Marks:
    """The empty halves that marks can give in a line, by kind, and what they lose at its start and end; in em."""

    brackets: list[float]
    commas: list[float]
    stops: list[float]
    at_start: list[float]
    at_end: list[float]


def _marks(text: str, glyphs: _Glyphs, halved: frozenset[int]) -> _Marks:
    """A mark beside another gives nothing, the pair is closed up already; nor does one that is halved by hand."""
    size = len(text)
    marks = _Marks(*([0.0] * size for _ in range(5)))
    for found in _MARK.finditer(text):
        place, mark = found.start(), found[0]
        half, width = glyphs.empty_halves[place], glyphs.widths[place]
        if not half or place in halved:
            continue
        if mark in OPENING:
            marks.at_start[place] = half if width > half else 0.0
            if glyphs.giving[place] and place not in glyphs.seams and text[place - 1] not in _NO_WHITE:
                marks.brackets[place] = half  # its white is taken off what is before it
        else:
            marks.at_end[place] = half if width > half else 0.0
            if glyphs.giving[place] and text[place + 1 : place + 2] not in MARKS:
                kind = marks.brackets if mark in CLOSING else marks.commas if mark in COMMAS else marks.stops
                kind[place] = half
    return marks


def _sums(values: list[float], at_start: list[float], at_end: list[float]) -> Sums:
    """Sums of the values; a line loses what is at its start and at its end, but the first keeps its start."""
    sums = list(accumulate(values, initial=0.0))
    before = [0.0, *map(float.__add__, sums[1:], at_start[1:]), sums[-1]][: len(sums)]
    return Sums(before, [0.0, *map(float.__sub__, sums[1:], at_end)])
