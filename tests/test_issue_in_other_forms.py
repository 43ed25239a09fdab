"""An issue that was brought to Word in three ways, to text and to PDFs is the same issue when it is imported again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bulletin.model.edition import Edition
from bulletin.model.publication import Publication
from bulletin.pipeline.importing.importing import Wanted, import_file, open_publication
from tests.conftest import REPOSITORY, composed, copy_sample, printed
from tests.programs import installed
from tests.tools_of import load_tool

KEY = "2026-10"
measuring = load_tool("measure_import")


@pytest.fixture(scope="module")
def whole() -> tuple[Edition, Publication]:
    return composed(REPOSITORY)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample publication without the issue."""
    root = copy_sample(tmp_path_factory.mktemp("bare"))
    shutil.rmtree(root / "issues" / KEY)
    return root


def held_against(original: Edition, root: Path, name: str, content: bytes) -> Any:
    """How much of the issue is as it was."""
    file = root / name
    file.write_bytes(content)
    imported = import_file(root, open_publication(root), file, Wanted())
    assert imported.value is not None, imported.problems
    found = measuring.score(original, measuring.edition_of(root, KEY))
    shutil.rmtree(root / "issues" / KEY)
    return found


@pytest.mark.parametrize("name", measuring.FORMS)
def test_word_and_text(whole: tuple[Edition, Publication], bare: Path, name: str) -> None:
    original, _ = whole
    found = held_against(original, bare, name, measuring.FORMS[name](measuring.lines_of(original)))
    assert found.lost == ""
    assert found.articles[0] == found.articles[1], found.changed
    assert found.share >= 0.97, found.changed


@pytest.mark.parametrize("name", ["office.pdf", "print.pdf"])
def test_printed(whole: tuple[Edition, Publication], bare: Path, name: str) -> None:
    installed("soffice", "libreoffice-writer")
    original, publication = whole
    by_office = measuring.printed_by_office
    content = (
        printed(original, publication).content
        if name == "print.pdf"
        else by_office(measuring.manual_docx(measuring.lines_of(original)))
    )
    found = held_against(original, bare, name, content)
    assert found.lost == ""
    assert found.share >= 0.97, found.changed
