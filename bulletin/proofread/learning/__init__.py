"""What an issue says that the house could know: proposals, each with its source and examples, for an editor to accept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bulletin.model.house import LISTS, House, Known, house_of
from bulletin.proofread.examples import check_examples
from bulletin.proofread.learning.numbers import claims_of
from bulletin.proofread.learning.people import people_of, units_of
from bulletin.proofread.learning.terms import terms_of
from bulletin.proofread.learning.works import documents_of, quotes_of
from bulletin.proofread.reading import ReadIssue

_LEARNERS: dict[str, Callable[[ReadIssue], Iterator[Known]]] = {
    "terms": terms_of,
    "people": people_of,
    "organisations": units_of,
    "documents": documents_of,
    "claims": claims_of,
    "quotes": quotes_of,
}


def learn(issue: ReadIssue) -> House:
    """New entries from an issue: not what is known already, and only entries that pass their own examples beside all that is known."""
    found = {name: tuple(_numbered(learner(issue))) for name, learner in _LEARNERS.items()}
    proposed = house_of(found)
    failing = {problem.span for problem in check_examples(joined(issue.house, proposed), [*proposed.known], issue.day)}
    return house_of(
        {name: (each for each in listed if each.entry.span not in failing) for name, listed in found.items()}
    )


def joined(house: House, further: House) -> House:
    """What two houses know together; of one id the further one."""
    ids = {entry.id for entry in further.entries}
    lists = {
        name: (*(known for known in house.listed(name) if known.entry.id not in ids), *further.listed(name))
        for name in LISTS
    }
    return replace(house_of(lists), places=house.places, belongings=house.belongings)


def _numbered(found: Iterator[Known]) -> Iterator[Known]:
    """Entries of one id are told apart."""
    seen: dict[str, int] = {}
    for known in found:
        id_ = known.entry.id
        seen[id_] = seen.get(id_, 0) + 1
        yield known if seen[id_] == 1 else replace(known, entry=replace(known.entry, id=f"{id_}-{seen[id_]}"))
