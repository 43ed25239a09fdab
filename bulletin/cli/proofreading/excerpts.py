"""The source line that a finding stands in, cut to what matters, with carets under its words."""

from __future__ import annotations

import unicodedata

from bulletin.model.width import width_of

_CUT = "…"
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp"})
_STAND_IN = "·"


def excerpt(line: str, start: int, end: int, room: int) -> tuple[str, str]:
    """The line in at most `room` columns of a terminal, and the line of carets below it.

    `start` and `end` are the words' characters in the line; where they are equal, one caret shows the place. What a terminal would not
    show, or would obey, is shown by a stand-in.
    """
    shown = "".join(map(_seen, line))
    left, right = _window(shown, start, min(max(end, start), len(shown)), room)
    before, after = _CUT if left else "", _CUT if right < len(shown) else ""
    inset = width_of(before + shown[left:start])
    carets = "^" * max(1, width_of(shown[start : min(end, right)]))
    return f"{before}{shown[left:right]}{after}".rstrip(), " " * inset + carets


def _seen(character: str) -> str:
    if character == "\t":
        return " "
    return _STAND_IN if unicodedata.category(character) in _UNSEEN else character


def _window(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Which characters are shown: the words, and as much around them as there is room for."""
    if width_of(line) <= room:
        return 0, len(line)
    left, right = start, start
    free = room - 2 * len(_CUT)
    while right < end and (width := width_of(line[right])) <= free:
        right, free = right + 1, free - width
    left, free = _grown_left(line, left, free - free // 2, free)
    right, free = _grown_right(line, right, free)
    left, free = _grown_left(line, left, free, free)
    return left, right


def _grown_left(line: str, left: int, most: int, free: int) -> tuple[int, int]:
    """The window begun as many columns further left as `most` allows, and the columns that are left of `free`."""
    while left and (width := width_of(line[left - 1])) <= most:
        left, most, free = left - 1, most - width, free - width
    return left, free


def _grown_right(line: str, right: int, free: int) -> tuple[int, int]:
    while right < len(line) and (width := width_of(line[right])) <= free:
        right, free = right + 1, free - width
    return right, free
