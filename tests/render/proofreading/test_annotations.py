"""Commands for a build service: escaped, the heaviest first, without what is settled."""

from __future__ import annotations

from dataclasses import replace

from bulletin.model.finding import Finding
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity, Span, error, message
from bulletin.model.proof_text import Anchor, ProofText, Role, Words
from bulletin.model.proofreading import Judged, Proofreading
from bulletin.proofread.judging import judge
from bulletin.render.proofreading.annotations import render_annotations
from tests.proofread.test_judging import findings as two
from tests.proofread.test_judging import recorded

KEY = IssueKey(2026, supplement=False, number=1)
TEXT = ProofText("issues/2026-01/a,b:c%.md", "a", Role.PARAGRAPH, "甲乙丙丁", (Anchor(0, 7, 3),))


def finding(code: str, severity: Severity, start: int = 1, end: int = 3) -> Finding:
    return Finding(
        code, severity, Words(TEXT, start, end), message("占{share}：甲,乙", share="5%"), message("看\n两行")
    )


def lines(*judged: Judged, **parts: object) -> list[str]:
    return render_annotations(Proofreading(KEY, **{"problems": (), "judged": judged, **parts}), str).splitlines()  # type: ignore[arg-type]


def test_everything_is_escaped() -> None:
    assert lines(Judged(finding("A001", Severity.WARNING))) == [
        "::warning file=issues/2026-01/a%2Cb%3Ac%25.md,line=7,endLine=7,col=4,endColumn=6,title=A001::占5%25：甲,乙%0A看%0A两行"
    ]


def test_the_heaviest_come_first_and_a_hint_is_a_notice() -> None:
    said = lines(
        Judged(finding("A001", Severity.HINT)),
        Judged(finding("A002", Severity.ERROR)),
        Judged(finding("A003", Severity.WARNING)),
        problems=(error("field-missing", Span("issues/2026-01/issue.yaml"), message("缺少")),),
    )
    assert [line.split(" ")[0] for line in said] == ["::error", "::error", "::warning", "::notice"]
    assert said[0] == "::error file=issues/2026-01/issue.yaml,title=field-missing::缺少"


def test_a_place_without_width_has_no_columns() -> None:
    assert "col=" not in lines(Judged(finding("A001", Severity.ERROR, 2, 2)))[0]


def test_what_is_kept_is_not_shown() -> None:
    judged = judge(two, [recorded(two[0])], [])
    assert len(lines(*judged)) == 1
    assert len(lines(*(replace(each, decision=None) for each in judged))) == 2
