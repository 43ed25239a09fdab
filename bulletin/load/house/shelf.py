"""The entries of the house's files as they stand there, list by list, each id once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.load.house.entries import MAKERS, known_of
from bulletin.load.house.prepared import prepared_terms
from bulletin.load.schemas import DisabledSchema, Schema
from bulletin.load.strict_yaml import YamlTree
from bulletin.load.yaml_files import read_yaml
from bulletin.model.house import Known, Term
from bulletin.model.problem import Outcome, Problem, Span, error, message


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a file, of the list `name`: what it says, unless it has faults, or only says that the program's entry of this id is `unwanted`."""

    name: str
    id: str
    place: Span
    known: Known | None
    faults: tuple[Problem, ...] = ()
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """All entries of one owner by their lists and ids; `None` stands for one of the program's that is not wanted. `taken` is where each id stands."""

    known: dict[str, dict[str, Known | None]]
    taken: dict[str, Span]


EMPTY_SHELF = Shelf({}, {})


def items_of(text: str, path: str, schema: type[Schema]) -> Outcome[tuple[Item, ...]]:
    """The entries of a file with this text."""
    prepared = prepared_terms(text, path)
    if prepared is not None:
        return Outcome(tuple(map(_item, prepared)))
    said, tree = read_yaml(text, path, schema)
    return Outcome(tuple(items_in(tree, said.value)) if said.value else (), said.problems)


def _item(term: Term) -> Item:
    return Item("terms", term.entry.id, term.entry.span, term)


def items_in(tree: YamlTree, said: Schema) -> Iterator[Item]:
    """The entries of a file that was read."""
    for name in MAKERS:
        for index, entry in enumerate(getattr(said, name, ())):
            place = tree.places[name, index, "id"]
            if isinstance(entry, DisabledSchema):
                yield Item(name, entry.id, place, None, unwanted=entry.disabled)
            else:
                yield Item(name, entry.id, place, *known_of(name, entry, tree, index))


def shelved(items: Iterable[Item]) -> tuple[Shelf, tuple[Problem, ...]]:
    """The entries by their ids, of those of one id the first; and the faults of all."""
    shelf = Shelf({name: {} for name in MAKERS}, {})
    problems: list[Problem] = []
    for item in items:
        if item.id in shelf.taken:
            problems.append(_repeated(item.id, item.place, shelf.taken[item.id]))
            continue
        shelf.taken[item.id] = item.place
        problems += item.faults
        if item.known is not None or item.unwanted:
            shelf.known[item.name][item.id] = item.known
    return shelf, tuple(problems)


def _repeated(id_: str, place: Span, first: Span) -> Problem:
    what = message("编号“{id}”在 {place} 已经有了", id=id_, place=str(first))
    return error("house-id", place, what, message("改成不同的编号"))
