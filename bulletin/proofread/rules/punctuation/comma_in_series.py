"""PUN011: 逗号 before the last member of a series whose members are parted by 顿号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SERIES = re.compile(
    rf"”[{HAN}]{{0,12}}、“[^“”]{{1,40}}”(?P<one>[{HAN}]{{0,12}})(?P<mark>，)“[^“”]{{1,40}}”(?P<two>[{HAN}]{{0,12}}?)(?P<end>等|[，。、；]|$)"
)

MANUAL = Manual(
    code="PUN011",
    title=message("一列成分，前面用顿号，后面用逗号"),
    says=message("同一列并列成分之间用同一种标点。前几个之间用了顿号，最后一个前面也用顿号，或者不用。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="编辑惯例；并列词语之间一般用顿号，见GB/T 15834—2011，4.5、附录B.1.1",
    bad=("参加“三严三实”专题教育、“两学一做”学习教育，“不忘初心、牢记使命”主题教育，收获很大。",),
    good=(
        "参加“三严三实”专题教育、“两学一做”学习教育、“不忘初心、牢记使命”主题教育，收获很大。",
        "开设“求知”课堂、“求乐”课堂，“银发讲师团”进社区，群众很欢迎。",
    ),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _SERIES):
        alike = found["one"][-2:] == found["two"][-2:] if found["one"] else not found["two"] and found["end"] == "等"
        if alike:
            mark = text.words(*found.span("mark"))
            yield report(MANUAL, mark, message("同列成分前面用顿号，这里用了逗号"), replacement="、")


RULE = ArticleRule(MANUAL, _find)
