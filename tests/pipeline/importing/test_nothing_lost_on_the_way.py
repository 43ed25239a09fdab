"""Whatever a document holds: what is written of it is read back, and proven to be all of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings

from bulletin.convert.recognising import recognise_article, recognise_issue
from bulletin.convert.repairs import repair
from bulletin.load.publication import load_publication
from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.foreign import ForeignBlock, ForeignDocument, ForeignParagraph, Place
from bulletin.model.imported import Imported
from bulletin.model.issue import Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome
from bulletin.model.publication import Publication
from bulletin.pipeline.importing.sources import prove_sources, write_sources
from tests.conftest import BASE
from tests.convert.recognising.test_nothing_lost import DOCUMENTS

KEY = IssueKey(2026, False, 1)
MAY_BE = {"secrecy", "too-long", "import-unproved-empty"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication")
    for path, text in BASE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def publication(root: Path) -> Publication:
    loaded = load_publication(root).value
    assert loaded
    return loaded


def _proven(root: Path, publication: Publication, imported: Imported) -> Outcome[tuple[Manuscript, ...]]:
    written = write_sources(root, imported, KEY, publication)
    return prove_sources(written, KEY, publication)


def _numbered(document: ForeignDocument) -> ForeignDocument:
    """The document with a number for each paragraph, as readers give it, those in cells too."""
    numbers = count(1)

    def numbered(block: ForeignBlock) -> ForeignBlock:
        if isinstance(block, ForeignParagraph):
            return replace(block, place=Place(next(numbers)))
        rows = (tuple(replace(cell, paragraphs=placed(cell.paragraphs)) for cell in row) for row in block.rows)
        return replace(block, rows=tuple(rows))

    def placed(paragraphs: tuple[ForeignParagraph, ...]) -> tuple[ForeignParagraph, ...]:
        return tuple(replace(each, place=Place(next(numbers))) for each in paragraphs)

    return replace(
        document,
        blocks=tuple(map(numbered, document.blocks)),
        notes=tuple(replace(note, paragraphs=placed(note.paragraphs)) for note in document.notes),
    )


def _imported(document: ForeignDocument, *, whole: bool) -> Imported:
    document = _numbered(document)
    repaired = repair(document)
    draft: DraftIssue | DraftArticle = (
        recognise_issue(repaired.document, repaired.repairs)
        if whole
        else recognise_article(repaired.document, repaired.repairs)
    )
    return Imported(document, repaired.document, repaired.repairs, draft)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_an_article_is_proven(root: Path, publication: Publication, document: ForeignDocument) -> None:
    outcome = _proven(root, publication, _imported(document, whole=False))
    assert outcome.value is not None or {each.code for each in outcome.problems} & MAY_BE, outcome.problems


@settings(max_examples=60)
@given(DOCUMENTS)
def test_an_issue_is_proven(root: Path, publication: Publication, document: ForeignDocument) -> None:
    imported = _imported(document, whole=True)
    if isinstance(imported.draft, DraftIssue) and imported.draft.date:
        outcome = _proven(root, publication, imported)
        assert outcome.value is not None or {each.code for each in outcome.problems} & MAY_BE, outcome.problems
