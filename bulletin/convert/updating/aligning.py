"""Which paragraph of the edited file was which: equal ones first, then similar ones, then those that were moved, cut in two or joined."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.convert.updating.strands import Unit, likeness

_LEAST_LIKE = 0.34
"""Paragraphs that share less of their pairs of characters are not the same, edited."""
_MOVED_LIKE = 0.75
_MOST_PAIRS = 40_000
"""Where more pairs of paragraphs could be compared, each is compared only with those near its place."""
_BAND = 60
_BETTER = 0.12
"""By so much more two paragraphs together must be like one than the better of them is, to be that one, cut in two."""


@dataclass(frozen=True, slots=True)
class Match:
    """Units of the old document, and those of the new one that they became; one side may have two, where a paragraph was cut or two were joined.

    `old` is empty for what is new, `new` for what is gone. `moved` is true where it stands elsewhere among the others.
    """

    old: tuple[Unit, ...] = ()
    new: tuple[Unit, ...] = ()
    moved: bool = False


def align(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Match, ...]:
    """The matches in the order of the new document; what is gone stands where it stood among those that are left."""
    alike = _Likeness(_only(old) & _only(new))
    pairs = dict(_pairs(old, new, alike, (0, 0)))
    moves = _moves(old, new, pairs)
    groups = _Groups(old, new, pairs | moves, frozenset(moves))
    return tuple(groups.matches())


def _only(units: Sequence[Unit]) -> frozenset[str]:
    """Styles of which there is one paragraph: a title, the name of who speaks."""
    counts = Counter(unit.style for unit in units)
    return frozenset(style for style, count in counts.items() if style and count == 1)


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike units are; those of a style that is there once only are the same, whatever they say."""

    only: frozenset[str]

    def of(self, one: Unit, other: Unit) -> float:
        """From 0 to 1; 0 where they are not alike enough to be the same, edited."""
        if one.key == other.key:
            return 1.0
        like = likeness(one, other)
        if one.style in self.only and one.style == other.style:
            return max(like, _LEAST_LIKE)
        return like if like >= _LEAST_LIKE else 0.0


