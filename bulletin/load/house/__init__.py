"""What the house knows, from files: the program's own start, and the bureau's, which has the last word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.load.encoding import read_text
from bulletin.load.files import MEGABYTE
from bulletin.load.house.entries import MAKERS, known_of
from bulletin.load.house.faults import contradictions
from bulletin.load.house.places import NO_PLACES, Gazetteer, read_places
from bulletin.load.schemas import (
    ClaimsSchema,
    DisabledSchema,
    DocumentsSchema,
    KnowledgeSchema,
    OrganisationsSchema,
    PeopleSchema,
    QuotesSchema,
    Schema,
    TermsSchema,
)
from bulletin.load.strict_yaml import YamlTree, parse_yaml
from bulletin.load.validate import validate
from bulletin.load.yaml_files import load_yaml
from bulletin.model.house import House, Known, house_of
from bulletin.model.problem import Outcome, Problem, Span, did_you_mean, error, message, warning
from bulletin.model.publication import Publication

HOUSE_FILES: dict[str, type[Schema]] = {
    "terms": TermsSchema,
    "people": PeopleSchema,
    "organisations": OrganisationsSchema,
    "documents": DocumentsSchema,
    "claims": ClaimsSchema,
    "quotes": QuotesSchema,
}
"""The bureau's files, `house/<name>.yaml`, each with one list of the same name."""
_SCHEMAS = {f"house/{name}.yaml": schema for name, schema in HOUSE_FILES.items()}
KNOWLEDGE_LIMIT = MEGABYTE
"""Several thousand entries."""
_START = "house"
_PLACES = "places.txt"


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All entries of one owner by their lists and ids; `None` stands for one of the program's that is not wanted. `taken` is where each id stands."""

    known: dict[str, dict[str, Known | None]]
    taken: dict[str, Span]


def load_house(root: Path, publication: Publication) -> Outcome[House]:
    """Everything the house knows; entries with faults, and files that cannot be read, are left out and told."""
    problems: list[Problem] = []
    start = _shelf(_starting_set(publication.assets, problems), problems)
    own = _shelf(_own(root, problems), problems)
    problems += _unknown(own, start)
    house = _house(start, own, _places(publication.assets))
    return Outcome(house, (*problems, *contradictions(house)))


def house_path(name: str) -> str:
    """The bureau's file with the list `name`."""
    return f"house/{name}.yaml"


def house_in(content: str, path: str) -> Outcome[House]:
    """What this text says by itself: one of the bureau's files if `path` is that, else any of their lists."""
    tree = parse_yaml(content, path)
    said = validate(tree, _SCHEMAS.get(path, KnowledgeSchema), path)
    problems = list(said.problems)
    house = _house(_Shelf({}, {}), _shelf([(tree, said.value)] if said.value else [], problems), NO_PLACES)
    return Outcome(house, (*problems, *contradictions(house)))


def _own(root: Path, problems: list[Problem]) -> list[tuple[YamlTree, Schema]]:
    """The bureau's files, those that are there."""
    paths = [(house_path(name), schema) for name, schema in HOUSE_FILES.items()]
    return _read([(root, path, schema) for path, schema in paths if (root / path).exists()], problems)


def _starting_set(assets: tuple[str, ...], problems: list[Problem]) -> list[tuple[YamlTree, Schema]]:
    """The program's files; one of the same name in the publication's own `assets/house/` takes the place of it."""
    found = {path.name: path for folder in reversed(assets) for path in sorted(Path(folder, _START).glob("*.yaml"))}
    files = sorted(found.items())
    return _read([(path.parents[2], f"assets/{_START}/{name}", KnowledgeSchema) for name, path in files], problems)


def _read(files: list[tuple[Path, str, type[Schema]]], problems: list[Problem]) -> list[tuple[YamlTree, Schema]]:
    read = []
    for root, path, schema in files:
        outcome, tree = load_yaml(root, path, schema, KNOWLEDGE_LIMIT)
        problems += outcome.problems
        if outcome.value is not None and tree is not None:
            read.append((tree, outcome.value))
    return read


def _shelf(files: list[tuple[YamlTree, Schema]], problems: list[Problem]) -> _Shelf:
    shelf = _Shelf({name: {} for name in MAKERS}, {})
    for tree, said in files:
        for name in MAKERS:
            for index, entry in enumerate(getattr(said, name, ())):
                place = tree.places[name, index, "id"]
                if entry.id in shelf.taken:
                    problems.append(_repeated(entry.id, place, shelf.taken[entry.id]))
                    continue
                shelf.taken[entry.id] = place
                if isinstance(entry, DisabledSchema):
                    if entry.disabled:
                        shelf.known[name][entry.id] = None
                    continue
                known, faults = known_of(name, entry, tree, index)
                problems += faults
                if known is not None:
                    shelf.known[name][entry.id] = known
    return shelf


def _repeated(id_: str, place: Span, first: Span) -> Problem:
    what = message("编号“{id}”在 {place} 已经有了", id=id_, place=str(first))
    return error("house-id", place, what, message("改成不同的编号"))


def _unknown(own: _Shelf, start: _Shelf) -> Iterator[Problem]:
    """What is not wanted, but is not there either."""
    for name, entries in own.known.items():
        for id_, known in entries.items():
            if known is None and id_ not in start.known[name]:
                what = message("程序自带的“{name}”里没有“{id}”这一条", name=name, id=id_)
                advice = did_you_mean(id_, start.known[name], message("删去这一条"))
                yield warning("house-disabled", own.taken[id_], what, advice)


def _house(start: _Shelf, own: _Shelf, places: Gazetteer) -> House:
    """Entries of the bureau in place of those of the same id, then its further ones."""
    found = {}
    for name in MAKERS:
        entries = {**start.known.get(name, {}), **own.known.get(name, {})}
        found[name] = tuple(known for known in entries.values() if known is not None)
    return replace(house_of(found), places=places.names, belongings=places.belongings)


def _places(assets: tuple[str, ...]) -> Gazetteer:
    """What the nearest `places.txt` says."""
    folder = next((folder for folder in assets if Path(folder, _START, _PLACES).is_file()), "")
    text = read_text(Path(folder), f"{_START}/{_PLACES}", KNOWLEDGE_LIMIT).value if folder else ""
    return read_places(text or "")
