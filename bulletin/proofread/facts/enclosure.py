"""Which pair of marks each character of a text stands in."""

from __future__ import annotations

from bulletin.proofread.facts.pairs import Pair


def enclosures(length: int, pairs: tuple[Pair, ...]) -> tuple[Pair | None, ...]:
    """For each of the `length` characters the innermost of the pairs about it; a mark stands outside of its own pair."""
    opens = {pair.start: pair for pair in pairs}
    closes = frozenset(pair.end - 1 for pair in pairs)
    about: list[Pair | None] = [None]
    found: list[Pair | None] = []
    for place in range(length):
        if place in closes:
            about.pop()
        found.append(about[-1])
        if place in opens:
            about.append(opens[place])
    return tuple(found)
