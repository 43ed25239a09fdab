"""PUN009: the hyphen of telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NUMBER = re.compile(r"(?<!\d)0\d{2,3}[ ]?(?P<mark>[—–－―‐‑−~～]{1,2}|--)[ ]?\d{7,8}(?!\d)")

MANUAL = Manual(
    code="PUN009",
    title=message("电话号码的连接号"),
    says=message("电话号码的区号与号码之间用短横线。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.13.3.1",
    bad=("联系电话：0386—8612047。",),
    good=("联系电话：0386-8612047。", "征集时间为2026年11月1日—2027年1月31日。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _NUMBER):
        mark = text.words(*found.span("mark"))
        yield report(MANUAL, mark, message("电话号码中间用短横线“-”"), replacement="-")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
