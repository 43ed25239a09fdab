"""How a line stands in the text area: its indent, the room after it, centred or at the right."""

from __future__ import annotations

from bulletin.convert.pdf.frame import Frame
from bulletin.convert.pdf.lines import Line, is_latin

_BALANCED = 0.8
"""Ems by which the margins of a centred line may differ."""
_LEAST_MARGIN = 0.9
_AT_EDGE = 0.6
BIGGER = 1.12
"""Than the body: what is set in a larger size is a title, however it stands."""
_TWO_EMS = (1.6, 2.4)
_RIGHT_HALF = 0.4
_CLOSING = frozenset("，。、；：？！”’）》〉」』】〕…—,.;:?!)]}%％℃")
_OPENING = frozenset("“‘（《〈「『【〔([{")


def indent_of(line: Line, frame: Frame) -> float:
    """Ems between the edge of the text and the line."""
    return (line.left - frame.left) / line.size


def room_after(before: Line, after: Line, frame: Frame) -> float:
    """Ems that were left in a line if what `after` begins with, and cannot be parted, had been set there: positive where a paragraph ended."""
    return (frame.right - before.right - _first_word(after)) / before.size


def is_centered(line: Line, frame: Frame) -> bool:
    """True for a line in the middle, but not for a line of the body that begins with an indent and by chance ends so."""
    if not _is_balanced(line, frame):
        return False
    if line.look.size_pt >= BIGGER * frame.body.size_pt:
        return True
    indent = indent_of(line, frame)
    return indent >= _LEAST_MARGIN and not _TWO_EMS[0] <= indent <= _TWO_EMS[1]


def may_be_centered(line: Line, frame: Frame) -> bool:
    """True for a centred line, and for one that fills the whole width, as a centred paragraph may hold it."""
    return is_centered(line, frame) or (_is_balanced(line, frame) and indent_of(line, frame) < _LEAST_MARGIN)


def _is_balanced(line: Line, frame: Frame) -> bool:
    """True where the margins at both sides are the same."""
    return abs((line.left - frame.left) - (frame.right - line.right)) <= _BALANCED * line.size


def is_at_right(line: Line, frame: Frame) -> bool:
    """True for a line that ends at the right edge and begins far from the left one."""
    margin = line.left - frame.left
    return frame.right - line.right <= _AT_EDGE * line.size and margin >= _RIGHT_HALF * frame.width


def _first_word(line: Line) -> float:
    """The width of what the line begins with and cannot be parted: a character with its closing marks, a Latin word, a number."""
    glyphs = line.glyphs
    end = 1
    while end < len(glyphs) and _holds_together(glyphs[end - 1].character, glyphs[end].character):
        end += 1
    return glyphs[end - 1].right - glyphs[0].left


def _holds_together(before: str, after: str) -> bool:
    return after in _CLOSING or before in _OPENING or (is_latin(before) and is_latin(after))
