"""Lines of a plain text: how far each is set in, how wide it is, and at what width a file's lines were broken."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INDENT_EM = {"\u3000": 1.0, "\t": 2.0}
_HALF_EM = 0.5
"""What any other blank, and a Latin letter, is wide."""
_SLACK_EM = 2.5
"""A broken line may be so much shorter than the measure: a mark that may not begin a line took a character with it."""
_LEAST_LINES = 4
_MOST_INDENT_EM = 4.5
"""Lines that are set in by more are centred, or stand at the right."""
_OUTLIERS = 0.03
_LEAST_EM, _MOST_EM = 16.0, 64.0
SENTENCE_ENDS = frozenset("。！？；：…”’）》】〕.!?;:")
_ITEM = re.compile(
    r"[-*•·●◆◇■□※▲★☆○]|[（(]?(?:[一二三四五六七八九十百]+|\d{1,3})[）)、.．]|[一二三四五六七八九十]是"
    r"|第[一二三四五六七八九十百\d]+[章节条、，,部]"
)
"""What the first line of an item, a heading, an entry begins with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its text without blanks at the ends, its number in the file, its white before and its width in em.

    `apart` is true where an empty line stands before it, `page` is from 1, `new_page` true for the first line of a page but the first.
    """

    text: str
    number: int
    indent_em: float
    width_em: float
    page: int
    apart: bool = False
    new_page: bool = False

    @property
    def right_em(self) -> float:
        return self.indent_em + self.width_em

    @property
    def begins_item(self) -> bool:
        return bool(_ITEM.match(self.text))


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that are not empty; a form feed begins a page."""
    found: list[Line] = []
    number, page = 1, 1
    for place, sheet in enumerate(text.split("\f")):
        page, apart, fresh = place + 1, False, place > 0
        rows = sheet.split("\n")
        for row in rows:
            words = row.strip()
            if words:
                indent = _indent(row)
                found.append(Line(words, number, indent, width_em(words), page, apart, fresh))
                apart = fresh = False
            else:
                apart = True
            number += 1
        number -= 1
    return found


def _indent(row: str) -> float:
    blanks = row[: len(row) - len(row.lstrip())]
    return sum(_INDENT_EM.get(blank, _HALF_EM) for blank in blanks)


def width_em(text: str) -> float:
    """How wide the text is set, in widths of a Han: Latin letters and figures take half of one."""
    narrow = sum(character < "\u2000" for character in text)
    return len(text) - narrow * _HALF_EM


def measure_of(lines: list[Line]) -> float:
    """The width at which an editor's program broke the lines of a file, in em; 0 where each line is a paragraph."""
    widths = sorted(
        (line.right_em for line in lines if line.right_em >= _LEAST_EM and line.indent_em <= _MOST_INDENT_EM),
        reverse=True,
    )
    edge = next((width for place, width in enumerate(widths) if _crowded(widths, place)), 0.0)
    if not 0 < edge <= _MOST_EM or sum(width > edge + 1 for width in widths) > _OUTLIERS * len(widths):
        return 0.0
    broken = [line for line in lines if full(line, edge)]
    open_ended = sum(line.text[-1] not in SENTENCE_ENDS for line in broken)
    return edge if 2 * open_ended >= len(broken) else 0.0


def _crowded(widths: list[float], place: int) -> bool:
    """True where several lines are nearly as wide as the one at `place` of a list that falls."""
    last = place + _LEAST_LINES - 1
    return last < len(widths) and widths[last] >= widths[place] - _SLACK_EM


def indents(lines: list[Line]) -> bool:
    """True where the first line of a paragraph is set in: enough lines are, and enough are not."""
    inside = sum(1.5 <= line.indent_em <= 4.5 for line in lines)
    return inside >= 3 and 20 * inside >= len(lines)


def full(line: Line, measure: float) -> bool:
    """True where a line reaches the measure, so that what follows may be the same paragraph."""
    return line.right_em >= measure - _SLACK_EM
