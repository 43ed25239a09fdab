"""PUN030: 句号 at the end of a remark in brackets within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_REMARK = re.compile(rf"(?<=[{HAN}\d”》])（[^（）。！？]{{1,60}}(?P<stop>。)）(?=[{HAN}，。；：、])")

MANUAL = Manual(
    code="PUN030",
    title=message("句内括号里的句号"),
    says=message("括号是句子的一部分，里面的话末尾通常不用句号。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录B.2.2",
    bad=("老年大学（在城南新区。）已经开课。",),
    good=("老年大学（在城南新区）已经开课。", "会议圆满结束。（会务组供稿。）"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _REMARK):
        yield report(MANUAL, text.words(*found.span("stop")), message("句内括号里末尾不用句号"), replacement="")


RULE = ArticleRule(MANUAL, _find)
