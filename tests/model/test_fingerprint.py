"""A finding is known again by its rule, its sentence and its place there, and by nothing that moves."""

from __future__ import annotations

from dataclasses import replace

from bulletin.model.finding import Finding
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Anchor, ProofText, Role, Words

SENTENCE = "学习“甲”、“乙”、“丙”等内容。"


def finding(content: str, start: int, *, slug: str = "03-report", code: str = "PUN003", line: int = 9) -> Finding:
    text = ProofText(f"issues/2026-01/{slug}.md", slug, Role.PARAGRAPH, content, (Anchor(0, line, 1),))
    return Finding(code, Severity.WARNING, Words(text, start, start + 1), message("说"))


FIRST = finding(SENTENCE, 5).fingerprint


def test_it_is_the_same_wherever_the_sentence_moves() -> None:
    assert finding(SENTENCE, 5, line=40).fingerprint == FIRST
    assert finding("前一句。" + SENTENCE + "后一句。", 9).fingerprint == FIRST
    assert finding(SENTENCE, 5, slug="07-report").fingerprint == FIRST, "articles change places"
    softer = replace(finding(SENTENCE, 5), severity=Severity.HINT, message=message("别的说法"))
    assert softer.fingerprint == FIRST


def test_it_is_another_for_another_rule_sentence_article_or_place() -> None:
    others = [
        finding(SENTENCE, 9),
        finding(SENTENCE.replace("内容", "办法"), 5),
        finding(SENTENCE, 5, slug="03-notice"),
        finding(SENTENCE, 5, code="PUN011"),
    ]
    assert len({FIRST, *(other.fingerprint for other in others)}) == 1 + len(others)
