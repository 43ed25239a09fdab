"""Deciding about findings, and what keeps an issue from being signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.load.stock import take_stock
from bulletin.model.build import BuildOrder
from bulletin.model.errors import UsageError
from bulletin.model.finding import Safety, Verdict
from bulletin.model.problem import Severity
from bulletin.model.proofreading import Standing
from bulletin.pipeline.building import build
from bulletin.pipeline.deciding import Resolve, decide
from bulletin.pipeline.proofreading import proofread_issue
from bulletin.pipeline.reading import read, sign_status
from bulletin.pipeline.signing import Hand, sign
from tests.conftest import Make
from tests.desks import ARTICLE, CLEAN, DECISIONS, FOUND, FRONT, KEY, Use, rule_of, use

__all__ = ["use"]
AT = "2026-01-20T09:00:00+08:00"
KEEP = Resolve(Verdict.KEEP, "原文件如此", "周砚", AT)
ASK = Resolve(Verdict.ASK, "问作者", "周砚", AT)
TAKE_BACK = Resolve(None, "", "", AT)
TWO = FOUND + "\n又学习丙、丁、等。\n"


def fingerprints(root: Path) -> list[str]:
    return [each.finding.fingerprint for each in proofread_issue(root, KEY).judged]


def standings(root: Path) -> list[Standing]:
    return [each.standing for each in proofread_issue(root, KEY).judged]


def codes(root: Path) -> list[str]:
    return [problem.code for problem in proofread_issue(root, KEY).problems]


def test_a_decision_is_recorded_replaced_and_taken_back(make: Make) -> None:
    root = make({ARTICLE: TWO})
    first, second = fingerprints(root)
    (made,) = decide(root, KEY, [first[:6].upper()], KEEP)
    assert (made.code, made.fingerprint, made.article, made.words) == (
        "PUN026",
        first,
        "01-report",
        "学习甲法、乙法【、】等内容。",
    )
    assert standings(root) == [Standing.KEPT, Standing.OPEN]
    decide(root, KEY, [second, first], ASK)
    assert standings(root) == [Standing.ASKED, Standing.ASKED]
    assert (root / DECISIONS).read_text("utf-8").count("finding:") == 2
    assert [each.fingerprint for each in decide(root, KEY, [first[:8]], TAKE_BACK)] == [first]
    assert standings(root) == [Standing.OPEN, Standing.ASKED]
    assert not codes(root)


def test_decisions_go_with_the_sentence(make: Make) -> None:
    root = make({ARTICLE: TWO})
    decide(root, KEY, fingerprints(root), KEEP)
    moved = FRONT + "新的一段。\n\n又学习丙、丁、等。前一句。学习甲法、乙法、等内容。\n"
    (root / ARTICLE).rename(root / "issues/2026-01/05-report.md")
    (root / "issues/2026-01/05-report.md").write_text(moved, "utf-8")
    assert standings(root) == [Standing.KEPT, Standing.KEPT]
    assert not codes(root)


def test_a_decision_about_a_sentence_that_changed_counts_no_more_and_is_told(make: Make) -> None:
    root = make({ARTICLE: TWO})
    first, second = fingerprints(root)
    decide(root, KEY, [first, second], KEEP)
    (root / ARTICLE).write_text(TWO.replace("乙法", "丙法"), "utf-8")
    assert standings(root) == [Standing.OPEN, Standing.KEPT]
    assert codes(root) == ["decision-unused"]
    decide(root, KEY, [first], TAKE_BACK)
    assert not codes(root)


@pytest.mark.parametrize(
    ("named", "resolve", "said"),
    [
        (["ffffffff"], KEEP, "没有编号以“ffffffff”开头的问题"),
        (["ab"], KEEP, "太短"),
        (["ffffffff"], TAKE_BACK, "没有以“ffffffff”开头的决定"),
        ([""], KEEP, "太短"),
        (["0000"], Resolve(Verdict.KEEP, " ", "周砚", AT), "理由"),
        (["0000"], Resolve(Verdict.KEEP, "原文", "", AT), "姓名"),
    ],
)
def test_what_cannot_be_decided_is_refused(make: Make, named: list[str], resolve: Resolve, said: str) -> None:
    root = make({ARTICLE: TWO})
    with pytest.raises(UsageError, match=said):
        decide(root, KEY, named, resolve)
    assert not (root / DECISIONS).exists()


@pytest.mark.parametrize("reason", ["两\n行", "看不见\u200b的", "长" * 501])
def test_a_reason_that_could_not_be_read_again_is_refused(make: Make, reason: str) -> None:
    root = make({ARTICLE: TWO})
    with pytest.raises(UsageError, match="不能用的字符"):
        decide(root, KEY, fingerprints(root)[:1], Resolve(Verdict.KEEP, reason, "周砚", AT))
    assert not (root / DECISIONS).exists()


def test_words_with_strange_characters_can_be_decided_about(make: Make, use: Use) -> None:
    use(rule_of("TST001", "\ue000", "", Safety.SAFE))
    root = make({ARTICLE: FRONT + "前\ue000后：“引文”\\ # 井。\n"})
    decide(root, KEY, fingerprints(root), KEEP)
    assert standings(root) == [Standing.KEPT]
    assert "□" in (root / DECISIONS).read_text("utf-8")


def test_a_broken_record_is_told_and_left_alone(make: Make) -> None:
    root = make({ARTICLE: TWO, DECISIONS: "decisions: [甲]\n"})
    assert "field-value" in codes(root)
    with pytest.raises(UsageError, match=r"decisions\.yaml"):
        decide(root, KEY, fingerprints(root)[:1], KEEP)
    assert (root / DECISIONS).read_text("utf-8") == "decisions: [甲]\n"


def test_the_record_is_no_article_and_no_part_of_the_site(make: Make) -> None:
    root = make({ARTICLE: TWO})
    before = take_stock(root)
    decide(root, KEY, fingerprints(root), KEEP)
    assert take_stock(root) == before
    assert not read(root, KEY).problems


# What keeps an issue from being signed


def signed(root: Path) -> tuple[bool, list[str]]:
    report = sign(root, KEY, Hand("周砚", AT), BuildOrder(root / "build"), lambda _: None)
    return report.signed, [problem.code for problem in report.problems]


def test_nothing_is_signed_while_a_warning_is_open(make: Make) -> None:
    root = make({ARTICLE: TWO})
    first, second = fingerprints(root)
    done, found = signed(root)
    assert not done
    assert sorted(found) == ["PUN026", "PUN026", "undecided"]
    assert not (root / "build/2026-01/print.pdf").exists()
    decide(root, KEY, [first], KEEP)
    decide(root, KEY, [second], ASK)
    assert signed(root) == (False, ["PUN026", "undecided"]), "an author who was asked has to answer first"
    decide(root, KEY, [second], KEEP)
    assert signed(root)[0]


def test_a_remark_decides_too(make: Make) -> None:
    root = make({ARTICLE: FOUND.replace("等内容。", "等内容。<!-- 校:保留 PUN026 原文件如此 -->")})
    assert signed(root)[0]


def test_a_hint_keeps_nothing_from_being_signed(make: Make, use: Use) -> None:
    use(rule_of("TST001", "学习", "", Safety.NONE, Severity.HINT))
    assert signed(make({ARTICLE: FOUND}))[0]


def test_an_error_can_be_kept_with_a_reason(make: Make, use: Use) -> None:
    use(rule_of("TST001", "学习", "", Safety.NONE, Severity.ERROR))
    root = make({ARTICLE: FOUND})
    assert not signed(root)[0]
    decide(root, KEY, fingerprints(root), KEEP)
    assert signed(root)[0]


def test_a_record_that_cannot_be_read_keeps_an_issue_from_being_signed(make: Make) -> None:
    root = make({ARTICLE: CLEAN, DECISIONS: "decisions: [甲]\n"})
    assert not signed(root)[0]


def test_decisions_do_not_void_a_signature(make: Make) -> None:
    root = make({ARTICLE: FOUND})
    decide(root, KEY, fingerprints(root), KEEP)
    assert signed(root)[0]
    decide(root, KEY, fingerprints(root), ASK)
    issue = read(root, KEY).value
    assert issue is not None
    assert not sign_status(issue).changed


def test_a_draft_is_made_whatever_is_found_and_says_how_much(make: Make) -> None:
    root = make({ARTICLE: TWO})
    report = build(root, KEY, BuildOrder(root / "build"), lambda _: None)
    assert report.outputs
    assert (report.proofreading.warnings, report.proofreading.errors) == (2, 0)
    final = build(root, KEY, BuildOrder(root / "build", final=True), lambda _: None)
    assert not final.outputs
    assert [problem.severity for problem in final.problems].count(Severity.ERROR) == 1
