"""What an article will say when it is exported again, in the order in which it will."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bulletin.convert.updating.strands import Unit
from bulletin.convert.updating.tracing import Traced


@dataclass
class Expected:
    """The texts of the body as the edited document has them; what the program puts before and after the body in its own order."""

    units: Sequence[Unit]
    traced: Traced
    body: list[str] = field(default_factory=list)
    around: dict[int, list[str]] = field(default_factory=dict)
    """By the place of the unit in the exported document."""

    def __post_init__(self) -> None:
        own = [place for place, unit in enumerate(self.units) if self.traced.block(unit)]
        self.first, self.last = (own[0], own[-1]) if own else (len(self.units), len(self.units))
        self.places = {unit: place for place, unit in enumerate(self.units)}

    def add(self, unit: Unit | None, texts: Iterable[str]) -> None:
        """What will be printed for a unit of the exported document, or for a new one (`None`)."""
        place = self.first if unit is None else self.places[unit]
        if self.first <= place <= self.last or unit is None:
            self.body += texts
        else:
            self.around[place] = [*self.around.get(place, []), *texts]

    def side(self, unit: Unit) -> int:
        """-1 of a unit of the exported document that stands before the body, 1 of one after it, 0 of one in it."""
        place = self.places[unit]
        return (place > self.last) - (place < self.first)

    def add_after(self, unit: Unit, text: str) -> None:
        """What will be printed after a unit that stands before the body."""
        place = self.places[unit]
        self.around[place] = [*self.around.get(place, []), text]

    def all(self) -> tuple[str, ...]:
        """All of it in order."""
        places = sorted(self.around)
        before = [text for place in places if place < self.first for text in self.around[place]]
        after = [text for place in places if place >= self.first for text in self.around[place]]
        return (*before, *self.body, *after)
