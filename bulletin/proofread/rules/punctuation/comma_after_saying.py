"""PUN033: 他强调，“…。”: a quotation of whole sentences after 逗号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SAYING = re.compile(r"(?:强调|指出|要求|提出|号召)(?P<mark>，)(?=“[^“”]{8,}[。！]”)")

MANUAL = Manual(
    code="PUN033",
    title=message("“强调”“指出”和整句的引文之间用了逗号"),
    says=message(
        "“指出”“强调”等提示后面整句的引文，用冒号；引文只是句子的一个成分，才不用冒号。报道里“他说，‘……’”常见，不报。"
    ),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.7.3.1",
    bad=("他强调，“党的基层组织是党的肌体的神经末梢，要发挥好战斗堡垒作用。”",),
    good=(
        "他强调：“党的基层组织是党的肌体的神经末梢，要发挥好战斗堡垒作用。”",
        "他说，“常在河边走，难免要湿鞋。”",
        "会议强调，“传帮带”要落到行动上。",
    ),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _SAYING):
        mark = text.words(*found.span("mark"))
        yield report(MANUAL, mark, message("后面是整句的引文，前面用冒号"), replacement="：")


RULE = ArticleRule(MANUAL, _find)
