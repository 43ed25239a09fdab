"""Printed lines against the rules of composition: what begins and ends them, whether they are full, whether they stand on the grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from bulletin.model.marks import CLOSED, DASH, ELLIPSIS, INTERPUNCT, NO_END, NO_START, OPENING, is_han, is_latin
from bulletin.model.page import (
    IMPRINT_SIZE_PT,
    LINE_PT,
    NOTE_SIZE,
    TITLE_SIZE_PT,
    WIDEST_STRETCH,
    WIDTH_PT,
    TypeSize,
    left_margin_pt,
)
from bulletin.model.printed import AREA_TOP_PT, PrintedGlyph, PrintedLine, PrintedPage, lines_of
from bulletin.model.problem import Problem, Span, message, warning

EDGE_SLACK_PT = 0.5
GRID_SLACK_PT = 0.3
_ASCENT_EM = 0.88
"""Of every print face (`tools/fonts.py`); a line's em box stands in the middle of its share of the grid."""
_OWN_LINE_EM = 4.5
"""What ends so far from the edge was never meant to fill its line: a salutation, a line broken by hand."""
_SAME_SIZE_PT = 0.1
_SHOWN = 24
_LONG_MARKS = (DASH, ELLIPSIS)
_ADDRESS_END = re.compile(r"[A-Za-z][!-~]*/")


Locate: TypeAlias = Callable[[str], Span]
"""Where in the sources the text of a line stands."""


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line in the type area, the page it stands on, and the size that most of it is set in."""

    page: int
    line: PrintedLine
    size_pt: float

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def shown(self) -> str:
        return self.text if len(self.text) <= _SHOWN else self.text[:_SHOWN] + "…"

    def is_set_in(self, size_pt: float) -> bool:
        return abs(self.size_pt - size_pt) < _SAME_SIZE_PT


@dataclass(frozen=True, slots=True)
class Joint:
    """A line and the one that carries it on."""

    before: BodyLine
    after: BodyLine

    @property
    def avoidable(self) -> bool:
        """False where the whole line is one thing that may not be parted, such as a row of points."""
        return any(_may_part(one, other) for one, other in pairwise(self.before.text))


@dataclass(frozen=True, slots=True)
class FullLine:
    """A line of a paragraph that the next one carries on: by how much it misses the right edge, and the white between its Han in em.

    `forced` is true of a line that would have to be drawn out beyond all measure to be full: it was left short.
    """

    line: BodyLine
    miss_pt: float
    stretch_em: float | None
    forced: bool

    @property
    def ragged(self) -> bool:
        return abs(self.miss_pt) > EDGE_SLACK_PT


def body_lines(pages: Iterable[PrintedPage]) -> tuple[BodyLine, ...]:
    """The lines of all pages in order, folios left out."""
    return tuple(
        BodyLine(page.number, line, Counter(round(glyph.size_pt, 2) for glyph in line.glyphs).most_common(1)[0][0])
        for page in pages
        for line in lines_of(page.body)
    )


def line_joints(lines: Sequence[BodyLine], size: TypeSize) -> tuple[Joint, ...]:
    """Where the program has ended a line and gone on in the next; what paragraphs begin and end with is their author's."""
    titles = [line for line in lines if line.is_set_in(TITLE_SIZE_PT)]
    joints = [Joint(before, after) for before, after in pairwise(titles) if before.page == after.page]
    for size_pt in (size.size_pt, NOTE_SIZE.size_pt, IMPRINT_SIZE_PT):
        others = [line for line in lines if line.is_set_in(size_pt)]
        joints += [Joint(before, after) for before, after in pairwise(others) if _goes_on(before, after, size)]
    return tuple(joints)


def check_line_starts(joints: Iterable[Joint], locate: Locate) -> Iterator[Problem]:
    """No line begins with a mark that may not (GB/T 15834-2011, 5.1; a dash of two may, 5.1.4)."""
    for joint in joints:
        line = joint.after
        if line.text[0] in NO_START and not line.text.startswith(DASH * 2) and joint.avoidable:
            what = message(
                "第 {page} 页有一行以“{mark}”开头：“{text}”", page=line.page, mark=line.text[0], text=line.shown
            )
            yield warning("proof-line-start", locate(line.text), what, message("这个标点不能在行首；在前面增删几个字"))


def check_line_ends(joints: Iterable[Joint], locate: Locate) -> Iterator[Problem]:
    """No line ends with a mark that may not; an address may go on after its slash."""
    for joint in joints:
        line = joint.before
        if line.text[-1] in NO_END and not _ADDRESS_END.fullmatch(_last_word(line.text)) and joint.avoidable:
            tail = line.text[-_SHOWN:]
            what = message("第 {page} 页有一行以“{mark}”结尾：“{text}”", page=line.page, mark=line.text[-1], text=tail)
            yield warning("proof-line-end", locate(line.text), what, message("这个标点不能在行尾；在前面增删几个字"))


def check_long_marks(joints: Iterable[Joint], locate: Locate) -> Iterator[Problem]:
    """No —— and no …… is parted by a line's end (GB/T 15834-2011, 5.1.4, 5.1.5)."""
    for joint in joints:
        page, text, mark = joint.before.page, joint.before.text, joint.before.text[-1]
        run = len(text) - len(text.rstrip(mark))
        if mark in _LONG_MARKS and joint.after.text[0] == mark and run % 2 and joint.avoidable:
            what = message("第 {page} 页行尾的“{mark}”拆成了两行", page=page, mark=mark * 2)
            yield warning("proof-split", locate(text), what, message("占两个字的标点不能拆开；在前面增删几个字"))


