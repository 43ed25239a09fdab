"""What editors decided, as it is recorded and as it stands in remarks."""

from __future__ import annotations

import pytest

from bulletin.load.decisions import load_decisions, read_remark
from bulletin.model.finding import Decision, Verdict
from bulletin.model.problem import Span
from bulletin.render.records import render_decisions
from tests.conftest import Make
from tests.desks import DECISIONS, KEY

SPAN = Span("issues/2026-01/01-report.md", 9, 4)


@pytest.mark.parametrize(
    ("remark", "decisions"),
    [
        ("校:保留 CON001 原文件如此", [("CON001", Verdict.KEEP, "原文件如此")]),
        (" 校：存疑 num004 问财务处，\n看哪个数对 ", [("NUM004", Verdict.ASK, "问财务处， 看哪个数对")]),
        (
            "校:保留 CON001、PUN003, PUN003 原文 如此",
            [("CON001", Verdict.KEEP, "原文 如此"), ("PUN003", Verdict.KEEP, "原文 如此")],
        ),
        ("proof:keep CON001 as in the document", [("CON001", Verdict.KEEP, "as in the document")]),
        ("这一段请张三看", []),
        ("proof read", []),
        ("校对过了", []),
    ],
)
def test_remarks(remark: str, decisions: list[tuple[str, Verdict, str]]) -> None:
    said = read_remark(remark, SPAN)
    assert not said.problems
    assert [(each.code, each.verdict, each.reason) for each in said.value or ()] == decisions
    assert all(not each.fingerprint and each.span == SPAN for each in said.value or ())


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        ("校:保留 CON001", "remark-reason"),
        ("校:保留 CON001 \n ", "remark-reason"),
        ("校:保留 原文件如此", "remark"),
        ("校:不改 CON001 原文件如此", "remark"),
        ("校:", "remark"),
    ],
)
def test_remarks_that_do_not_count_are_told(remark: str, code: str) -> None:
    said = read_remark(remark, SPAN)
    assert said.value is None
    assert [(problem.code, problem.span) for problem in said.problems] == [(code, SPAN)]


def test_remarks_are_read_in_linear_time() -> None:
    assert read_remark("校:保留 " + "A1," * 20_000, SPAN).problems
    assert read_remark("校:保留 A1" + " " * 20_000, SPAN).problems


DECIDED = (
    Decision(
        "PUN003",
        "0123456789ab",
        Verdict.KEEP,
        "原文件：“如此” # 是",
        "周砚",
        "2026-01-02T03:04:05+08:00",
        "01-report",
        "甲”【、】“乙",
    ),
    Decision("CON001", "ba9876543210", Verdict.ASK, "问作者", "O'Neil", "2026-01-02T03:04:05+08:00"),
)


def test_what_is_recorded_is_read_again(make: Make) -> None:
    root = make({DECISIONS: render_decisions(KEY, DECIDED).content})
    loaded = load_decisions(root, KEY)
    assert not loaded.problems
    assert loaded.value == DECIDED
    assert [each.span for each in loaded.value] == [Span(DECISIONS, 3, 5), Span(DECISIONS, 11, 5)]


def test_nothing_is_recorded_yet(make: Make) -> None:
    assert load_decisions(make(), KEY).value == ()
    assert load_decisions(make({DECISIONS: render_decisions(KEY, ()).content}, "empty"), KEY).value == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("decision: keep", "decision: kept", "field-value"),
        ("    code: PUN003\n", "", "field-missing"),
        ("    code: PUN003\n", "    code: PUN003\n    note: 甲\n", "field-unknown"),
        ("0123456789ab", "0123456789AB", "field-value"),
        ("ba9876543210", "0123456789ab", "decision-repeated"),
        ("decisions:", "decisions: [", "yaml"),
    ],
)
def test_faults_are_told_at_their_place(make: Make, old: str, new: str, code: str) -> None:
    text = render_decisions(KEY, DECIDED).content.decode()
    assert old in text
    problems = load_decisions(make({DECISIONS: text.replace(old, new, 1)}), KEY).problems
    assert code in {problem.code for problem in problems}
    assert all(problem.span.path == DECISIONS and problem.span.line for problem in problems)
