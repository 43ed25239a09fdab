"""NUM003: 人数 counted in 人次, 次数 in 人次."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_COUNT = re.compile(
    r"(?<!人)(?P<what>人数|次数|户数)(?:(?:总计|总共|累计|合计|已|共|就)*(?:达到|超过|突破|达|为|是|有|近|约|逾)*)$"
)
_LOOK_BACK = 12

MANUAL = Manual(
    code="NUM003",
    title=message("人数与人次混用"),
    says=message("人数以“人”计，同一个人多次参加以“人次”计；“人数”后面不能是“人次”。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="统计指标常规：人数、人次为两种计量",
    bad=("受教育人数达17000余人次。", "活动次数累计达300人次。"),
    good=("受教育人数达17000余人。", "受教育群众达17000余人次。", "参加人数1200人，培训400人次。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for number in text.numbers:
            if number.counter == "人次":
                yield from _counted(text, number.start - len(number.before), number.end)


def _counted(text: ReadText, start: int, end: int) -> Iterator[Finding]:
    frame = _COUNT.search(text.content, max(0, start - _LOOK_BACK), start)
    if frame:
        what = message("“{what}”和“人次”不是一种计量", what=frame["what"])
        advice = message("核对统计的是人数还是人次，写成“……人”或者去掉“{what}”", what=frame["what"])
        yield Finding("NUM003", MANUAL.severity, text.words(frame.start(), end), what, advice)


RULE = ArticleRule(MANUAL, _find)
