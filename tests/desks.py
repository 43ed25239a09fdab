"""What the tests of the proofreader's desk share: a publication with something to find, rules made for a test, shells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity, message
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES

KEY = IssueKey(2026, supplement=False, number=1)
ARTICLE = "issues/2026-01/01-report.md"
DECISIONS = "issues/2026-01/decisions.yaml"
FRONT = "---\nkind: report\ntitle: 标题\norganization: 某县\n---\n\n"
FOUND = FRONT + "学习甲法、乙法、等内容。\n"
"""PUN026 finds the 顿号, and would take it away."""
CLEAN = FRONT + "学习甲法、乙法等内容。\n"


def rule_of(
    code: str, wrong: str, right: str, safety: Safety = Safety.SAFE, severity: Severity = Severity.WARNING
) -> ArticleRule:
    """A rule that finds a pattern and would write something else in its place."""
    title = message("测试")
    manual = Manual(code, title, title, severity, Strength.PRACTICE, "", (), (), safety)

    def find(article: ReadArticle) -> Iterator[Finding]:
        for text in article.texts:
            for found in re.finditer(wrong, text.content):
                words = text.words(*found.span())
                yield Finding(code, severity, words, title, fix=Fix(words, right, safety))

    return ArticleRule(manual, find, reads_quotations=True)


Use = Callable[..., None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Has an issue proofread by these rules, and by no others."""

    def rules(*chosen: ArticleRule) -> None:
        codes = frozenset(rule.manual.code for rule in chosen)
        monkeypatch.setattr("bulletin.pipeline.selecting.CODES", codes)  # first, as it takes them from where they stand
        monkeypatch.setattr("bulletin.pipeline.proofreading.CODES", codes)
        monkeypatch.setattr("bulletin.pipeline.proofreading.RULES", chosen)

    return rules


def pun026() -> ArticleRule:
    """The rule about 顿号 before 等."""
    (rule,) = (rule for rule in RULES if rule.manual.code == "PUN026")
    assert isinstance(rule, ArticleRule)
    return replace(rule)
