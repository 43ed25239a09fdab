"""PUN027: other points that stand for 间隔号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_POINT = re.compile(rf"(?<=[{HAN}])[•・‧∙⋅．](?=[{HAN}])")

MANUAL = Manual(
    code="PUN027",
    title=message("间隔号的形式"),
    says=message("间隔号是“·”（U+00B7），不用样子相近的圆点。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.14.2；字符由编辑惯例定",
    bad=("开展“支部力量•银龄行动”活动。",),
    good=("开展“支部力量·银龄行动”活动。",),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _POINT):
        words, what = text.words(*found.span()), message("这个圆点不是间隔号“·”")
        if found[0] == "．":
            yield report(MANUAL, words, what, message("名称里用“·”，一句话完了用“。”"))
        else:
            yield report(MANUAL, words, what, replacement="·")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
