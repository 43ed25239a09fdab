"""PUN004: no 顿号 after a remark in brackets that stands between titles, or between quoted names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import after, before, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_REMARK = re.compile(
    r"(?:(?<=》)|(?<=”))（(?=[^（）]{0,60}(?:简称|〔\d{4}〕|试行|草案|修订|暂行))[^（）]{1,60}(?P<mark>）)(?=[《“])"
)
"""A short name, a document's number, a status: what stands between the members of one list."""
_ALIKE = frozenset({"》《", "”“"})

MANUAL = Manual(
    code="PUN004",
    title=message("书名号之间有括注"),
    says=message("并列的书名号之间通常不用顿号，但是书名号后面带着括注时，要用顿号隔开。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5.3.5",
    bad=("印发《支部建设规范》（以下简称《规范》）《活动实施方案》。",),
    good=("印发《支部建设规范》（以下简称《规范》）、《活动实施方案》。", "印发《支部建设规范》《活动实施方案》。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _REMARK):
        about = before(text.content, found.start()) + after(text.content, found.end())
        if about in _ALIKE:
            what = (
                message("括注后面的两个书名之间缺顿号") if about == "》《" else message("括注后面的两个引号之间缺顿号")
            )
            yield report(MANUAL, text.words(*found.span("mark")), what, replacement="）、")


RULE = ArticleRule(MANUAL, _find)
