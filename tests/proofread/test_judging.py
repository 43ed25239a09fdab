"""Findings meet decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulletin.model.finding import Decision, Finding, Verdict
from bulletin.model.problem import Span
from bulletin.model.proofreading import Standing
from bulletin.proofread.judging import Noted, check_decisions, judge
from tests.desks import pun026
from tests.proofreading import article_of, found

CODES = frozenset({"PUN026", "CON001"})
(FIRST, SECOND) = findings = found(pun026(), "学习甲、乙、等，走访丙、丁、等。")


def recorded(finding: Finding, verdict: Verdict = Verdict.KEEP) -> Decision:
    return Decision("PUN026", finding.fingerprint, verdict, "原文", "周砚", span=Span("decisions.yaml", 3, 5))


def noted(finding: Finding, code: str = "PUN026") -> Noted:
    return Noted(Decision(code, "", Verdict.ASK, "问作者", span=Span("a.md", 9, 1)), (finding.words.text,))


def test_a_decision_is_about_one_place() -> None:
    judged = judge(findings, [recorded(FIRST)], [])
    assert [each.standing for each in judged] == [Standing.KEPT, Standing.OPEN]
    assert not list(check_decisions(judged, [recorded(FIRST)], [], CODES))


def test_a_remark_is_about_all_of_its_text() -> None:
    judged = judge(findings, [], [noted(FIRST)])
    assert [each.standing for each in judged] == [Standing.ASKED, Standing.ASKED]
    assert not list(check_decisions(judged, [], [noted(FIRST)], CODES))


def test_the_record_counts_before_a_remark() -> None:
    judged = judge(findings, [recorded(FIRST)], [noted(FIRST)])
    assert [each.standing for each in judged] == [Standing.KEPT, Standing.ASKED]


def test_the_same_sentence_in_two_places_is_decided_once() -> None:
    twice = found(pun026(), "学习甲、乙、等。", "又说：学习甲、乙、等。学习甲、乙、等。")
    judged = judge(twice, [recorded(twice[0])], [])
    assert [each.standing for each in judged] == [Standing.KEPT, Standing.OPEN, Standing.KEPT]


def test_a_remark_does_not_reach_another_text_that_says_the_same() -> None:
    other = found(pun026(), "学习甲、乙、等，走访丙、丁、等。")
    assert all(each.standing is Standing.OPEN for each in judge(other, [], [noted(FIRST)]))


@pytest.mark.parametrize(
    ("records", "notes", "code", "said"),
    [
        ([replace(recorded(FIRST), fingerprint="0" * 12)], [], "decision-unused", "没有用了"),
        ([replace(recorded(FIRST), code="PUN03")], [], "decision-code", "PUN026"),
        ([], [noted(FIRST, "CON001")], "decision-unused", "CON001"),
        ([], [noted(FIRST, "CON01")], "decision-code", "CON001"),
        ([], [replace(noted(FIRST), texts=())], "decision-unused", "PUN026"),
    ],
)
def test_decisions_about_nothing_are_told(records: list[Decision], notes: list[Noted], code: str, said: str) -> None:
    judged = judge(findings, records, notes)
    (problem,) = check_decisions(judged, records, notes, CODES)
    assert problem.code == code
    assert said in f"{problem.message}{problem.advice}"
    assert problem.span.line


def test_nothing_is_found_in_what_has_no_fault() -> None:
    assert not judge(found(pun026(), "学习甲、乙等。"), [], [])
    assert article_of("甲").texts
