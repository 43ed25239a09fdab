"""Titles over several lines: which of them are phrases of their own, and which were only broken to fit."""

from __future__ import annotations

import re

_OPEN_END = re.compile(r"[暨和与及的在·、，（《“‘]$")
_GOES_ON = re.compile(r"[的和与及暨上中会）》”’、，：]|情况的|工作会|讲话|开班|开幕")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("‘", "’"))
_NEAR = 8


def joined_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a title; those that were broken within a phrase are one."""
    found: list[str] = []
    for line in lines:
        if found and broken(found[-1], line):
            found[-1] += line
        else:
            found.append(line)
    return tuple(mended(line) for line in found)


def mended(line: str) -> str:
    """A line of a title without the blanks that stand within a phrase."""
    words = line.split()
    text = "".join(words[:1])
    for word in words[1:]:
        text += word if _unfinished(text, word) else f" {word}"
    return text


def broken(before: str, after: str) -> bool:
    """True where a line ends within a phrase: in a word, in brackets, after a word that joins."""
    if not (before and after) or before[-1].isascii() or after[0].isascii():
        return False
    return _unfinished(before, after) or _within_word(before, after)


def _unfinished(before: str, after: str) -> bool:
    """True where brackets are open, or a word stands at the joint that joins."""
    if any(before.count(opening) > before.count(closing) for opening, closing in _PAIRS):
        return True
    return bool(_OPEN_END.search(before) or _GOES_ON.match(after))


def _within_word(before: str, after: str) -> bool:
    import rjieba

    end = 0
    place = len(before[-_NEAR:])
    for word in rjieba.cut(before[-_NEAR:] + after[:_NEAR]):
        start, end = end, end + len(word)
        if start < place < end:
            return True
    return False
