"""PUN028: an ellipsis together with 等."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_BOTH = re.compile(rf"、[{HAN}]{{1,12}}……等+(?![待候级到着你我他])|[、，][{HAN}]{{1,12}}(?P<so_on>等+……)")

MANUAL = Manual(
    code="PUN028",
    title=message("省略号与“等”同用"),
    says=message("省略号和“等”“等等”都表示没有列完，不能同时使用。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录A.9",
    bad=("组织书法、摄影、声乐……等活动。",),
    good=("组织书法、摄影、声乐等活动。", "组织书法、摄影、声乐……活动丰富多彩。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _BOTH):
        start = found.start("so_on") if found["so_on"] else text.content.index("……", found.start())
        yield report(MANUAL, text.words(start, found.end()), message("省略号与“等”不能同用"), message("只留一个"))


RULE = ArticleRule(MANUAL, _find)
