"""PUN032: 逗号 between two phrases of the same length that together say which way, or which system."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_OBJECT = re.compile(
    rf"(?:采取|采用|实行|推行)(?P<one>[{HAN}]{{2,6}})(?P<mark>，)(?P<two>[{HAN}]{{2,6}}?)(?:的(?:办法|方法|方式|形式|做法|措施)|的?(?:制度|机制|模式))(?=[，。；])"
)

MANUAL = Manual(
    code="PUN032",
    title=message("“采取甲，乙的办法”"),
    says=message("两个短语合起来修饰“办法”“制度”，中间用顿号；用了逗号，前一个就落了空。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5",
    bad=("采取典型引路，面上推动的办法，推广好经验。",),
    good=("采取典型引路，面上推动的办法，推广好经验。", "采取走访的形式，建立联系制度，推广好经验。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _OBJECT):
        if len(found["one"]) == len(found["two"]):
            mark = text.words(*found.span("mark"))
            yield report(MANUAL, mark, message("前后两个短语并列，中间用顿号"), replacement="、")


RULE = ArticleRule(MANUAL, _find)
