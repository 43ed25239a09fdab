"""PUN024: the year of a document's number, which stands in 六角括号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import BLANK, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NUMBER = re.compile(
    rf"(?<=[发函字办通规文政党组任告议电呈报批复纪决建请])(?:(?P<brackets>[\[［(（【]\d{{4}}[\]］)）】])|〔\d{{4}}〕(?P<form>[{BLANK}]{{1,3}}|[{BLANK}]?第[{BLANK}]?|0))(?=[{BLANK}]?第?\d{{1,4}}[{BLANK}]?号)"
)

MANUAL = Manual(
    code="PUN024",
    title=message("发文字号的写法"),
    says=message("发文字号的年份用全称，标在六角括号“〔〕”里；发文顺序号不加“第”，不编虚位（1不编为01），前面不空格。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 9704—2012，7.2.5；GB/T 15834—2011，4.9.3.4",
    bad=("依据《建设规范》（江老干发[2026]7号）执行。", "依据《建设规范》（江老干发〔2026〕第7号）执行。"),
    good=("依据《建设规范》（江老干发〔2026〕7号）执行。", "见（2020）江民初12号判决。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _NUMBER):
        if found["brackets"]:
            what = message("发文字号的年份用六角括号“〔〕”")
            yield report(
                MANUAL, text.words(*found.span("brackets")), what, message("改为〔{year}〕", year=found[0][1:5])
            )
        else:
            what = message("发文字号的顺序号前不加“第”“0”和空格")
            yield report(MANUAL, text.words(*found.span("form")), what)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
