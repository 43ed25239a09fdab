"""PUN022: ellipses that are not six points in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_WRONG = re.compile(
    rf"(?=[.。·・⋯…])(?:(?<=[{HAN}“”）])\.{{2,}}|\.{{2,}}(?=[{HAN}“”（])|。{{3,}}|[·・]{{3,}}|⋯+|(?<!…)(?:…|…{{3}}|…{{5,}})(?!…))"
)

MANUAL = Manual(
    code="PUN022",
    title=message("省略号的形式"),
    says=message("省略号是六个点，占两个字：……。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.11.2",
    bad=("有的捐款，有的捐物...", "有的捐款，有的捐物。。。", "有的捐款…有的捐物。"),
    good=("有的捐款，有的捐物……成为一支活跃力量。",),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _WRONG):
        yield report(MANUAL, text.words(*found.span()), message("省略号应为“……”"), replacement="……")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
