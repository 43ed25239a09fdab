"""NUM005: dates as they are spoken: 8月份, 7月13号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_MONTH = re.compile(r"(?<![\d—－～~至到、.-])\d{1,2}月(份)(?!数据|报表|、|和|至|到|—)")
_DAY = re.compile(r"\d{1,2}月\d{1,2}(号)(?![楼线院门])")

MANUAL = Manual(
    code="NUM005",
    title=message("口语的日期写法"),
    says=message("书面写“8月”“13日”，不写“8月份”“13号”；统计的月份（8月份数据）除外。"),
    severity=Severity.HINT,
    strength=Strength.HOUSE,
    source="本局体例；GB/T 15835—2011，5.1.4的示例写“8月8日”",
    bad=("拟于今年8月份召开座谈会。", "7月13号开班。"),
    good=("拟于今年8月召开座谈会。", "7月13日开班。", "8月份数据，1—8月份完成。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for pattern, written, replacement in (
            (_MONTH, message("书面不用“月份”"), ""),
            (_DAY, message("书面不用“号”"), "日"),
        ):
            for found in pattern.finditer(text.content) if "月" in text.content else ():
                fix = Fix(text.words(*found.span(1)), replacement, Safety.UNSAFE)
                yield Finding("NUM005", MANUAL.severity, text.words(*found.span()), written, fix=fix)


RULE = ArticleRule(MANUAL, _find)
