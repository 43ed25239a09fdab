"""Withdrawing: what is entered in the log, of whom it needs what, and what is told of it afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin.cli.entry import run
from bulletin.load.issue import load_clearances
from bulletin.model.clearance_log import standing, withdrawn
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Severity, has_errors
from bulletin.pipeline.addresses import find_articles
from bulletin.pipeline.clearing import clear, read_log, revoke, withdraw
from bulletin.pipeline.reading import read
from bulletin.pipeline.status import status
from tests.conftest import ARTICLE, Make, article

KEY = IssueKey(2026, False, 1)
AT, LATER = "2026-01-19T10:00:00+08:00", "2026-11-22T17:30:00+00:00"
LOG = "issues/2026-01/clearances.yaml"
THREE = {
    ARTICLE: None,
    "issues/2026-01/01-a.md": article("甲"),
    "issues/2026-01/03-b.md": article("乙"),
    "issues/2026-01/04-c.md": article("丙"),
}


def entries(root: Path) -> list[tuple[str, int, str, bool]]:
    log = load_clearances(root, KEY).value or ()
    return [(each.slug, each.number, "c" if each.digest else "r", each.withdrawn) for each in log]


def states(root: Path) -> list[str]:
    return [each.clearance.value for each in status(root, KEY).articles]


def hints(problems: tuple[Problem, ...]) -> list[str]:
    return [str(each.message) for each in problems if each.code == "clearance-withdrawn"]


def test_it_is_entered_with_its_day_and_without_a_reason(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    before = (root / LOG).read_bytes()
    report = withdraw(root, KEY, ["3"], " 乙某 ", LATER)
    assert (report.articles, report.addresses, report.problems) == ((("03-b", "标题"),), ("/2026/01/02/",), ())
    added = (root / LOG).read_bytes().removeprefix(before).decode().splitlines()
    assert [line.partition(":")[0].strip(" -") for line in added] == [
        "at",
        "article",
        "number",
        "by",
        "withdrawn",
        "chain",
    ]
    assert "    withdrawn: true  # 撤稿" in added
    assert entries(root)[-1] == ("03-b", 2, "r", True)
    assert states(root) == ["valid", "withdrawn", "none"]
    assert read(root, KEY).problems == ()


def test_a_plain_revocation_is_written_as_ever(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1"], "甲某", AT)
    revoke(root, KEY, ["1"], "甲某", AT)
    assert "withdrawn" not in (root / LOG).read_text("utf-8")
    assert withdrawn(load_clearances(root, KEY).value or ()) == {}


def test_what_was_never_cleared_cannot_be_withdrawn(make: Make) -> None:
    root = make(THREE)
    with pytest.raises(UsageError, match="没有可撤的"):
        withdraw(root, KEY, [], "甲某", LATER)
    clear(root, KEY, ["1"], "甲某", AT)
    before = (root / LOG).read_bytes()
    for named in (["3"], ["1", "3"]):
        with pytest.raises(UsageError, match="“03-b”没有审签公开过") as refused:
            withdraw(root, KEY, named, "甲某", LATER)
        assert "bulletin clear 2026-01 --log" in str(refused.value.advice)
    with pytest.raises(UsageError, match="没有“99”这篇文章"):
        withdraw(root, KEY, ["99"], "甲某", LATER)
    with pytest.raises(UsageError):
        withdraw(root, KEY, ["1"], "", LATER)
    assert (root / LOG).read_bytes() == before


def test_the_whole_issue_is_all_that_ever_was_cleared(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    revoke(root, KEY, ["3"], "甲某", AT)
    assert [slug for slug, _ in withdraw(root, KEY, [], "乙某", LATER).articles] == ["01-a", "03-b"]
    assert states(root) == ["withdrawn", "withdrawn", "none"]


def test_what_was_revoked_can_be_withdrawn_and_what_is_withdrawn_stays(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1"], "甲某", AT)
    revoke(root, KEY, ["1"], "甲某", AT)
    assert withdraw(root, KEY, ["1"], "乙某", LATER).problems == ()
    before = (root / LOG).read_bytes()
    report = withdraw(root, KEY, ["1"], "丙某", "2026-12-01T09:00:00+08:00")
    assert report.addresses == ("/2026/01/01/",), "so that whoever broke off can go on"
    assert hints(report.problems) == ["“01-a”已经撤稿（乙某，2026-11-23），记录没有改动"]
    assert {each.severity for each in report.problems} == {Severity.HINT}
    assert revoke(root, KEY, ["1"], "丙某", LATER).articles == ()
    assert (root / LOG).read_bytes() == before


def test_clearing_again_is_done_and_reminded_of(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    withdraw(root, KEY, ["3"], "乙某", LATER)
    report = clear(root, KEY, ["1", "3"], "丙某", LATER)
    assert hints(report.problems) == ["这篇 2026-11-23 撤过稿（乙某）"]
    assert (states(root), report.addresses[1]) == (["valid", "valid", "none"], "/2026/01/02/")
    assert withdrawn(load_clearances(root, KEY).value or ()) == {}
    assert hints(clear(root, KEY, ["3"], "丙某", LATER).problems) == []


def test_the_same_text_by_another_name_is_reminded_of_too(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["3"], "甲某", AT)
    withdraw(root, KEY, ["3"], "乙某", LATER)
    (root / "issues/2026-01/03-b.md").rename(root / "issues/2026-01/07-new.md")
    assert hints(clear(root, KEY, ["4"], "丙某", LATER).problems) == []
    assert hints(clear(root, KEY, ["7"], "丙某", LATER).problems) == ["这篇 2026-11-23 撤过稿（乙某）"]
    assert list(withdrawn(load_clearances(root, KEY).value or ())) == [1], "its old address still says so"


def test_an_article_that_got_another_name_is_withdrawn_by_that(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    (root / "issues/2026-01/03-b.md").rename(root / "issues/2026-01/05-d.md")
    clear(root, KEY, ["5"], "甲某", AT)
    with pytest.raises(UsageError, match="“03-b”的网址 /2026/01/02/ 现在是“05-d”的"):
        withdraw(root, KEY, ["03-b"], "乙某", LATER)
    _, named = find_articles(root, "/2026/01/02/", ())
    assert named == ("05-d",)
    assert withdraw(root, KEY, named, "乙某", LATER).articles == (("05-d", "标题"),)
    assert list(withdrawn(load_clearances(root, KEY).value or ())) == [2]
    assert find_articles(root, "/2026/01/02/", ())[1] == ("05-d",), "the address still means it"
    assert [slug for slug, _ in withdraw(root, KEY, [], "乙某", LATER).articles] == ["01-a", "05-d"]


def test_two_articles_that_were_given_one_number_can_both_be_withdrawn(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    said = (root / LOG).read_text("utf-8").replace("number: 2", "number: 1")
    (root / LOG).write_text("".join(line for line in said.splitlines(True) if "chain:" not in line), "utf-8")
    for slug in ("01-a", "03-b"):
        assert withdraw(root, KEY, [slug], "乙某", LATER).articles == ((slug, "标题"),)
    assert not [each for each in standing(load_clearances(root, KEY).value or ()).values() if each.digest]


def test_it_needs_nothing_of_an_issue_in_ruins(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, [], "甲某", AT)
    (root / "issues/2026-01/01-a.md").write_text("没有文首信息", "utf-8")
    (root / "issues/2026-01/03-b.md").unlink()
    (root / "issues/2026-01/issue.yaml").write_text("number: 七\n", "utf-8")
    _, named = find_articles(root, "https://whatever.example.cn/2026/01/02/", ())
    assert withdraw(root, KEY, ["1", *named], "乙某", LATER).articles == (("01-a", ""), ("03-b", ""))
    assert [each[0] for each in entries(root)[3:]] == ["01-a", "03-b"]
    record = root / LOG
    record.write_text(record.read_text("utf-8") + "    extra: 1\n", "utf-8")
    before = record.read_bytes()
    assert has_errors(withdraw(root, KEY, ["4"], "乙某", LATER).problems)
    assert record.read_bytes() == before


def test_a_log_that_was_touched_lets_what_is_public_be_withdrawn(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    (root / LOG).write_text((root / LOG).read_text("utf-8").replace("甲某", "丁某", 1), "utf-8")
    withdraw(root, KEY, [], "乙某", LATER)
    assert list(withdrawn(load_clearances(root, KEY).value or ())) == [1, 2]


@pytest.mark.parametrize(
    ("said", "code"),
    [("withdrawn: perhaps", "syntax"), ("withdrawn: true\n    withdrawn: true", "syntax"), ("withdrawn:", "syntax")],
)
def test_what_else_is_written_there_by_hand_is_a_problem(make: Make, said: str, code: str) -> None:
    root = make(THREE)
    clear(root, KEY, ["1"], "甲某", AT)
    withdraw(root, KEY, ["1"], "乙某", LATER)
    (root / LOG).write_text((root / LOG).read_text("utf-8").replace("withdrawn: true  # 撤稿", said), "utf-8")
    assert {each.span.path for each in read(root, KEY).problems if each.severity is Severity.ERROR} == {LOG}


def test_a_clearance_with_the_mark_written_in_by_hand_is_seen(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1"], "甲某", AT)
    said = (root / LOG).read_text("utf-8")
    (root / LOG).write_text(said.replace("    by: 甲某\n", "    by: 甲某\n    withdrawn: true\n"), "utf-8")
    assert [each.code for each in read(root, KEY).problems] == ["clearance-chain"]
    (root / LOG).write_text(said.replace("    by: 甲某\n", "    by: 甲某\n    withdrawn: false\n"), "utf-8")
    assert read(root, KEY).problems == ()


def test_the_log_and_the_status_say_so(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3", "4"], "甲某", AT)
    withdraw(root, KEY, ["1"], "乙某", LATER)
    revoke(root, KEY, ["3"], "丙某", LATER)
    assert run(["-C", str(root), "clear", "2026-01", "--log"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("2026-11-23 01:30")]
    assert ["撤稿" in line for line in lines] == [True, False]
    assert ["撤回" in line for line in lines] == [False, True]
    assert run(["-C", str(root), "clear", "2026-01", "--log", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["entries"]
    assert [each["withdrawn"] for each in said] == [False, False, False, True, False]
    assert [each["state"] for each in said if each["last"]] == ["valid", "withdrawn", "revoked"]
    assert run(["-C", str(root), "status", "2026-01"]) == 0
    assert "已撤稿（乙某）" in capsys.readouterr().out
    assert [each.said.withdrawn for each in read_log(root, KEY, ["01-a"]).entries] == [False, True]
