"""PUN003: 顿号 between quotation marks, or between titles, that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_BETWEEN = re.compile(r"”、(?=“[^“”]{1,40}”(?:[、，。；：！？等和以及与]|$))|》、(?=《)")

MANUAL = Manual(
    code="PUN003",
    title=message("并列的引号之间、书名号之间的顿号"),
    says=message("标有引号或书名号的并列成分之间通常不用顿号；其间插有别的文字时才用。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5.3.5",
    bad=("开展“送学上门”、“送医上门”等服务。",),
    good=("开展“送学上门”“送医上门”等服务。", "组建“银龄”宣讲团、“夕阳红”艺术团，送课下乡。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for between in _BETWEEN.finditer(text.content):
            mark = text.words(between.start() + 1, between.start() + 2)
            what = message("并列的引号、书名号之间不用顿号")
            yield Finding("PUN003", MANUAL.severity, mark, what, fix=Fix(mark, "", Safety.SAFE))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
