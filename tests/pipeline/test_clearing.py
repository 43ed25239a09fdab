"""The log of clearances: only ever added to, numbers of addresses given once and kept, void when anything changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity, has_errors
from bulletin.pipeline.clearing import clear, read_log, revoke
from bulletin.pipeline.reading import read
from bulletin.pipeline.status import status
from tests.conftest import ARTICLE, Make, article

KEY = IssueKey(2026, False, 1)
AT = "2026-01-19T10:00:00+08:00"
LOG = "issues/2026-01/clearances.yaml"
THREE = {
    ARTICLE: None,
    "issues/2026-01/01-a.md": article("甲"),
    "issues/2026-01/03-b.md": article("乙"),
    "issues/2026-01/04-c.md": article("丙"),
}


def entries(root: Path) -> list[tuple[str, int, str, str]]:
    return [
        (each.said.slug, each.said.number, each.said.by, each.state.value if each.last else "")
        for each in read_log(root, KEY).entries
    ]


def states(root: Path) -> list[str]:
    return [each.clearance.value for each in status(root, KEY).articles]


def test_numbers_are_given_in_the_order_of_the_issue_and_kept(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["4"], "甲某", AT)
    clear(root, KEY, ["3", "1"], "乙某", AT)
    assert entries(root) == [("04-c", 1, "甲某", "valid"), ("01-a", 2, "乙某", "valid"), ("03-b", 3, "乙某", "valid")]
    revoke(root, KEY, ["1"], "丙某", AT)
    clear(root, KEY, ["1"], "丁某", AT)
    assert entries(root)[3:] == [("01-a", 2, "丙某", ""), ("01-a", 2, "丁某", "valid")]


def test_a_number_that_was_taken_back_is_given_to_nobody_else(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    revoke(root, KEY, ["3"], "甲某", AT)
    clear(root, KEY, ["4"], "甲某", AT)
    assert entries(root)[-1][:2] == ("04-c", 3)


def test_the_log_is_only_added_to(make: Make) -> None:
    root = make(THREE)
    before = b""
    for change, articles, by in [
        (clear, ["1"], "甲"),
        (clear, ["3", "4"], "乙"),
        (revoke, ["1"], "丙"),
        (clear, [], "丁"),
        (revoke, [], "戊"),
    ]:
        change(root, KEY, articles, by, AT)
        after = (root / LOG).read_bytes()
        assert after.startswith(before)
        assert len(after) > len(before)
        before = after
    assert [each[2] for each in entries(root)] == ["甲", "乙", "乙", "丙", "丁", "戊", "戊", "戊"]
    assert states(root) == ["revoked"] * 3


def test_clearing_again_what_is_valid_adds_nothing(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1"], "甲某", AT)
    before = (root / LOG).read_bytes()
    report = clear(root, KEY, ["1"], "乙某", AT)
    assert report.articles == (("01-a", "标题"),)
    assert (root / LOG).read_bytes() == before
    assert revoke(root, KEY, ["3"], "乙某", AT).articles == ()
    assert (root / LOG).read_bytes() == before


def test_all_articles_at_once(make: Make) -> None:
    root = make(THREE)
    assert [slug for slug, _ in clear(root, KEY, [], "甲某", AT).articles] == ["01-a", "03-b", "04-c"]
    assert [each[1] for each in entries(root)] == [1, 2, 3]
    assert [slug for slug, _ in revoke(root, KEY, [], "甲某", AT).articles] == ["01-a", "03-b", "04-c"]


def test_a_renamed_file_is_told_and_keeps_its_address(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    (root / "issues/2026-01/03-b.md").rename(root / "issues/2026-01/05-d.md")
    (problem,) = read(root, KEY).problems
    assert (problem.code, str(problem.span)) == ("clearance-unknown", f"{LOG}:9:5")
    assert "bulletin clear 2026-01 03-b --revoke" in str(problem.advice)
    assert states(root) == ["valid", "none", "none"], "a name that nobody cleared is not public"
    report = clear(root, KEY, ["5"], "乙某", AT)
    (hint,) = (each for each in report.problems if each.code == "clearance-renamed")
    assert (hint.code, hint.severity) == ("clearance-renamed", Severity.HINT)
    assert entries(root)[2:] == [("03-b", 2, "乙某", "none"), ("05-d", 2, "乙某", "valid")]
    assert read(root, KEY).problems == ()


def test_a_renamed_file_with_another_text_is_another_article(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    (root / "issues/2026-01/03-b.md").unlink()
    (root / "issues/2026-01/05-d.md").write_text(article("丁"), "utf-8")
    clear(root, KEY, ["5"], "乙某", AT)
    assert entries(root)[-1] == ("05-d", 3, "乙某", "valid")
    assert [problem.code for problem in read(root, KEY).problems] == ["clearance-unknown"]
    assert revoke(root, KEY, ["03-b"], "乙某", AT).articles == (("03-b", ""),)
    assert read(root, KEY).problems == ()


FRONT = "kind: report\ntitle: 标题\norganization: 某县"
VOIDS = {
    "a character": article("正文二段。\n\n![图](a.png)"),
    "a subject": article("正文一段。\n\n![图](a.png)", f"{FRONT}\nsubjects: [党建]"),
    "an editors' note": article("正文一段。\n\n![图](a.png)", f"{FRONT}\neditors_note: 按语。"),
    "the date": article("正文一段。\n\n![图](a.png)", f"{FRONT}\ndate: 2026-01-02"),
    "words for a picture": article("正文一段。\n\n![图片](a.png)"),
    "a caption": article('正文一段。\n\n![图](a.png "题")'),
    "a footnote": article("正文一段。[^1]\n\n![图](a.png)\n\n[^1]: 注。"),
}


def picture(colour: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize("changed", VOIDS.values(), ids=VOIDS)
def test_a_clearance_is_void_once_anything_changes_and_valid_when_it_is_back(make: Make, changed: str) -> None:
    before = article("正文一段。\n\n![图](a.png)")
    root = make({ARTICLE: before, "issues/2026-01/a.png": picture("red")})
    clear(root, KEY, ["1"], "甲某", AT)
    assert states(root) == ["valid"]
    (root / ARTICLE).write_text(changed, "utf-8")
    assert states(root) == ["void"]
    (root / ARTICLE).write_text(before, "utf-8")
    assert states(root) == ["valid"]
    (root / "issues/2026-01/a.png").write_bytes(picture("blue"))
    assert states(root) == ["void"], "another picture by the same name"
    clear(root, KEY, ["1"], "乙某", AT)
    assert entries(root) == [("01-report", 1, "甲某", ""), ("01-report", 1, "乙某", "valid")]


def test_a_comment_or_another_line_number_leaves_a_clearance_valid(make: Make) -> None:
    root = make({ARTICLE: article("正文。")})
    clear(root, KEY, ["1"], "某人", AT)
    (root / ARTICLE).write_text(article("\n<!-- 记 -->\n\n正文。", f"# 说明\n{FRONT}"), "utf-8")
    assert states(root) == ["valid"]


def test_whoever_clears_sees_what_becomes_public(make: Make) -> None:
    root = make({ARTICLE: article("电话0386-8612047、13912345678，邮箱a@lgb.example.org；共印340份，2026年。")})
    report = clear(root, KEY, ["1"], "某人", AT)
    assert [dict(each.message.values)["contact"] for each in report.problems if each.code == "contact-public"] == [
        "0386-8612047",
        "13912345678",
        "a@lgb.example.org",
    ]
    assert report.articles == (("01-report", "标题"),)


def test_numbers_mean_file_names(make: Make) -> None:
    root = make(THREE)
    assert clear(root, KEY, ["03", "3", "03-b.md"], "某人", AT).articles == (("03-b", "标题"),)
    with pytest.raises(UsageError):
        clear(root, KEY, ["2"], "某人", AT)
    assert revoke(root, KEY, ["1"], "某人", AT).articles == ()
    assert revoke(root, KEY, ["3"], "某人", AT).articles == (("03-b", "标题"),)


@pytest.mark.parametrize("name", ["", "  ", "张\n三", "<!--", "张\u200b三", "隆\uf9dc", "长" * 600])
def test_a_name_that_could_not_be_read_again_is_refused(make: Make, name: str) -> None:
    root = make()
    with pytest.raises(UsageError):
        clear(root, KEY, ["1"], name, AT)
    assert not (root / LOG).exists()
    clear(root, KEY, ["1"], "某人", AT)
    before = (root / LOG).read_bytes()
    with pytest.raises(UsageError):
        revoke(root, KEY, ["1"], name, AT)
    assert (root / LOG).read_bytes() == before


def test_the_clearance_of_a_deleted_article_can_be_taken_back(make: Make) -> None:
    root = make({"issues/2026-01/02-b.md": article("乙")})
    clear(root, KEY, ["2"], "某人", AT)
    (root / "issues/2026-01/02-b.md").unlink()
    assert revoke(root, KEY, ["02-b"], "某人", AT).articles == (("02-b", ""),)


def test_a_clearance_can_be_taken_back_from_an_issue_in_ruins(make: Make) -> None:
    root = make({"issues/2026-01/02-b.md": article("乙")})
    clear(root, KEY, ["1", "2"], "某人", AT)
    (root / ARTICLE).write_text("没有文首信息", "utf-8")
    (root / "issues/2026-01/issue.yaml").write_text("number: 七\n", "utf-8")
    assert revoke(root, KEY, ["1"], "某人", AT).articles == (("01-report", ""),)
    assert [each[0] for each in entries(root)] == ["01-report", "02-b", "01-report"], "the log is shown all the same"
    record = root / LOG
    record.write_text(record.read_text("utf-8") + "    extra: 1\n", "utf-8")
    before = record.read_bytes()
    assert has_errors(revoke(root, KEY, ["2"], "某人", AT).problems)
    assert has_errors(clear(root, KEY, ["2"], "某人", AT).problems)
    assert record.read_bytes() == before  # what cannot be read is not overwritten


def test_a_log_that_gives_two_articles_one_address_clears_nothing_else(make: Make) -> None:
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    record = root / LOG
    said = record.read_text("utf-8").replace("number: 2", "number: 1")
    record.write_text("".join(line for line in said.splitlines(True) if "chain:" not in line), "utf-8")
    before = record.read_bytes()
    report = clear(root, KEY, ["4"], "乙某", AT)
    assert [problem.code for problem in report.problems] == ["clearance-doubled"]
    assert record.read_bytes() == before
    assert "bulletin clear 2026-01 03-b --by" in str(report.problems[0].advice)
    assert clear(root, KEY, ["3"], "乙某", AT).articles
    assert entries(root) == [("01-a", 1, "甲某", "valid"), ("03-b", 1, "甲某", ""), ("03-b", 2, "乙某", "valid")]
    assert read(root, KEY).problems == ()


def lines_of(root: Path) -> list[str]:
    return (root / LOG).read_text("utf-8").splitlines(keepends=True)


def entry_lines(root: Path) -> list[str]:
    """The log in one text for each entry, the head of the file first."""
    text = (root / LOG).read_text("utf-8")
    head, *said = text.split("  - at:")
    return [head, *(f"  - at:{each}" for each in said)]


def problem_codes(root: Path) -> list[str]:
    return [problem.code for problem in read(root, KEY).problems]


HANDS: dict[str, tuple[Callable[[list[str]], list[str]], int]] = {
    "another name": (lambda log: [*log[:2], log[2].replace("乙某", "丁某"), *log[3:]], 1),
    "another time": (lambda log: [*log[:2], log[2].replace("10:00", "11:00"), *log[3:]], 1),
    "one taken out": (lambda log: [*log[:3], *log[4:]], 2),
    "the first taken out": (lambda log: [log[0], *log[2:]], 0),
    "two changed places": (lambda log: [*log[:2], log[3], log[2], *log[4:]], 1),
    "an old one at the end again": (lambda log: [*log, log[2]], 4),
    "one without a seal": (lambda log: [*log[:4], log[4].split("    chain")[0]], 3),
}


@pytest.mark.parametrize(("hand", "place"), HANDS.values(), ids=HANDS)
def test_what_was_done_to_the_log_by_hand_is_seen(
    make: Make, hand: Callable[[list[str]], list[str]], place: int
) -> None:
    root = make(THREE)
    for change, articles, by in [
        (clear, ["1"], "甲某"),
        (clear, ["3"], "乙某"),
        (revoke, ["3"], "丙某"),
        (clear, ["4"], "甲某"),
    ]:
        change(root, KEY, articles, by, AT)
    assert problem_codes(root) == []
    log = entry_lines(root)
    (root / LOG).write_text("".join(hand(log)), "utf-8")
    before = (root / LOG).read_bytes()
    problems = [each for each in read(root, KEY).problems if each.code == "clearance-chain"]
    head = log[0].count("\n")
    lines = [head + sum(each.count("\n") for each in hand(log)[1 : number + 1]) + 1 for number in range(len(log))]
    assert next(str(each.span) for each in problems) == f"{LOG}:{lines[place]}:5"
    assert "clearance-chain" in {each.code for each in clear(root, KEY, ["1"], "戊某", AT).problems}
    assert "clearance-chain" in {each.code for each in read_log(root, KEY).problems}
    assert (root / LOG).read_bytes() == before, "nobody may be cleared on it"
    revoke(root, KEY, [], "戊某", AT)
    assert "valid" not in states(root), "but what is public can always be taken back"


def test_without_seals_the_log_stands_as_it_is_and_the_next_entry_holds_it(make: Make) -> None:
    """As logs of before there were seals, and as one that was found good as it stands."""
    root = make(THREE)
    clear(root, KEY, ["1", "3"], "甲某", AT)
    (root / LOG).write_text("".join(line for line in lines_of(root) if "chain:" not in line), "utf-8")
    assert problem_codes(root) == []
    clear(root, KEY, ["4"], "乙某", AT)
    assert problem_codes(root) == []
    (root / LOG).write_text("".join(lines_of(root)).replace("甲某", "丁某", 1), "utf-8")
    (problem,) = read(root, KEY).problems
    assert (problem.code, str(problem.span)) == ("clearance-chain", f"{LOG}:13:5")


def test_two_editors_who_cleared_at_the_same_time_are_joined(make: Make) -> None:
    """Both lines of entries stay, in either order; only a number that both gave must be given again, by clearing again."""
    one, two = make(THREE, "one"), make(THREE, "two")
    for root in (one, two):
        clear(root, KEY, ["1"], "甲某", AT)
    base = len(lines_of(one))
    clear(one, KEY, ["3"], "乙某", AT)
    revoke(one, KEY, ["1"], "乙某", AT)
    clear(two, KEY, ["4"], "丙某", AT)
    (one / LOG).write_text("".join([*lines_of(one), *lines_of(two)[base:]]), "utf-8")
    (problem,) = read(one, KEY).problems
    assert problem.code == "clearance-doubled"
    assert clear(one, KEY, ["4"], "丙某", AT).articles
    assert problem_codes(one) == []
    assert entries(one)[-1] == ("04-c", 3, "丙某", "valid")
    log = entry_lines(one)
    for taken in (3, 4):  # the last entry of either of them is held by the entry after both
        (one / LOG).write_text("".join([*log[:taken], *log[taken + 1 :]]), "utf-8")
        assert "clearance-chain" in problem_codes(one), taken
