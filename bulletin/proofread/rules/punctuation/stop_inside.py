"""PUN008: 句号 inside of words that are quoted as part of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_QUOTED = re.compile(
    r"(?:提出要?|(?<![主需重])要|以|为|做到|实现|坚持|达到|按照|秉持|围绕)“[^“”。！？：]{2,120}(?P<end>。”)(?![^。]{0,60}“)"
)

MANUAL = Manual(
    code="PUN008",
    title=message("引语是句子的一部分，句号放在引号里"),
    says=message("引用的话只是句子的一部分，引号前面没有冒号、逗号，句末的句号放在引号外面。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录B.2.1",
    bad=("会议提出要“全面推进支部的组织建设和作风建设。”",),
    good=("会议提出要“全面推进支部的组织建设和作风建设”。", "会议提出：“要全面推进支部建设。”"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _QUOTED):
        what = message("引语是句子的一部分，句号应在引号外面")
        yield report(MANUAL, text.words(*found.span("end")), what, message("改为引号在前、“。”在后"))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
