"""What a build of the site tells of articles: which came, which went and why, which are held back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.cli.entry import run
from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.site_build import Changes, Held, Off, Shown
from bulletin.pipeline.clearing import clear, revoke, withdraw
from tests.archives import AT, write_archive
from tests.clearing import site_report

FIRST = IssueKey(2024, False, 1)
PLACE = "issues/2024-01/01-a.md"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "publication", issues=3)


def _revoke(root: Path) -> None:
    revoke(root, FIRST, ["1"], "周砚", AT)


def _withdraw(root: Path) -> None:
    withdraw(root, FIRST, ["1"], "周砚", AT)


def _change(root: Path) -> None:
    path = root / PLACE
    path.write_text(path.read_text("utf-8") + "\n再添一句。\n", "utf-8")


def _rename(root: Path) -> None:
    (root / PLACE).rename(root / "issues/2024-01/07-b.md")


def _delete(root: Path) -> None:
    (root / PLACE).unlink()


@pytest.mark.parametrize(
    ("edit", "why", "held"),
    [
        (_revoke, Off.REVOKED, Held(3, 0, 1)),
        (_withdraw, Off.WITHDRAWN, Held(3, 0, 0, 1)),
        (_change, Off.CHANGED, Held(3, 1, 0)),
        (_rename, Off.RENAMED, Held(4, 0, 0)),
        (_delete, Off.DELETED, Held(3, 0, 0)),
    ],
)
def test_an_article_that_went_is_named_with_the_reason(
    archive: Path, tmp_path: Path, edit: Callable[[Path], None], why: Off, held: Held
) -> None:
    first = site_report(archive, tmp_path / "out")
    assert first.held == Held(3, 0, 0)
    assert (len(first.changes.put_up), first.changes.taken_off) == (6, ())
    title = next(each.title for each in first.changes.put_up if each.path == "2024/01/01")
    edit(archive)
    report = site_report(archive, tmp_path / "out")
    assert report.changes == Changes((), (Shown(title, "2024/01/01", why),))
    assert report.held == held
    assert site_report(archive, tmp_path / "out").changes == Changes()


def test_what_is_to_be_removed_from_the_server_is_listed(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    place = ["-C", str(archive), "site", "-o", str(tmp_path / "out")]
    assert run(place) == 0
    assert "删去这" not in capsys.readouterr().out
    before = {
        path.relative_to(tmp_path / "out/web/public").as_posix()
        for path in (tmp_path / "out/web/public").rglob("*")
        if path.is_file()
    }
    _revoke(archive)
    assert run(place) == 0
    said = capsys.readouterr().out
    gone = {path for path in before if not (tmp_path / "out/web/public" / path).exists()}
    assert "2024/01/01/index.html" in gone
    assert f"请在服务器上也删去这 {len(gone)} 个文件" in said
    assert {line.strip() for line in said.splitlines() if line.strip() in before} == gone


def test_an_issue_that_went_and_one_that_is_in_ruins(archive: Path, tmp_path: Path) -> None:
    site_report(archive, tmp_path / "out")
    shutil.rmtree(archive / "issues/2025-01")
    revoke(archive, FIRST, [], "周砚", AT)
    (archive / PLACE).write_text("没有文首信息", "utf-8")
    gone = site_report(archive, tmp_path / "out").changes.taken_off
    assert [(each.path, each.why) for each in gone] == [
        ("2025/01/01", Off.ISSUE_DELETED),
        ("2025/01/02", Off.ISSUE_DELETED),
        ("2024/01/01", Off.REVOKED),
        ("2024/01/02", Off.REVOKED),
    ]


def test_a_title_that_changed_neither_came_nor_went(archive: Path, tmp_path: Path) -> None:
    site_report(archive, tmp_path / "out")
    path = archive / PLACE
    path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: 新"), "utf-8")
    clear(archive, FIRST, ["1", "3"], "周砚", AT)
    changes = site_report(archive, tmp_path / "out").changes
    assert ([each.path for each in changes.put_up], changes.taken_off) == (["2024/01/03"], ())


def test_the_intranet_holds_nothing_back(archive: Path, tmp_path: Path) -> None:
    report = site_report(archive, tmp_path / "out", Audience.INTRANET)
    assert (report.held.total, report.changes) == (0, Changes())


def test_what_the_command_says(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["-C", str(archive), "site", "-o", str(tmp_path / "out")]
    assert run(arguments) == 0
    said = capsys.readouterr().out
    assert "另有 3 篇不公开（未审签 3 篇）" in said
    assert "新上 6 篇\n  《" in said
    _revoke(archive)
    _delete(archive)
    clear(archive, FIRST, ["3"], "周砚", AT)
    (archive / "issues/2024-02/01-a.md").write_bytes((archive / "issues/2024-02/02-a.md").read_bytes())
    assert run(arguments) == 0
    said = capsys.readouterr().out
    assert "另有 3 篇不公开（未审签 2 篇，审签后有改动、已失效 1 篇）" in said
    assert "》 /2024/01/01/ — 撤回审签\n" in said
    assert "》 /2024/02/01/ — 审签后有改动，已失效\n" in said
    assert "新上 1 篇\n  《" in said
    assert run([*arguments, "--clean", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["held_by_state"] == {"uncleared": 2, "void": 1, "revoked": 0, "withdrawn": 0}
    assert (record["held"], record["put_up"], record["taken_off"]) == (3, [], [])
    revoke(archive, FIRST, ["3"], "周砚", AT)
    assert run([*arguments, "--json"]) == 0
    (gone,) = json.loads(capsys.readouterr().out)["taken_off"]
    assert (gone["path"], gone["why"]) == ("/2024/01/03/", "revoked")
    withdraw(archive, FIRST, ["2"], "周砚", AT)
    assert run(arguments) == 0
    said = capsys.readouterr().out
    assert "已撤回 1 篇，已撤稿 1 篇" in said
    assert "》 /2024/01/02/ — 撤稿\n" in said
    assert "  2024/01/02/index.html" not in said, "its tombstone is there, and need not be removed from the server"


def test_very_many_are_counted_and_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = write_archive(tmp_path / "publication", issues=6)
    assert run(["-C", str(archive), "site", "-o", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "新上 12 篇" in said
    assert "《" not in said


def test_an_issue_in_ruins_tells_which_were_withdrawn(archive: Path, tmp_path: Path) -> None:
    site_report(archive, tmp_path / "out")
    withdraw(archive, FIRST, ["1"], "周砚", AT)
    revoke(archive, FIRST, [], "周砚", AT)
    (archive / PLACE).write_text("没有文首信息", "utf-8")
    gone = site_report(archive, tmp_path / "out").changes.taken_off
    assert [(each.path, each.why) for each in gone] == [("2024/01/01", Off.WITHDRAWN), ("2024/01/02", Off.REVOKED)]


@pytest.mark.parametrize(
    "gone",
    [_revoke, _withdraw, lambda root: shutil.rmtree(root / "issues/2024-01")],
    ids=["revoked", "withdrawn", "deleted"],
)
def test_what_was_withdrawn_and_is_still_public_is_told(
    archive: Path, tmp_path: Path, gone: Callable[[Path], None]
) -> None:
    """Where something else keeps the site from being made, nobody must believe that it is gone."""
    assert site_report(archive, tmp_path / "out").made
    gone(archive)
    (archive / "issues/2024-02/01-a.md").write_text("---\ntitle: [\n---\n", "utf-8")
    report = site_report(archive, tmp_path / "out")
    assert not report.made
    told = [each for each in report.problems if each.code == "still-public"]
    assert [each.span.path for each in told][:1] == ["issues/2024-01/issue.yaml"]
    assert "/2024/01/01/" in str(told[0].advice)
    assert (tmp_path / "out/web/public/2024/01/01/index.html").is_file()
