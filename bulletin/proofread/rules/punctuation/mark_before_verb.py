"""PUN012: 顿号 between a noun and a verb phrase, which are no members of one series."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NOUN_AND_VERB = re.compile(
    rf"(?:坚持|按照|本着|围绕|秉持|遵循|树立|根据)[^。；]{{2,60}}[”{HAN}]的(?:思想认识|思想|理念|原则|要求|思路|方针|宗旨|精神|认识)(?P<mark>、)(?:不断|进一步|切实|持续|着力|大力|全面|努力)"
)

MANUAL = Manual(
    code="PUN012",
    title=message("名词短语与动词短语之间用了顿号"),
    says=message("“坚持……的理念”与“不断提升……”不是并列的词语，中间用逗号。"),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5（顿号用在并列的词语之间）",
    bad=("坚持“尊重老同志就是尊重历史”的思想认识、不断提升服务水平。",),
    good=("坚持“尊重老同志就是尊重历史”的思想认识，不断提升服务水平。",),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _NOUN_AND_VERB):
        mark = text.words(*found.span("mark"))
        yield report(MANUAL, mark, message("前后不是并列的词语，这里宜用逗号"), replacement="，")


RULE = ArticleRule(MANUAL, _find)
