"""What the house knows, from files: the program's own start, and the bureau's, which has the last word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bulletin.load.encoding import read_text
from bulletin.load.files import MEGABYTE
from bulletin.load.house.entries import MAKERS
from bulletin.load.house.faults import contradictions
from bulletin.load.house.places import NO_PLACES, Gazetteer, read_places
from bulletin.load.house.shelf import EMPTY_SHELF, Item, Shelf, items_in, items_of, shelved
from bulletin.load.schemas import (
    ClaimsSchema,
    DocumentsSchema,
    KnowledgeSchema,
    OrganisationsSchema,
    PeopleSchema,
    QuotesSchema,
    Schema,
    TermsSchema,
)
from bulletin.load.strict_yaml import parse_yaml
from bulletin.load.validate import validate
from bulletin.model.house import House, house_of
from bulletin.model.problem import Outcome, Problem, did_you_mean, message, warning
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
_PUBLICATIONS = 4
"""So many are known at once: a command works on one, tests on several."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was read."""

    path: str
    text: Outcome[str]


def load_house(root: Path, publication: Publication) -> Outcome[House]:
    """Everything the house knows; entries with faults, and files that cannot be read, are left out and told."""
    assets = publication.assets
    return _house_of(tuple(_starting_set(assets)), tuple(_own(root)), _places(assets))


def house_path(name: str) -> str:
    """The bureau's file with the list `name`."""
    return f"house/{name}.yaml"


def house_in(content: str, path: str) -> Outcome[House]:
    """What this text says by itself: one of the bureau's files if `path` is that, else any of their lists."""
    tree = parse_yaml(content, path)
    said = validate(tree, _SCHEMAS.get(path, KnowledgeSchema), path)
    shelf, problems = shelved(items_in(tree, said.value) if said.value else ())
    house = _house(EMPTY_SHELF, shelf, NO_PLACES)
    return Outcome(house, (*said.problems, *problems, *contradictions(house)))


def _own(root: Path) -> Iterator[_File]:
    """The bureau's files, those that are there."""
    return (_File(path, read_text(root, path, KNOWLEDGE_LIMIT)) for path in _SCHEMAS if (root / path).exists())


def starting_files(assets: Iterable[str]) -> dict[str, Path]:
    """The program's files, by the paths by which they are told; one of the same name in the publication's own `assets/house/` takes the place of it."""
    found = {path.name: path for folder in reversed([*assets]) for path in Path(folder, _START).glob("*.yaml")}
    return {f"assets/{_START}/{name}": path for name, path in sorted(found.items())}


def _starting_set(assets: tuple[str, ...]) -> Iterator[_File]:
    for path, file in starting_files(assets).items():
        yield _File(path, read_text(file.parents[2], path, KNOWLEDGE_LIMIT))


def _places(assets: tuple[str, ...]) -> str:
    """What the nearest `places.txt` says."""
    folder = next((folder for folder in assets if Path(folder, _START, _PLACES).is_file()), "")
    return (read_text(Path(folder), f"{_START}/{_PLACES}", KNOWLEDGE_LIMIT).value if folder else "") or ""


@lru_cache(_PUBLICATIONS)
def _house_of(starting: tuple[_File, ...], own: tuple[_File, ...], places: str) -> Outcome[House]:
    """What files of this content say: made once, with the indexes of all that is looked up in it, for however many issues."""
    (start, faults), (said, own_faults) = _shelf_of(starting), _shelf_of(own)
    house = _house(start, said, read_places(places))
    return Outcome(house, (*faults, *own_faults, *_unknown(said, start), *contradictions(house)))


@lru_cache(_PUBLICATIONS)
def _shelf_of(files: tuple[_File, ...]) -> tuple[Shelf, tuple[Problem, ...]]:
    """All entries of one owner, and what is wrong in the files."""
    items: list[Item] = []
    problems: list[Problem] = []
    for file in files:
        problems += file.text.problems
        if file.text.value is not None:
            said = items_of(file.text.value, file.path, _SCHEMAS.get(file.path, KnowledgeSchema))
            problems += said.problems
            items += said.value or ()
    shelf, faults = shelved(items)
    return shelf, (*problems, *faults)


def _unknown(own: Shelf, start: Shelf) -> Iterator[Problem]:
    """What is not wanted, but is not there either."""
    for name, entries in own.known.items():
        for id_, known in entries.items():
            if known is None and id_ not in start.known[name]:
                what = message("程序自带的“{name}”里没有“{id}”这一条", name=name, id=id_)
                advice = did_you_mean(id_, start.known[name], message("删去这一条"))
                yield warning("house-disabled", own.taken[id_], what, advice)


def _house(start: Shelf, own: Shelf, places: Gazetteer) -> House:
    """Entries of the bureau in place of those of the same id, then its further ones."""
    found = {}
    for name in MAKERS:
        entries = {**start.known.get(name, {}), **own.known.get(name, {})}
        found[name] = tuple(known for known in entries.values() if known is not None)
    return replace(house_of(found), places=places.names, belongings=places.belongings)
