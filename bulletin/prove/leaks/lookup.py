"""Which of many hashes are in a set: a place for each value of their first bits tells it without searching."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bulletin.prove.leaks.letters import Hashes

_ROOM, _ROOM_OF_SIEVE = 2, 8
"""Places for each hash, at least."""


class Lookup:
    """A set of hashes, without 0. Each has its place in a table; those whose place is taken, in the next, smaller table.

    A sieve of bytes, by the first bits, dismisses most of what is not in the set.
    """

    def __init__(self, hashes: Hashes) -> None:
        self.shift = np.uint64(64 - _bits(len(hashes) * _ROOM_OF_SIEVE))
        self.sieve = np.zeros(1 << (64 - int(self.shift)), np.bool_)
        self.sieve[hashes >> self.shift] = True
        self.tables: list[Hashes] = []
        left = hashes[hashes != 0]
        while len(left):
            table = np.zeros(1 << _bits(len(left) * _ROOM), np.uint64)
            places = _places(left, table, len(self.tables))
            table[places] = left
            left = left[table[places] != left]
            self.tables.append(table)

    def __bool__(self) -> bool:
        return bool(self.tables)

    def holds(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Where the hashes are in the set."""
        found = np.zeros(len(hashes), np.bool_)
        (left,) = np.nonzero(self.sieve[hashes >> self.shift] & (hashes != 0))
        for level, table in enumerate(self.tables):
            wanted = hashes[left]
            held = table[_places(wanted, table, level)] == wanted
            found[left[held]] = True
            left = left[~held]
        return found

    def parted(self, streams: Iterable[Hashes]) -> tuple[Hashes, Hashes]:
        """Those that are in one of the streams, and those that are in none. The streams are gone through one after another."""
        met = [np.zeros(len(table), np.bool_) for table in self.tables]
        for stream in streams:
            hashes = stream[self.sieve[stream >> self.shift]]
            for level, table in enumerate(self.tables):
                places = _places(hashes, table, level)
                met[level][places[table[places] == hashes]] = True
        nothing = np.zeros(0, np.uint64)
        found = [table[each & (table != 0)] for table, each in zip(self.tables, met, strict=True)]
        left = [table[~each & (table != 0)] for table, each in zip(self.tables, met, strict=True)]
        return np.concatenate([*found, nothing]), np.concatenate([*left, nothing])


def _places(hashes: Hashes, table: Hashes, level: int) -> Hashes:
    """The place of each hash: by other bits in each table."""
    return (hashes >> np.uint64(level * 7 % 32)) & np.uint64(len(table) - 1)


def _bits(size: int) -> int:
    return max(8, size.bit_length())
