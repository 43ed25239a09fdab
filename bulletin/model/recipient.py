"""Who gets the bulletin: units, groups of them, and how a copy comes to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from bulletin.model.problem import Span


class Route(Enum):
    """How a copy travels (条例, art. 26: no ordinary post)."""

    CONFIDENTIAL = "机要交通"
    EXCHANGE = "交换站"
    COURIER = "专人"
    PICKUP = "自取"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that holds copies in its own name; `members` is more than 1 only where a group says no names but a count."""

    name: str
    copies: int
    """For each member."""
    span: Span
    members: int = 1
    route: Route | None = None
    contact: str = ""
    address: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def total(self) -> int:
        return self.members * self.copies

    def receives_on(self, day: date) -> bool:
        """True if the unit is on the list that day: from its first day to its last, both of them included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a distribution may name: a unit (`group` is false) or a group of units; `span` is where its name stands."""

    name: str
    units: tuple[Unit, ...]
    span: Span
    group: bool = False

    @property
    def counted(self) -> bool:
        """True for a group of which a count is known, and no names."""
        return self.group and len(self.units) == 1 and self.units[0].name == self.name

    def units_on(self, day: date) -> tuple[Unit, ...]:
        """The units that get copies of an issue of that day, in the order of the list."""
        return tuple(unit for unit in self.units if unit.receives_on(day))

    def total_on(self, day: date) -> int:
        return sum(unit.total for unit in self.units_on(day))
