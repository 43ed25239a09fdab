"""What an issue must not say in public, and what it may; both as the gate compares them, and packed between runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bulletin.model.problem import Span
from bulletin.prove.leaks.letters import Units
from bulletin.prove.leaks.reading import Reading


class Needle(NamedTuple):
    """A short text that must not be told, what it is, and where it was written."""

    text: str
    field: str
    span: Span


@dataclass(frozen=True, slots=True)
class Secrets:
    """Of an issue, or of the publication: what must not be told, and what may be.

    `name` is the issue's, `house` the publication's. `held` are the letters that must not be told, with their joints, each text apart from the next, and
    `places` says where they were written: for each text a line with its offset, field, path, line and column. `fields` are held texts
    that are told even by a few letters; `names` those of files, hosts and mailboxes, `numbers` those of telephones. Whatever `told`
    has too gives nothing away.
    """

    name: str
    held: Units
    places: str
    fields: tuple[Needle, ...]
    names: tuple[Needle, ...]
    numbers: tuple[Needle, ...]
    told: Reading

    def place_of(self, offset: int) -> Needle:
        """What the held letter at `offset` belongs to."""
        lines = (line.split("\t") for line in reversed(self.places.splitlines()))
        _, field, path, line, column = next(line for line in lines if int(line[0]) <= offset)
        return Needle("", field, Span(path, int(line), int(column)))

    def holds_no_more_than(self, other: Secrets) -> bool:
        """True if nothing must not be told that is not among the other's, wherever it was written."""
        mine, others = (
            {
                (needle.text, kind)
                for kind, needles in enumerate((each.fields, each.names, each.numbers))
                for needle in needles
            }
            for each in (self, other)
        )
        return mine <= others and np.array_equal(self.held, other.held)

    def pack(self) -> bytes:
        """The secrets as bytes, for the next run: 8 KB for each article of 3,500 characters."""
        told = self.told
        head = {
            "name": self.name,
            "places": self.places,
            "needles": [[_row(needle) for needle in each] for each in (self.fields, self.names, self.numbers)],
            "told": [sorted(each) for each in (told.names, told.numbers, told.traces)],
            "held": len(self.held),
        }
        return json.dumps(head).encode() + b"\n" + self.held.tobytes() + told.letters.tobytes()


def unpack_secrets(packed: bytes) -> Secrets:
    """What `Secrets.pack` wrote."""
    end = packed.index(b"\n")
    head = json.loads(packed[:end])
    letters = np.frombuffer(packed, np.uint16, offset=end + 1)
    fields, names, numbers = (tuple(map(_needle, rows)) for rows in head["needles"])
    told = Reading(letters[head["held"] :], *map(frozenset, head["told"]))
    return Secrets(head["name"], letters[: head["held"]], head["places"], fields, names, numbers, told)


def _row(needle: Needle) -> list[str | int]:
    return [needle.text, needle.field, needle.span.path, needle.span.line, needle.span.column]


def _needle(row: list[str | int]) -> Needle:
    text, field, path, line, column = row
    return Needle(str(text), str(field), Span(str(path), int(line), int(column)))
