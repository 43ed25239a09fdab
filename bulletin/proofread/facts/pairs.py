"""Marks that come in pairs: quotation marks, brackets, marks of titles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

CLOSING = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】", "「": "」", "『": "』"}
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_QUOTING = frozenset("“「『")
_STRAIGHT = re.compile(r"[\"＂][^\"＂\n]{1,400}[\"＂]")
_MARKS = re.compile("[" + "".join((*CLOSING, *_OPENING)) + "]")


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands between an opening mark at `start` and its closing mark at `end - 1`; `depth` is 0 outside of others."""

    mark: str
    start: int
    end: int
    depth: int

    def inner(self, content: str) -> str:
        """What it encloses."""
        return content[self.start + 1 : self.end - 1]


def pairs_in(content: str) -> tuple[Pair, ...]:
    """The pairs that are whole, by their opening marks; a mark without its partner is passed over."""
    found: list[Pair] = []
    open_: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for mark in _MARKS.finditer(content):
        character, place = mark[0], mark.start()
        if character in CLOSING:
            open_.append((character, place))
            waiting[character] += 1
        elif waiting[_OPENING[character]]:
            start = _close(open_, waiting, _OPENING[character])
            found.append(Pair(_OPENING[character], start, place + 1, len(open_)))
    return tuple(sorted(found, key=lambda pair: (pair.start, -pair.end)))


def quotation_pairs(content: str, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """What stands in quotation marks, whichever they are: a manuscript may have the straight ones of a keyboard, or those of another region."""
    quoted = [pair for pair in pairs if pair.mark in _QUOTING]
    quoted += [Pair(found[0][0], *found.span(), 0) for found in _STRAIGHT.finditer(content)]
    return tuple(sorted(quoted, key=lambda pair: (pair.start, -pair.end)))


def _close(open_: list[tuple[str, int]], waiting: Counter[str], wanted: str) -> int:
    """Where the last open mark of that kind stands; it is open no longer, nor is any after it."""
    while True:
        character, start = open_.pop()
        waiting[character] -= 1
        if character == wanted:
            return start
