"""The archive that sites are measured with: the same each time, without errors, the same text for every generator."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bulletin.compose import cleared_slugs
from bulletin.load.folders import list_folders
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.issue import Issue
from bulletin.model.walk import visible_text
from bulletin.pipeline.reading import read
from tests.conftest import REPOSITORY

ISSUES, ARTICLES, CHARS = 27, 3, 400
"""More issues than a year has."""
TARGETS = ("bulletin", "hugo", "eleventy", "mkdocs", "pelican")


def make(folder: Path, target: str = "bulletin", issues: int = ISSUES) -> dict[str, Any]:
    size = ["--issues", str(issues), "--articles", str(ARTICLES), "--chars", str(CHARS)]
    command = [sys.executable, str(REPOSITORY / "tools/corpus.py"), str(folder), "--target", target, *size]
    said: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return said


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The program's own, and what was said of it."""
    folder = tmp_path_factory.mktemp("corpus")
    return folder, make(folder)


def load_all(folder: Path) -> list[Issue]:
    publication = load_publication(folder).value
    assert publication is not None
    folders = list_folders(folder)
    return [issue for key in folders.keys if (issue := load_issue(folder, key, publication, folders).value)]


def test_the_same_arguments_give_the_same_bytes(archive: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, said = archive
    assert make(tmp_path) == said
    assert files(tmp_path) == files(folder)


def test_an_issue_is_the_same_whatever_others_there_are(archive: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    make(tmp_path, issues=2)
    fewer = {path: content for path, content in files(tmp_path).items() if path.startswith("issues/")}
    assert fewer
    assert fewer.items() <= files(archive[0]).items()


def test_it_reads_without_a_finding_and_every_article_is_cleared(archive: tuple[Path, dict[str, Any]]) -> None:
    folder, said = archive
    issues = load_all(folder)
    assert (len(issues), sum(len(issue.manuscripts) for issue in issues)) == (said["issues"], said["articles"])
    assert [problem for issue in issues[:3] for problem in read(folder, issue.head.key).problems] == []
    assert all(len(cleared_slugs(issue)) == len(issue.manuscripts) for issue in issues)


def test_articles_have_their_length_and_probes_are_counted(archive: tuple[Path, dict[str, Any]]) -> None:
    folder, said = archive
    texts = [
        "".join(each.title) + "\n" + "\n".join(map(visible_text, each.blocks))
        for issue in load_all(folder)
        for each in issue.manuscripts
    ]
    assert all(len(text) >= CHARS for text in texts)
    assert {probe: sum(probe in text for text in texts) for probe in said["probes"]} == said["probes"]
    assert len(set(said["probes"].values())) > 3


@pytest.mark.parametrize("target", TARGETS[1:])
def test_rivals_get_the_same_text(archive: tuple[Path, dict[str, Any]], tmp_path: Path, target: str) -> None:
    said = make(tmp_path, target)
    mine = archive[1]
    for each in ("issues", "articles", "characters", "probes"):
        assert said[each] == mine[each]
    bodies = {
        content.decode().rpartition("---\n")[2].strip()
        for path, content in files(archive[0]).items()
        if path.endswith(".md")
    }
    theirs = [content.decode() for path, content in files(tmp_path).items() if path.endswith(".md")]
    assert all(any(text.strip().endswith(body) for text in theirs) for body in bodies)
