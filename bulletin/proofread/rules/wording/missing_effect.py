"""FRM005: 发挥 without 作用."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_ROLES = "引领|示范|带动|桥梁|纽带|战斗堡垒|骨干|模范|表率|保障|支撑|主导|参谋|助手|辐射|指导|推动|促进"
_PLAYED = re.compile(rf"发挥[^，。；：、“”]{{0,16}}?(?:{_ROLES})(?=[，。；！？]|$)")

MANUAL = Manual(
    code="FRM005",
    title=message("“发挥”后面少了“作用”"),
    says=message("“发挥”的是作用、优势、特长、力量等；“发挥示范引领”后面少“作用”。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）“发挥”",
    bad=("坚持抓点带面，发挥典型引领示范，调动积极性。",),
    good=("坚持抓点带面，发挥典型引领示范作用，调动积极性。", "发挥优势、特长。", "发挥桥梁、纽带作用。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _PLAYED):
        words = text.words(found.start(), found.start() + 2)
        yield report(MANUAL, words, message("“发挥”后面没有“作用”"), message("在分句末尾补“作用”"))


RULE = ArticleRule(MANUAL, _find)