def full_lines(lines: Sequence[BodyLine], size: TypeSize) -> tuple[FullLine, ...]:
    """The lines of the body's full width that are not the last of their paragraphs."""
    return tuple(_full_lines([line for line in lines if line.is_set_in(size.size_pt)], size))


def check_edges(full: Iterable[FullLine], locate: Locate) -> Iterator[Problem]:
    """Every full line ends at the right edge of the type area (CLREQ, line adjustment)."""
    for line in full:
        if line.ragged and not line.forced:
            points = f"{line.miss_pt:+.1f}"
            what = message(
                "第 {page} 页有一行右边不齐，差 {points} 磅：“{text}”",
                page=line.line.page,
                points=points,
                text=line.line.shown,
            )
            yield warning(
                "proof-edge", locate(line.line.text), what, message("多半有不能拆开的数字、西文或网址；增删几个字就好")
            )


def grid_lines(lines: Iterable[BodyLine], size: TypeSize) -> tuple[BodyLine, ...]:
    """The lines that belong on the grid: body text and titles; footnotes, tables and the foot of the issue have their own sizes."""
    return tuple(line for line in lines if line.is_set_in(size.size_pt) or line.is_set_in(TITLE_SIZE_PT))


def check_grid(lines: Iterable[BodyLine], locate: Locate) -> Iterator[Problem]:
    """Each stands on one of the 22 lines of its page, counted from the top of the type area (GB/T 9704-2012, 5.2.3)."""
    for line in lines:
        leading = (LINE_PT - line.size_pt) / 2 + _ASCENT_EM * line.size_pt
        place = (AREA_TOP_PT - line.line.baseline_pt - leading) / LINE_PT
        off = (place - round(place)) * LINE_PT
        if abs(off) > GRID_SLACK_PT:
            what = message(
                "第 {page} 页有一行不在行格上，差 {points} 磅：“{text}”",
                page=line.page,
                points=f"{off:+.1f}",
                text=line.shown,
            )
            yield warning(
                "proof-grid", locate(line.text), what, message("前面的表格或图片没有占满整行；请检查模板和样式")
            )


def _last_word(text: str) -> str:
    found = re.search(r"[!-~]*$", text)
    return found[0] if found else ""


def _may_part(one: str, other: str) -> bool:
    """True if a line may end between two characters, as far as they alone can tell."""
    bound = (is_latin(one) and is_latin(other)) or (one == other and one in _LONG_MARKS)
    return not bound and one not in NO_END and other not in NO_START


def _goes_on(before: BodyLine, after: BodyLine, size: TypeSize) -> bool:
    """True if a line is carried on by the next of its size: it is about full, and the next is not indented.

    In quotations, where nothing is indented, that cannot be told.
    """
    edge = left_margin_pt(before.page) + WIDTH_PT - _OWN_LINE_EM * before.size_pt
    if before.line.has_holes or _right_of(before.line.glyphs[-1]) < edge or not before.is_set_in(after.size_pt):
        return False
    inset = after.line.glyphs[0].x_pt - left_margin_pt(after.page)
    above = before.line.glyphs[0].x_pt - left_margin_pt(before.page)
    return inset < EDGE_SLACK_PT or (inset > 2.5 * size.pitch_pt and abs(inset - above) < EDGE_SLACK_PT)


def _full_lines(lines: Sequence[BodyLine], size: TypeSize) -> Iterator[FullLine]:
    for line, after in pairwise(lines):
        left = left_margin_pt(line.page)
        begins = line.line.glyphs[0]
        indented = _stands_at(begins, left + 2 * size.pitch_pt, size)
        if line.page != after.page or line.line.has_holes or not (_stands_at(begins, left, size) or indented):
            continue
        miss = _right_of(line.line.glyphs[-1]) - left - WIDTH_PT
        if _stands_at(after.line.glyphs[0], left, size) and abs(miss) < _OWN_LINE_EM * size.size_pt:
            stretch = _stretch_em(line.line, size)
            yield FullLine(line, miss, stretch, _is_forced(line, miss, stretch or 0.0))


def _is_forced(line: BodyLine, miss_pt: float, stretch_em: float) -> bool:
    wide = sum(not is_latin(character) for character in line.text) - 1
    return miss_pt < 0 and stretch_em - miss_pt / line.size_pt / max(wide, 1) > WIDEST_STRETCH / 1000


def _stands_at(glyph: PrintedGlyph, x_pt: float, size: TypeSize) -> bool:
    """True if the glyph begins there; an opening mark may reach out by its empty half."""
    reach = size.size_pt / 2 if glyph.character in OPENING else 0
    return x_pt - reach - EDGE_SLACK_PT < glyph.x_pt < x_pt + EDGE_SLACK_PT


def _right_of(glyph: PrintedGlyph) -> float:
    """Where a line ends: after the ink half of a mark (an interpunct has a quarter on either side), after the box of anything else."""
    if glyph.character == INTERPUNCT:
        return glyph.x_pt + 0.75 * glyph.size_pt
    return glyph.x_pt + glyph.size_pt / 2 if glyph.character in CLOSED else glyph.right_pt


def _stretch_em(line: PrintedLine, size: TypeSize) -> float | None:
    gaps = [
        (after.x_pt - before.x_pt) / size.size_pt - 1
        for before, after in line.pairs
        if is_han(before.character) and is_han(after.character)
    ]
    return median(gaps) if gaps else None
