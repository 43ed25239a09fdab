"""The starting set as it was prepared: it says what its YAML says, and nothing of a text that was changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.load.house import load_house, starting_files
from bulletin.load.house.prepared import PREPARED_FILE, prepared_terms
from bulletin.load.publication import load_publication
from bulletin.model.house import House, Term
from tests.conftest import REPOSITORY, Make
from tests.tools_of import load_tool

TOOL = load_tool("prepare_house")
ASSETS = REPOSITORY / "assets"
FILES = starting_files([str(ASSETS)])
TYPOS = "assets/house/typos.yaml"


def of(root: Path) -> House:
    publication = load_publication(root).value
    assert publication is not None
    house = load_house(root, publication).value
    assert house is not None
    return house


@pytest.mark.parametrize("path", FILES)
def test_it_says_what_the_yaml_says(path: str) -> None:
    prepared, read = prepared_terms(FILES[path].read_text("utf-8"), path), TOOL.read_terms(path)
    assert prepared is not None, "run tools/prepare_house.py"
    assert prepared == read
    assert [term.entry.span for term in prepared] == [term.entry.span for term in read]


def test_the_file_is_the_one_that_the_tool_writes() -> None:
    assert TOOL.prepared() == (ASSETS / PREPARED_FILE).read_text("utf-8"), "run tools/prepare_house.py"


def test_a_text_that_was_changed_is_read(make: Make) -> None:
    text = FILES[TYPOS].read_text("utf-8")
    first = next(term for term in of(REPOSITORY).terms if term.entry.span.path == TYPOS)
    changed = text.replace(f"preferred: {first.preferred}\n", "preferred: 甲乙丙\n", 1)
    assert changed != text
    house = of(make({TYPOS: changed}))
    assert (term_of(house, first.entry.id).preferred, first.preferred) == ("甲乙丙", first.preferred)
    assert len(house.terms) == len(of(REPOSITORY).terms)
    assert of(make({TYPOS: text}, "same")) == of(REPOSITORY)


def term_of(house: House, id_: str) -> Term:
    return next(term for term in house.terms if term.entry.id == id_)


def test_what_is_known_is_made_once_of_the_same_files(make: Make) -> None:
    own = "terms:\n  - {id: own, kind: brand, preferred: 枫叶驿站}\n"
    one, same = make({"house/terms.yaml": own}, "one"), make({"house/terms.yaml": own}, "same")
    assert of(one) is of(same)
    (one / "house/terms.yaml").write_text(own.replace("枫叶", "红叶"), "utf-8")
    assert term_of(of(one), "own").preferred == "红叶驿站"
    assert term_of(of(same), "own").preferred == "枫叶驿站"
