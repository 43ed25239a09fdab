"""How heavy a finding is, where that depends on more than its rule."""

from __future__ import annotations

import pytest

from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES
from tests.proofreading import found

ARTICLE_RULES = {rule.manual.code: rule for rule in RULES if isinstance(rule, ArticleRule)}


@pytest.mark.parametrize(
    ("code", "paragraphs", "weights"),
    [
        ("PUN003", ("开展“送学”、“送医”等服务，学习《甲》、《乙》。",), ["hint", "hint"]),
        ("PUN003", ("开展“送学”、“送医”、“送药”等服务。", "学习《甲》《乙》。"), ["warning", "hint"]),
        ("PUN003", ("开展“送学”“送医”等服务。", "学习《甲》、《乙》。", "学习《丙》、《丁》。"), ["warning", "hint"]),
        ("NUM006", ("参加5百个，走访4千多户，产值9千亿元。",), ["error", "hint", "hint"]),
        ("PUN003", ("他问：“好吗？”“好。”", "学习《甲》、《乙》。"), ["hint"]),
    ],
)
def test_what_depends_on_the_words_or_the_article(code: str, paragraphs: tuple[str, ...], weights: list[str]) -> None:
    findings = found(ARTICLE_RULES[code], *paragraphs)
    assert [finding.severity.value for finding in findings] == weights


def test_an_article_that_does_both_is_told_where_it_does_the_other() -> None:
    first, second = found(
        ARTICLE_RULES["PUN003"], "学习《甲》、《乙》。", "学习《丙》、《丁》。", "开展“送学”“送医”服务。"
    )
    assert [each.words.content for each in first.related] == ["“送学”“送医”"]
    assert not second.related
    assert first.fix is not None
    assert second.fix is not None
