"""Names under 报, 送, 发 by the help of those that the house knows: 市委常委、组织部部长 may be one."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bulletin.model.draft import DraftList

_RANKS = re.compile("[；;]")
_BETWEEN = "、，,"
_STOPS = "。；;. "
_LONGEST = 5_000
"""Characters of a list; more of them are no list."""


def with_known_names(listed: DraftList, known: Collection[str]) -> DraftList:
    """The list with the names that its text has by the known ones, where more are known so."""
    if len(listed.text) > _LONGEST:
        return listed
    ranks = tuple(names for rank in _RANKS.split(listed.text) if (names := _names(rank.strip(_STOPS), known)))
    better = _count(ranks, known) > _count(listed.ranks, known)
    return replace(listed, ranks=ranks) if better else listed


def _count(ranks: tuple[tuple[str, ...], ...], known: Collection[str]) -> int:
    """Characters in names that are known."""
    return sum(len(name) for rank in ranks for name in rank if name in known)


def _names(rank: str, known: Collection[str]) -> tuple[str, ...]:
    """The names of a rank, from left to right the longest that is known, else up to the next mark between names."""
    names = []
    while rank:
        following = [len(rank), *(at for at, sign in enumerate(rank) if sign in _BETWEEN)]
        end = max((at for at in following if rank[:at].strip() in known), default=min(following))
        names.append(rank[:end].strip())
        rank = rank[end + 1 :]
    return tuple(filter(None, names))
