"""What the list says of those that have copies: how they are reached, and who they are where the register knows a group only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.model.issue import Issue
from bulletin.model.recipient import Unit


@dataclass(frozen=True, slots=True)
class Office:
    """Who gets an envelope of its own, and how many copies; `name` is empty where the list says only how many there are."""

    name: str
    copies: int
    contact: str
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Who is on the list on the issue's day: units, and the members of groups, by name."""

    units: Mapping[str, Unit]
    groups: Mapping[str, tuple[Unit, ...]]

    def offices(self, holder: str, copies: int) -> tuple[Office, ...]:
        """The members of a group that has one row for so many copies, in order; none of what is no group.

        A group is registered by its name alone while the list says a count. If the list has names by now, and they get as many
        copies, those are the offices; else each gets what the first does, until all is given out.
        """
        units = tuple(unit for unit in self.groups.get(holder, ()) if unit.copies)
        counted = any(unit.members > 1 for unit in units)
        if not counted and sum(unit.copies for unit in units) == copies:
            return tuple(Office(unit.name, unit.copies, unit.contact, unit.address) for unit in units)
        if not counted and len(units) < 2:
            return ()
        return tuple(_nameless(units, copies))


def listing(issue: Issue) -> Listing:
    """The list as it is on the issue's day; of a unit that is listed twice the entry with an address."""
    recipients = issue.publication.recipients or ()
    listed = [unit for each in recipients for unit in each.units_on(issue.head.date)]
    return Listing(
        {unit.name: unit for unit in sorted(listed, key=lambda unit: bool(unit.address or unit.contact))},
        {each.name: each.units_on(issue.head.date) for each in recipients if each.group},
    )


def _nameless(units: Sequence[Unit], copies: int) -> Iterator[Office]:
    """Offices to be named by hand; where the copies do not come out even, the last gets the rest."""
    first = units[0]
    office = Office("", first.copies, first.contact, first.address)
    whole, rest = divmod(copies, first.copies)
    yield from [office] * whole
    if rest:
        yield replace(office, copies=rest)
