"""The log of clearances of an issue: which entry counts of each article, and the chain that shows whether the log was touched.

Each entry is sealed over those before it.

The seal (`chain`) of an entry is the first 16 digits of the SHA-256 sum (FIPS 180-4) of the ends of the log as it was (seals of entries
that no other had followed yet, sorted, joined by blanks) and of the entry's fields as JSON, keys in order, no blanks; `withdrawn` and `reason` are among
them only where it is true, so that seals of before there were withdrawals hold. Entries of before there were
seals are together the beginning, in the order of the file: the first sealed entry holds them.

A log is a text file in version control, and two editors may clear at the same time. Where their work is joined, both added to the same
end: so a log may part, and the next entry joins the ends. In whatever order the two are put, as long as each stays whole, the log is good,
and says the same: the seals tell what each editor knew, the order of the lines does not. A revocation is undone only by who knew of it.

A withdrawal (`withdrawn: true`) is a revocation of what readers had seen: they are told so where the article stood, until somebody who
knows of it clears the article again.

What this shows: an entry that was changed, taken from the middle, moved before what it followed, repeated, or put in by hand. What it
does not show: that the last entries were cut off, or that somebody wrote the whole file anew, as no secret is needed to do so. Whoever kept
the ends of the log (as the site's ledger does) sees that too; else only version control shows it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from bulletin.model.issue import Clearance

Log: TypeAlias = tuple[Clearance, ...]
Ends: TypeAlias = tuple[str, ...]
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class _Course:
    """What the seals tell of a log: of each entry the places of those that it was sealed after, the entries that follow nothing before
    them, what each seal holds, and the seals that nothing follows."""

    known: tuple[frozenset[int], ...]
    wrong: Log
    seals: frozenset[str]
    ends: Ends


def sealed(log: Log, added: Iterable[Clearance]) -> Log:
    """The log with entries added to it, each with its seal."""
    ends = _follow(log).ends
    new = []
    for each in added:
        new.append(replace(each, chain=_seal(ends, each)))
        ends = (new[-1].chain,)
    return (*log, *new)


def standing(log: Log) -> dict[str, Clearance]:
    """The entry that counts of each article, by slug: the last clearance that was given in knowledge of all its revocations, else a
    revocation: a withdrawal, where nobody cleared it since who knew of that.

    That may be one by an earlier name of the article, where it was renamed by one editor and revoked by another.
    """
    counts: dict[str, Clearance] = {}
    known = _follow(log).known
    unknowns = tuple(_unknown(log, known))
    for each, unknown in zip(log, unknowns, strict=True):
        if unknown:
            counts.setdefault(each.slug, log[unknown[-1]])
        else:
            counts[each.slug] = each
    told = dict(_withdrawals(log, known, unknowns))
    return {slug: each if each.digest else told.get(slug, each) for slug, each in counts.items()}


def withdrawn(log: Log) -> dict[int, Clearance]:
    """The withdrawals by the numbers of public addresses, in their order: of those where no article stands now."""
    found = ((number, holder(log, number)) for number in sorted({each.number for each in log if each.withdrawn}))
    return {number: held[1] for number, held in found if held and is_withdrawal(held[1])}


def taken_back(log: Log, number: int) -> frozenset[str]:
    """The digests of the versions that were cleared for a public address and then taken back: each revocation takes the version that was cleared
    before it, until that same version is cleared again."""
    gone: set[str] = set()
    last = ""
    for each in log:
        if each.number != number:
            continue
        if each.digest:
            last = each.digest
            gone.discard(last)
        elif last:
            gone.add(last)
    return frozenset(gone)


def is_withdrawal(entry: Clearance) -> bool:
    """True if the entry takes back what readers had seen."""
    return entry.withdrawn and not entry.digest


def contested(log: Log) -> tuple[tuple[Clearance, Clearance], ...]:
    """The clearance and the revocation of each article that one editor cleared and another revoked, neither knowing of the other, and
    of which nothing was said since; it is revoked until then."""
    counts, known, found = standing(log), _follow(log).known, {}
    for place, unknown in enumerate(_unknown(log, known)):
        slug = log[place].slug
        if unknown and not counts[slug].digest and not any(place in known[other] for other in unknown):
            found[slug] = (log[place], log[unknown[-1]])
    return tuple(found.values())


def holder(log: Log, number: int) -> tuple[str, Clearance] | None:
    """The article, by slug, that has this number in its public address, and the entry that counts of it: the last that is cleared, else
    the last that was."""
    found = [(slug, each) for slug, each in standing(log).items() if each.number == number]
    return max(reversed(found), key=lambda each: bool(each[1].digest), default=None)


def doubled(log: Log) -> Log:
    """The entries that count for articles whose number another had first, and has still; as where two editors cleared at the same time."""
    last = standing(log)
    owners: dict[int, str] = {}
    for each in log:
        counts = last[each.slug]
        if counts.digest and counts.number == each.number:
            owners.setdefault(each.number, each.slug)
    return tuple(each for each in last.values() if each.digest and owners[each.number] != each.slug)


def broken(log: Log) -> Log:
    """The entries that are not as they were written, or not where."""
    return _follow(log).wrong


def ends_of(log: Log) -> Ends:
    """The seals that nothing follows yet: whatever this log becomes by `sealed`, or by being joined with another, holds them."""
    return tuple(filter(None, _follow(log).ends))


def holds(log: Log, seals: Ends) -> bool:
    """True if the log goes on from one that had these ends; false where its last entries were cut off, or it was written anew."""
    return _follow(log).seals.issuperset(seals)


def _follow(log: Log) -> _Course:
    unsealed = next((place for place, each in enumerate(log) if each.chain), len(log))
    ends: Ends = (_beginning(log[:unsealed]),)
    known = [frozenset(range(place)) for place in range(unsealed)]
    held = {ends[0]: frozenset(range(unsealed))}
    states, wrong = [ends], []
    for place, each in enumerate(log[unsealed:], start=unsealed):
        followed = next((state for state in _states(states, held) if _seal(state, each) == each.chain), None)
        if followed is None or each.chain in held:
            wrong.append(each)
            followed = ends
        known.append(frozenset().union(*(held[seal] for seal in followed)))
        held[each.chain] = known[place] | {place}
        ends = (*(end for end in ends if end not in followed), each.chain)
        states.append(ends)
    return _Course(tuple(known), tuple(wrong), frozenset(held), ends)


def _states(states: list[Ends], known: Iterable[str]) -> Iterator[Ends]:
    """What an entry may follow: the log as it stood after any entry before it, the last first; or one of two logs that were joined."""
    yield from reversed(states)
    yield from ((seal,) for seal in known)


def _unknown(log: Log, known: tuple[frozenset[int], ...]) -> Iterator[list[int]]:
    """Of each entry that clears, the places of revocations of the article, by this name or one that had its number before it, that it was
    not sealed after."""
    revoked = [place for place, each in enumerate(log) if not each.digest]
    for each, before in zip(log, known, strict=True):
        names = {log[place].slug for place in before if log[place].number == each.number}
        yield [
            place
            for place in (revoked if each.digest else ())
            if place not in before
            and (log[place].slug == each.slug or (log[place].number == each.number and log[place].slug in names))
        ]


def _withdrawals(
    log: Log, known: tuple[frozenset[int], ...], unknowns: tuple[list[int], ...]
) -> Iterator[tuple[str, Clearance]]:
    """The withdrawal of each article, by slug, that no clearance undid: one that was given in knowledge of it, and is not contested.
    The earliest where two editors withdrew it."""
    if not any(map(is_withdrawal, log)):
        return
    taken: dict[str, set[int]] = {}
    undone: dict[str, set[int]] = {}
    for place, (each, unknown) in enumerate(zip(log, unknowns, strict=True)):
        taken.setdefault(each.slug, set()).update(unknown if each.digest else (place,))
        parted = any(place not in known[other] for other in unknown)
        undone.setdefault(each.slug, set()).update(known[place] if each.digest and not parted else ())
    for slug, places in taken.items():
        left = [log[place] for place in places - undone[slug] if is_withdrawal(log[place])]
        if left:
            yield slug, min(left, key=lambda each: (each.at, each.chain))


def _beginning(unsealed: Log) -> str:
    return hashlib.sha256("\n".join(map(_form, unsealed)).encode()).hexdigest()[:_DIGITS] if unsealed else ""


def _seal(ends: Ends, entry: Clearance) -> str:
    return hashlib.sha256(f"{' '.join(sorted(ends))}{_form(entry)}".encode()).hexdigest()[:_DIGITS]


def _form(entry: Clearance) -> str:
    said = {"article": entry.slug, "number": entry.number, "by": entry.by, "at": entry.at, "digest": entry.digest}
    said |= {"withdrawn": True} if entry.withdrawn else {}
    said |= {"reason": entry.reason} if entry.reason else {}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
