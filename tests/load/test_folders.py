"""What lies in `issues/`: which issues there are, and which stand beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.load.folders import IssueFolders, list_folders
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.key import IssueKey
from tests.conftest import Make

NAMES = ("2026-02", "2025-12", "2026-s1", "2026-01", "2026-10", "2025-s2", "2026-9", "附件", ".git")


def key(name: str) -> IssueKey:
    found = IssueKey.parse(name)
    assert found is not None
    return found


@pytest.fixture
def folders(tmp_path: Path) -> IssueFolders:
    for name in NAMES:
        (tmp_path / "issues" / name).mkdir(parents=True)
    (tmp_path / "issues" / "2026-03").write_text("a file, no folder")
    return list_folders(tmp_path)


def test_issues_by_age_and_folders_that_are_none(folders: IssueFolders) -> None:
    assert list(map(str, folders.keys)) == ["2025-12", "2025-s2", "2026-01", "2026-02", "2026-10", "2026-s1"]
    assert folders.strange == ("2026-9", "附件")


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("2025-12", ["2026-01"]),
        ("2026-01", ["2025-12", "2026-02"]),
        ("2026-10", ["2026-02"]),
        ("2025-s2", ["2026-s1"]),
        ("2026-s1", ["2025-s2"]),
    ],
)
def test_neighbours_are_of_the_same_series(folders: IssueFolders, name: str, beside: list[str]) -> None:
    assert list(map(str, folders.beside(key(name)))) == beside


def test_an_issue_reads_the_same_where_its_folders_are_known(make: Make) -> None:
    root = make({"issues/2026-1/notes.txt": "甲"})
    publication = load_publication(root).value
    assert publication is not None
    read = load_issue(root, key("2026-01"), publication)
    assert load_issue(root, key("2026-01"), publication, list_folders(root)) == read
    assert [problem.code for problem in read.problems] == ["issue-folder"]
