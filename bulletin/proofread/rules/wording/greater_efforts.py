"""FRM003: 加大 without 力度, 投入 or anything else that can be great."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_GREATER = re.compile(r"加大了?(对[^，。；：！？“”]{2,30})(?=[，。；！？]|$)")
_GREAT = re.compile(
    r"力度|投入|投资|支持|扶持|力量|规模|比重|比例|密度|强度|幅度|补贴|资金|难度|压力|频次|量|额|权重|成本|差距|风险|筹码"
)

MANUAL = Manual(
    code="FRM003",
    title=message("“加大”后面少了“力度”"),
    says=message("“加大”的是力度、投入、规模等；“加大对经验的总结”少了“力度”，或者应当是“加强”。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）“加大”",
    bad=("加大对基层工作经验的总结提炼，形成制度。",),
    good=(
        "加大对基层工作经验的总结提炼力度，形成制度。",
        "加强对基层工作经验的总结提炼。",
        "加大对困难群众的财政投入。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _GREATER):
        if not _GREAT.search(found[1]):
            words = text.words(found.start(), found.start() + 2)
            yield report(MANUAL, words, message("“加大”后面没有“力度”等词"), message("补上“力度”，或者改成“加强”"))


RULE = ArticleRule(MANUAL, _find)
