"""Two editors' copies of a publication, and the log of clearances that version control makes of both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Severity
from bulletin.model.site_build import Off
from bulletin.pipeline.clearing import clear, read_log, revoke
from bulletin.pipeline.reading import read
from tests.archives import write_archive
from tests.clearing import site_report

KEY = IssueKey(2024, False, 1)
LOG = "issues/2024-01/clearances.yaml"
ACTS = {"c": clear, "r": revoke}
HELD = "03-a"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "publication", issues=1)


def after(root: Path, clone: Path, acts: str, by: str) -> Path:
    """A copy of the publication in which the editor cleared and revoked the third article."""
    shutil.copytree(root, clone)
    for second, act in enumerate(acts, start=len((root / LOG).read_bytes())):
        ACTS[act](clone, KEY, ["3"], by, f"2026-01-19T10:{second // 60 % 60:02}:{second % 60:02}+08:00")
    return clone


def joins(root: Path, one: Path, two: Path) -> Iterator[None]:
    """The publication with both additions to its log, in either order."""
    base, first, second = ((each / LOG).read_text("utf-8") for each in (root, one, two))
    for each, other in [(first, second), (second, first)]:
        (root / LOG).write_text(each + other.removeprefix(base), "utf-8")
        yield
    (root / LOG).write_text(base, "utf-8")


def contested(root: Path) -> list[Problem]:
    return [each for each in read(root, KEY).problems if each.code == "clearance-contested"]


@pytest.mark.parametrize(("one", "two"), [("cr", "c"), ("cr", "cc"), ("crcr", "c")])
def test_a_clearance_of_who_did_not_know_puts_up_nothing_that_was_revoked(
    archive: Path, tmp_path: Path, one: str, two: str
) -> None:
    clones = after(archive, tmp_path / "one", one, "甲某"), after(archive, tmp_path / "two", two, "乙某")
    for number, _ in enumerate(joins(archive, *clones)):
        (problem,) = contested(archive)
        values = dict(problem.message.values)
        assert (problem.severity, values["slug"]) == (Severity.WARNING, HELD)
        assert (values["cleared_by"], values["revoked_by"]) == ("乙某", "甲某")
        assert problem in read_log(archive, KEY).problems
        report = site_report(archive, tmp_path / f"out{number}")
        assert "clearance-contested" in {each.code for each in report.problems}
        assert (report.made, report.articles, report.held.revoked) == (True, 2, 1)


def test_what_one_revoked_and_the_other_cleared_anew_goes_from_the_site(archive: Path, tmp_path: Path) -> None:
    clear(archive, KEY, ["3"], "周砚", "2026-01-01T09:00:00+08:00")
    assert site_report(archive, tmp_path / "out").articles == 3
    one = after(archive, tmp_path / "one", "r", "甲某")
    shutil.copytree(archive, tmp_path / "two")
    for each in (archive, tmp_path / "two"):
        with (each / "issues/2024-01/03-a.md").open("a", encoding="utf-8") as file:
            file.write("\n又添一句。\n")
    clear(tmp_path / "two", KEY, ["3"], "乙某", "2026-01-03T09:00:00+08:00")
    for number, _ in enumerate(joins(archive, one, tmp_path / "two")):
        assert len(contested(archive)) == 1
        out = shutil.copytree(tmp_path / "out", tmp_path / f"out{number}", copy_function=shutil.copy2)
        gone = site_report(archive, out).changes.taken_off
        assert [(each.path, each.why) for each in gone] == [("2024/01/03", Off.REVOKED)]


@pytest.mark.parametrize(("act", "articles"), [("c", 3), ("r", 2)])
def test_either_word_of_who_knows_both_settles_it(archive: Path, tmp_path: Path, act: str, articles: int) -> None:
    clones = after(archive, tmp_path / "one", "cr", "甲某"), after(archive, tmp_path / "two", "c", "乙某")
    for number, _ in enumerate(joins(archive, *clones)):
        assert ACTS[act](archive, KEY, ["3"], "丙某", "2026-01-20T10:00:00+08:00").articles
        assert contested(archive) == []
        entries = [each for each in read_log(archive, KEY).entries if each.last]
        assert [(each.said.slug, each.said.by) for each in entries][-1] == (HELD, "丙某")
        assert site_report(archive, tmp_path / f"out{number}").articles == articles


def test_entries_begin_and_end_with_what_no_other_has(archive: Path) -> None:
    """So Git, which takes equal lines out of both ends of a conflict, leaves the entries of both whole."""
    for second, act in enumerate("crcrc"):
        ACTS[act](archive, KEY, ["3"], "甲某", f"2026-01-19T10:00:{second:02}+08:00")
    entries = (archive / LOG).read_text("utf-8").split("  - ")[3:]
    assert len(entries) == 5
    for place in (0, -1):
        assert len({each.splitlines()[place] for each in entries}) == 5


def test_an_article_that_one_renamed_and_the_other_revoked_stays_off(archive: Path, tmp_path: Path) -> None:
    one, two = (shutil.copytree(archive, tmp_path / name) for name in ("one", "two"))
    revoke(one, KEY, ["1"], "甲某", "2026-01-19T10:00:00+08:00")
    for root in (archive, two):
        (root / "issues/2024-01/01-a.md").rename(root / "issues/2024-01/07-new.md")
    clear(two, KEY, ["7"], "乙某", "2026-01-19T10:00:01+08:00")
    for number, _ in enumerate(joins(archive, one, two)):
        assert [dict(each.message.values)["slug"] for each in contested(archive)] == ["07-new"]
        assert site_report(archive, tmp_path / f"out{number}").articles == 1
    assert revoke(two, KEY, ["7"], "丙某", "2026-01-20T10:00:00+08:00").articles == (("07-new", "经验154"),)
