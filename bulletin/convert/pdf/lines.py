"""Visual lines of a page: characters on one baseline, raised and lowered ones among them, with the blanks that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bulletin.convert.pdf.page import Glyph
from bulletin.model.foreign import Look, Run

_SAME_BASE = 0.3
"""Of the size: how far baselines of one line stand apart."""
_SMALL = 0.8
"""Of the size of the line: characters that may be raised or lowered."""
_RAISED = 0.7
_BESIDE = 0.6
"""Of the size of raised characters: how far they stand from the one beside them, and may overlap."""
_INKED = 0.65
_LATIN_BLANK = 0.2
"""Of the size: a gap between Latin letters that a reader takes for a blank where the file has none."""
_HAN_BLANK = 0.22
"""Of the size: a gap between Han, wider than the others of its line, where programs draw no blank but leave room for one."""
_WIDE = 0.75
_TAB = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page by its number from 1, its glyphs from left to right, none of them a blank at either end."""

    page: int
    number: int
    glyphs: tuple[Glyph, ...]
    ends_blank: bool = False
    """The file has a blank after it."""
    is_hyphenated: bool = False
    """Its last word goes on in the next line; the hyphen is gone."""

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs[-3:])

    @property
    def base(self) -> float:
        return median(glyph.base for glyph in self.glyphs)

    @property
    def size(self) -> float:
        return median(glyph.size for glyph in self.glyphs)

    @property
    def text(self) -> str:
        return "".join(run.text for run in runs_of(self))

    @property
    def blocks(self) -> tuple[int, int]:
        """The tagged paragraphs that it begins and ends in; 0 where the file does not say."""
        tagged = [glyph.block for glyph in self.glyphs if glyph.block]
        return (tagged[0], tagged[-1]) if tagged else (0, 0)

    @property
    def look(self) -> Look:
        """The look of most of its characters."""
        looks = [glyph.look for glyph in self.glyphs if not glyph.is_blank]
        return max(dict.fromkeys(looks), key=looks.count)


def lines_of(glyphs: Iterable[Glyph], page: int) -> tuple[Line, ...]:
    """The lines from top to bottom."""
    rows = _rows(glyphs)
    found = (_line(row, page) for row in _with_raised(rows))
    lines = sorted((line for line in found if line is not None), key=lambda line: (-line.base, line.left))
    return tuple(Line(page, number, line.glyphs, line.ends_blank) for number, line in enumerate(lines, start=1))


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs by baseline, from the top."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if rows and rows[-1][0].base - glyph.base <= _SAME_BASE * min(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda glyph: glyph.left) for row in rows]


def _with_raised(rows: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """The rows, those of small characters put into the line that they are raised or lowered from."""
    waiting: list[Glyph] | None = None
    for row in rows:
        if waiting is None:
            waiting = row
        elif _belongs(waiting, row):
            waiting = sorted(waiting + row, key=lambda glyph: glyph.left)
        else:
            yield waiting
            waiting = row
    if waiting is not None:
        yield waiting


def _belongs(upper: list[Glyph], lower: list[Glyph]) -> bool:
    """True if one of the two rows is raised or lowered from the other: small, near, and each part of it beside a character."""
    small, line = (upper, lower) if _size(upper) < _size(lower) else (lower, upper)
    size, reach = _size(line), _BESIDE * _size(small)
    if _size(small) > _SMALL * size or _base(upper) - _base(lower) > _RAISED * size:
        return False
    printed = [glyph for glyph in line if not glyph.is_blank]
    if any(_covers(each, (glyph.left + glyph.right) / 2) for glyph in small for each in printed):
        return False
    return all(
        any(abs(glyph.left - each.right) <= reach or abs(each.left - glyph.right) <= reach for each in printed)
        for glyph in _parts(small, size)
    )


def _covers(glyph: Glyph, place: float) -> bool:
    """True if a character stands there; the right third of one may be the blank of a mark that was squeezed."""
    return glyph.left <= place <= glyph.left + _INKED * (glyph.right - glyph.left)


def _parts(glyphs: list[Glyph], size: float) -> Iterator[Glyph]:
    """The first glyph of each part of a row that stands by itself."""
    printed = [glyph for glyph in glyphs if not glyph.is_blank]
    yield from printed[:1]
    yield from (after for before, after in pairwise(printed) if after.left - before.right > _BESIDE * size)


def _size(glyphs: list[Glyph]) -> float:
    return median(glyph.size for glyph in glyphs)


def _base(glyphs: list[Glyph]) -> float:
    return median(glyph.base for glyph in glyphs)


def _line(row: list[Glyph], page: int) -> Line | None:
    glyphs = list(row)
    while glyphs and glyphs[0].is_blank:
        glyphs.pop(0)
    length = len(glyphs)
    while glyphs and glyphs[-1].is_blank:
        glyphs.pop()
    return Line(page, 0, tuple(glyphs), len(glyphs) < length) if glyphs else None


def runs_of(line: Line) -> tuple[Run, ...]:
    """The characters of a line by looks, with a blank for each gap that is wider than the spacing of the line."""
    usual = _usual_gap(line)
    pieces = [_run(line.glyphs[0], line.glyphs[0].look)]
    for before, after in pairwise(line.glyphs):
        pieces.append(Run(_blank_between(before, after, usual), before.look))
        pieces.append(_run(after, before.look if after.is_blank else after.look))
    return joined_runs(pieces)


def _run(glyph: Glyph, look: Look) -> Run:
    return Run(glyph.character, look, note=glyph.note)


def joined_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs, neighbours of one look as one, empty ones left out."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.look == run.look and not (last.note or last.picture or run.note or run.picture):
            joined[-1] = Run(last.text + run.text, run.look)
        elif run.text or run.note or run.picture:
            joined.append(run)
    return tuple(joined)


def _usual_gap(line: Line) -> float:
    gaps = [after.left - before.right for before, after in pairwise(line.glyphs)
            if not before.is_blank and not after.is_blank]  # fmt: skip
    return max(median(gaps), 0.0) if gaps else 0.0


def _blank_between(before: Glyph, after: Glyph, usual: float) -> str:
    """What a reader sees between two characters where the file has only a gap."""
    if before.is_blank or after.is_blank or before.note or after.note:
        return ""
    size = max(before.size, after.size)
    gap = after.left - before.right - usual
    if gap >= _TAB * size:
        return "\t"
    if is_latin(before.character) and is_latin(after.character):
        return " " if gap >= _LATIN_BLANK * size else ""
    if gap >= _WIDE * size:
        return "\u3000"
    return " " if gap >= _HAN_BLANK * size and _is_han(before.character) and _is_han(after.character) else ""


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def is_latin(character: str) -> bool:
    """True for what is written with blanks between its words."""
    return character.isascii() and not character.isspace()
