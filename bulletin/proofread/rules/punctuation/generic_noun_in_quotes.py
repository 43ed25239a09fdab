"""QTE001: the generic noun drawn into the quotation marks of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NAME = re.compile(rf"“[{HAN}]{{2,12}}?(?P<noun>专栏|栏目)”")

MANUAL = Manual(
    code="QTE001",
    title=message("引号里的通名"),
    says=message("引号标出专名，“专栏”“栏目”这样的通名一般放在引号外面；本来就是名称的一部分，才放在里面。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="编辑惯例，推及GB/T 15834—2011，附录A.7（选题名里的“丛刊”“文库”等）",
    bad=("开设“抗疫专栏”，推送学习内容。",),
    good=("开设“抗疫”专栏，推送学习内容。",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _NAME):
        what = message("“{noun}”是通名，一般放在引号外面", noun=found["noun"])
        yield report(MANUAL, text.words(*found.span("noun")), what)


RULE = ArticleRule(MANUAL, _find)
