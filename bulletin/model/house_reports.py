"""What commands say of the house's knowledge."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.house import House, Known
from bulletin.model.problem import Problem


@dataclass(frozen=True, slots=True)
class ExamplesReport:
    """How many entries were tested with how many examples, and what failed."""

    entries: int
    examples: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ListedEntries:
    """Entries with the lists that they are of, and what is wrong with the files."""

    entries: tuple[tuple[str, Known], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an issue proposes, and the text of it for an editor to go through."""

    house: House
    text: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """How many entries were added to each file; none where there are errors."""

    added: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
