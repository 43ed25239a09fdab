"""A known name that a text holds almost, not quite: found by its first or its last half."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.proofread.facts.alike import near
from bulletin.proofread.facts.contrast import contrasted

SHORTEST = 8
_PLACES = 40
"""So many places of a half are looked at in a text."""
_MOST = 2
_MARKS = frozenset("，。；：！？、“”‘’《》（）\n")


def nearly(name: str, content: str) -> Iterator[tuple[int, int]]:
    """Where the text has the name with one or two slips in it, each (start, end); not where it has the name itself, nor over marks that the name has
    not."""
    if len(name) < SHORTEST:
        return
    half = len(name) // 2
    last = 0
    for start in sorted({*_heads(name[:half], content), *_tails(name[half:], content, len(name))}):
        if start < last:
            continue
        if content.startswith(name, start):
            last = start + len(name)
            continue
        end = _end(name, content, start)
        if end:
            last = end
            yield start, end


def may_be_nearly(name: str, content: str) -> bool:
    """True if a half of the name stands somewhere without the other."""
    half = len(name) // 2
    whole = content.count(name)
    return content.count(name[:half]) > whole or content.count(name[half:]) > whole


def _heads(half: str, content: str) -> Iterator[int]:
    start = content.find(half)
    for _ in range(_PLACES):
        if start < 0:
            return
        yield start
        start = content.find(half, start + 1)


def _tails(half: str, content: str, whole: int) -> Iterator[int]:
    """Where names may begin that end with this half; they are as long as the name, or nearly."""
    for place in _heads(half, content):
        start = place + len(half) - whole
        yield from (begin for begin in range(start - _MOST, start + _MOST + 1) if begin >= 0)


def _end(name: str, content: str, start: int) -> int:
    """Where the name ends that begins there with slips in it; 0 if none does. It begins and ends as the name does."""
    marks = _MARKS.difference(name)
    for length in sorted(range(len(name) - _MOST, len(name) + _MOST + 1), key=lambda each: abs(each - len(name))):
        here = content[start : start + length]
        ends = here[:1] == name[0] and here[-1:] == name[-1]
        if ends and len(here) == length and not marks.intersection(here) and near(here, name):
            return 0 if contrasted(here, name) else start + length
    return 0
