"""What earlier issues called things is gathered once, and again when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.model.errors import CannotWrite
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.pipeline.earlier import KEPT, earlier_facts, gather_facts
from bulletin.pipeline.proofreading import proofread_issue
from bulletin.pipeline.reading import read
from tests.conftest import BASE, Make
from tests.desks import FRONT

LAST = IssueKey(2026, supplement=False, number=3)
BODY = "开设“枫叶驿站课堂”。\n\n“枫叶驿站课堂”很受欢迎。\n\n继续办好“枫叶驿站课堂”。\n"


@pytest.fixture
def root(make: Make) -> Path:
    head = BASE["issues/2026-01/issue.yaml"]
    heads = {
        f"issues/2026-{number:02}/issue.yaml": head.replace("number: 1\nserial: 10", f"number: {number}\nserial: {9 + number}")
        .replace("2026-01", f"2026-{number:02}")
        for number in range(1, 4)
    }  # fmt: skip
    bodies = {1: BODY, 2: "学习。\n", 3: "开设“枫林驿站课堂”。\n"}
    return make(heads | {f"issues/2026-{number:02}/01-report.md": FRONT + body for number, body in bodies.items()})


def issue(root: Path, key: IssueKey = LAST) -> Issue:
    value = read(root, key).value
    assert value is not None
    return value


def quoted(root: Path, key: IssueKey = LAST) -> list[tuple[str, int, str]]:
    return [(each.name, each.count, each.last) for each in earlier_facts(root, issue(root, key)).quoted]


def test_only_what_was_before_is_looked_at(root: Path) -> None:
    assert quoted(root) == [("枫叶驿站课堂", 3, "2026-01")]
    assert not quoted(root, IssueKey(2026, supplement=False, number=1))


def test_this_issue_is_compared_with_the_archive(root: Path) -> None:
    (judged,) = proofread_issue(root, LAST).judged
    assert (judged.finding.code, judged.finding.words.content) == ("ARC001", "枫林驿站课堂")


def test_what_is_kept_is_used_until_the_issue_changes(root: Path) -> None:
    first = quoted(root)
    kept = root / KEPT / "2026-01.json"
    content = kept.read_text("utf-8")
    kept.write_text(content.replace("枫叶驿站课堂", "枫树驿站课堂"), "utf-8")
    assert quoted(root) == [("枫树驿站课堂", 3, "2026-01")], "it is believed"
    path = root / "issues/2026-01/01-report.md"
    path.write_text(FRONT + BODY + "\n又办“枫叶驿站课堂”。\n", "utf-8")
    assert quoted(root) == [("枫叶驿站课堂", 4, "2026-01")]
    path.write_text(FRONT + BODY, "utf-8")
    assert quoted(root) == first


@pytest.mark.parametrize("content", ["", "[", "{}", "[1, 2]", '["a", 1, 2, 3, 4, 5, 6, 7, 8]', "null"])
def test_what_is_torn_is_gathered_again(root: Path, content: str) -> None:
    first = quoted(root)
    (root / KEPT / "2026-01.json").write_text(content, "utf-8")
    assert quoted(root) == first


def test_all_are_gathered_side_by_side(root: Path) -> None:
    done = list(gather_facts(root, None, 2, lambda: None))
    assert sorted(map(str, done)) == ["2026-01", "2026-02", "2026-03"]
    assert not list(gather_facts(root, None, 2, lambda: None))
    assert sorted(path.name for path in (root / KEPT).iterdir()) == [f"2026-0{number}.json" for number in (1, 2, 3)]


def test_where_nothing_can_be_kept_it_is_gathered_each_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin.model.problem import message

    def refuse(*_arguments: object) -> None:
        raise CannotWrite(message("写不了"))

    monkeypatch.setattr("bulletin.pipeline.earlier.publish_file", refuse)
    assert quoted(root) == [("枫叶驿站课堂", 3, "2026-01")]
    assert not (root / KEPT).exists()


def test_an_issue_that_cannot_be_read_has_no_names(root: Path) -> None:
    (root / "issues/2026-01/issue.yaml").write_text("number: [\n", "utf-8")
    assert not quoted(root)
    (root / "issues/2026-02/01-report.md").unlink()
    assert not quoted(root)
