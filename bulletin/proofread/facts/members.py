"""The members of a fixed expression, one after another in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bulletin.model.house import places_of

_LEAST = 3
"""Two words in another order mean little."""
_WORD = 3
"""Members of no more characters are words of everyday language: only marks and 和 may stand between them."""
_BETWEEN_WORDS = re.compile(r"[、，；“”和与]{1,3}")
_ANOTHER = re.compile(r"[、，][\u4e00-\u9fff]{2,8}[、，]")
_BETWEEN = re.compile(r"(?=[^、，；]{0,8}[、，；和与])[^。！？：\n]{1,9}")


@dataclass(frozen=True, slots=True)
class Member:
    """One member in a text: the `index`-th of the expression."""

    index: int
    start: int
    end: int


def chains_in(content: str, members: Sequence[str]) -> Iterator[tuple[Member, ...]]:
    """The stretches of a text in which at least three of the members follow each other, with little between them."""
    found = sorted(_members_in(content, members), key=lambda member: (member.start, -member.end))
    between = _BETWEEN_WORDS if max(map(len, members)) <= _WORD else _BETWEEN
    chain: list[Member] = []
    for member in found:
        if chain and member.start < chain[-1].end:
            continue
        if chain and not between.fullmatch(content, chain[-1].end, member.start):
            yield from _long_enough(chain)
            chain = []
        chain.append(member)
    yield from _long_enough(chain)


def _members_in(content: str, members: Sequence[str]) -> Iterator[Member]:
    for index, word in enumerate(members):
        yield from (Member(index, start, end) for start, end in places_of(word, content))


def _long_enough(chain: Sequence[Member]) -> Iterator[tuple[Member, ...]]:
    if len(chain) >= _LEAST:
        yield tuple(chain)


def out_of_order(chain: Sequence[Member], count: int) -> bool:
    """True if all members are there, each once, in another order."""
    indices = [member.index for member in chain]
    return sorted(indices) == list(range(count)) and indices != sorted(indices)


def has_others(chain: Sequence[Member], content: str) -> bool:
    """True if something else is listed between the members: then it is another expression, with an order of its own."""
    return any(_ANOTHER.fullmatch(content, one.end, other.start) for one, other in pairwise(chain))


def gap_in(chain: Sequence[Member], count: int) -> tuple[int, int, int] | None:
    """The one member within a chain in order that is missing, and what stands in its place: (index, start, end)."""
    indices = [member.index for member in chain]
    if len(indices) != count - 1 or indices[0] != 0 or indices[-1] != count - 1:
        return None
    for one, other in pairwise(chain):
        if other.index == one.index + 2:
            return one.index + 1, one.end, other.start
    return None
