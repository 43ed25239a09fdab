"""The log of clearances of an issue: who has which number, and the chain that shows whether it was touched.

Each entry is sealed over those before it.

The seal (`chain`) of an entry is the first 16 digits of the SHA-256 sum (FIPS 180-4) of the ends of the log as it was (seals of entries
that no other had followed yet, joined by blanks) and of the entry's fields as JSON, keys in order, no blanks. Entries of before there were
seals are together the beginning: the first sealed entry holds them.

A log is a text file in version control, and two editors may clear at the same time. Where their work is joined, both added to the same
end: so a log may part, and the next entry joins the ends. In whatever order the two are put, as long as each stays whole, the log is good.

What this shows: an entry that was changed, taken from the middle, moved before what it followed, repeated, or put in by hand. What it
does not show: that the last entries were cut off, or that somebody wrote the whole file anew, as no secret is needed to do so. Only version
control shows that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from bulletin.model.issue import Clearance

Ends: TypeAlias = tuple[str, ...]
_DIGITS = 16


def sealed(log: tuple[Clearance, ...], added: Iterable[Clearance]) -> tuple[Clearance, ...]:
    """The log with entries added to it, each with its seal."""
    ends = _follow(log)[1]
    new = []
    for each in added:
        new.append(replace(each, chain=_seal(ends, each)))
        ends = (new[-1].chain,)
    return (*log, *new)


def doubled(log: tuple[Clearance, ...]) -> tuple[Clearance, ...]:
    """The entries that count for articles whose number another had first, and has still; as where two editors cleared at the same time."""
    last = {each.slug: each for each in log}
    owners: dict[int, str] = {}
    for each in log:
        counts = last[each.slug]
        if counts.digest and counts.number == each.number:
            owners.setdefault(each.number, each.slug)
    return tuple(each for each in last.values() if each.digest and owners[each.number] != each.slug)


def broken(log: tuple[Clearance, ...]) -> tuple[Clearance, ...]:
    """The entries that are not as they were written, or not where."""
    return _follow(log)[0]


def _follow(log: tuple[Clearance, ...]) -> tuple[tuple[Clearance, ...], Ends]:
    """The entries that follow nothing before them, and the ends of the log."""
    unsealed = next((place for place, each in enumerate(log) if each.chain), len(log))
    ends: Ends = (_beginning(log[:unsealed]),)
    states, wrong = [ends], []
    known: set[str] = set()
    for each in log[unsealed:]:
        followed = next((state for state in _states(states, known) if _seal(state, each) == each.chain), None)
        if followed is None or each.chain in known:
            wrong.append(each)
            followed = ends
        known.add(each.chain)
        ends = (*(end for end in ends if end not in followed), each.chain)
        states.append(ends)
    return tuple(wrong), ends


def _states(states: list[Ends], known: set[str]) -> Iterator[Ends]:
    """What an entry may follow: the log as it stood after any entry before it, the last first; or one of two logs that were joined."""
    yield from reversed(states)
    yield from ((seal,) for seal in known)


def _beginning(unsealed: tuple[Clearance, ...]) -> str:
    return hashlib.sha256("\n".join(map(_form, unsealed)).encode()).hexdigest()[:_DIGITS] if unsealed else ""


def _seal(ends: Ends, entry: Clearance) -> str:
    return hashlib.sha256(f"{' '.join(ends)}{_form(entry)}".encode()).hexdigest()[:_DIGITS]


def _form(entry: Clearance) -> str:
    said = {"article": entry.slug, "number": entry.number, "by": entry.by, "at": entry.at, "digest": entry.digest}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
