"""NUM011: of a whole and its part, one with a counter and one without: 党员总数346万名，其中，离退休党员94.7万."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_PART = re.compile(
    rf"\d(?:万|千|百)?(?P<counter>[名人户家个所])[^。；]{{0,12}}其中，?[{HAN}“”]{{2,16}}(?P<words>\d[\d.]*万?)(?=[，。；])"
)

MANUAL = Manual(
    code="NUM011",
    title=message("“其中”后面的数少了量词"),
    says=message("整体有量词（346万名），“其中”的一部分也要有（94.7万名）。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="《现代汉语八百词》（增订本）：数词和量词",
    bad=("全省党员总数346万名，其中，离退休党员94.7万，占四分之一。",),
    good=("全省党员总数346万名，其中，离退休党员94.7万名，占四分之一。",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _PART):
        what = message("前面的数有“{counter}”，这里没有量词", counter=found["counter"])
        yield report(MANUAL, text.words(*found.span("words")), what, message("补“{counter}”", counter=found["counter"]))


RULE = ArticleRule(MANUAL, _find)
