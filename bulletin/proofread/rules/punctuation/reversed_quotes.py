"""PUN021: quotation marks that look the wrong way."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.balance import Imbalance
from bulletin.proofread.matching import report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

MANUAL = Manual(
    code="PUN021",
    title=message("引号的方向"),
    says=message("前引号是“，后引号是”，方向打反了就配不成对。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.8.2",
    bad=("开展“送学上门“活动。", "开展”送学上门”活动。", "开展”送学上门“活动。"),
    good=("开展“送学上门”活动。",),
    safety=Safety.UNSAFE,
)
_TURNED = {"“": "”", "”": "“"}


def _find(article: ReadArticle) -> Iterator[Finding]:
    for one in article.unbalanced:
        if one.kind is Imbalance.REVERSED:
            mark = one.words
            turned = _TURNED[mark.content]
            closing = turned == "”"
            what = message("方向反了，这里应是后引号") if closing else message("方向反了，这里应是前引号")
            yield report(MANUAL, mark, what, replacement=turned)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