def _pairs(
    old: Sequence[Unit], new: Sequence[Unit], alike: _Likeness, at: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Pairs of places, rising on both sides; `at` is where both begin."""
    at_old, at_new = at
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start].key == new[start].key:
        yield at_old + start, at_new + start
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end].key == new[-1 - end].key:
        end += 1
        yield at_old + len(old) - end, at_new + len(new) - end
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    at_old, at_new = at_old + start, at_new + start
    anchors = _anchors(old, new)
    if not anchors:
        yield from ((at_old + a, at_new + b) for a, b in _similar(old, new, alike))
        return
    before = (-1, -1)
    for after in (*anchors, (len(old), len(new))):
        inside = slice(before[0] + 1, after[0]), slice(before[1] + 1, after[1])
        yield from _pairs(old[inside[0]], new[inside[1]], alike, (at_old + inside[0].start, at_new + inside[1].start))
        before = after
    yield from ((at_old + a, at_new + b) for a, b in anchors)


def _anchors(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    """Units that either side has once, as many as rise on both sides."""
    counts = Counter(unit.key for unit in old), Counter(unit.key for unit in new)
    places = {unit.key: place for place, unit in enumerate(old) if counts[0][unit.key] == 1}
    found = [(places[unit.key], b) for b, unit in enumerate(new) if counts[1][unit.key] == 1 and unit.key in places]
    return [found[place] for place in _rising([a for a, _b in found])]


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising series."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    series = [at[-1]] if at else []
    while series and before[series[-1]] >= 0:
        series.append(before[series[-1]])
    return series[::-1]


def _similar(old: Sequence[Unit], new: Sequence[Unit], alike: _Likeness) -> list[tuple[int, int]]:
    """Pairs that rise on both sides and are most alike taken together."""
    banded = len(old) * len(new) > _MOST_PAIRS
    best: list[float] = [0.0] * (len(new) + 1)
    ways: list[bytearray] = []
    for a, unit in enumerate(old):
        centre = a * len(new) // max(len(old), 1)
        row, way = [0.0], bytearray(len(new))
        for b, other in enumerate(new):
            near = not banded or abs(b - centre) <= _BAND
            like = alike.of(unit, other) if near else 0.0
            choices = (best[b + 1], row[b], best[b] + like if like else -1.0)
            way[b] = max(range(3), key=choices.__getitem__)
            row.append(choices[way[b]])
        best = row
        ways.append(way)
    pairs, a, b = [], len(old) - 1, len(new) - 1
    while a >= 0 and b >= 0:
        if ways[a][b] == 2:
            pairs.append((a, b))
        a, b = a - (ways[a][b] != 1), b - (ways[a][b] != 0)
    return pairs


def _moves(old: Sequence[Unit], new: Sequence[Unit], pairs: dict[int, int]) -> dict[int, int]:
    """Pairs of what has no partner in its place, but somewhere else."""
    taken = set(pairs.values())
    lost = [place for place in range(len(old)) if place not in pairs]
    found = [place for place in range(len(new)) if place not in taken]
    if len(lost) * len(found) > _MOST_PAIRS:
        return {}
    ranked = sorted(
        (-like, a, b)
        for a in lost
        for b in found
        if (like := likeness(old[a], new[b])) >= _MOVED_LIKE and len(old[a].key) > 1
    )
    moves: dict[int, int] = {}
    for _like, a, b in ranked:
        if a not in moves and b not in taken:
            moves[a] = b
            taken.add(b)
    return moves


@dataclass
class _Groups:
    """Pairs with the neighbours that belong to them."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    pairs: dict[int, int]
    moved: frozenset[int]

    def matches(self) -> Iterator[Match]:
        partners = {b: a for a, b in self.pairs.items()}
        joined = self.with_neighbours(self.old, self.new, self.pairs)
        cut = self.with_neighbours(self.new, self.old, partners)
        used_old = {place for group in joined.values() for place in group}
        used_new = {place for group in cut.values() for place in group}
        gone = 0
        for b, unit in enumerate(self.new):
            a = partners.get(b)
            if a is None:
                if b not in used_new:
                    yield Match(new=(unit,))
                continue
            if a not in self.moved:
                yield from self.gone(range(gone, a), used_old)
                gone = a + 1
            old = tuple(self.old[place] for place in joined.get(b, [a]))
            yield Match(old, tuple(self.new[place] for place in cut.get(a, [b])), a in self.moved)
        yield from self.gone(range(gone, len(self.old)), used_old)

    def gone(self, places: range, used: set[int]) -> Iterator[Match]:
        for place in places:
            if place not in self.pairs and place not in used:
                yield Match(old=(self.old[place],))

    def with_neighbours(
        self, ones: Sequence[Unit], others: Sequence[Unit], pairs: dict[int, int]
    ) -> dict[int, list[int]]:
        """By the place of a unit of `others`: its partner among `ones` and the neighbour of that which has none, in order, where both together
        are what it is."""
        found: dict[int, list[int]] = {}
        used: set[int] = set()
        for one, other in pairs.items():
            unit = ones[one]
            like = likeness(unit, others[other])
            for neighbour in (one - 1, one + 1):
                if not 0 <= neighbour < len(ones) or neighbour in pairs or neighbour in used or unit.table:
                    continue
                first, last = sorted((one, neighbour))
                if like < 1 and _together(ones[first], ones[last], others[other]) > like + _BETTER:
                    found[other] = [first, last]
                    used.add(neighbour)
                    break
        return found


def _together(first: Unit, last: Unit, whole: Unit) -> float:
    if first.table or last.table:
        return 0.0
    shared = ((first.pairs + last.pairs) & whole.pairs).total()
    return 2 * shared / (first.pairs.total() + last.pairs.total() + whole.pairs.total())
