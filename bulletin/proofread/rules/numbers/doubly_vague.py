"""NUM001: a number that is called inexact twice: 近几百, 约…左右, 超过…以上."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.numbers import Number
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_ABOUT = frozenset({"约", "大约", "近", "将近", "接近"})
_OVER = frozenset({"超过", "超", "逾", "突破"})
_LEAST = _OVER | {"高于", "不少于", "不低于", "至少"}
_MORE = frozenset({"多", "余", "来", "之多"})
_TIMES = frozenset({"年", "天", "个月", "周", "小时", "个小时", "分钟", "世纪", "年代", "星期", "个星期"})
"""近三十多年 are the last thirty years and more."""
_SOME = re.compile("[几数][百千万亿]")
"""近几十次 may be the last ones; 近几百场 are not."""
_CLOSED = ("", *"，。；：、！？）”")

MANUAL = Manual(
    code="NUM001",
    title=message("概数重复"),
    says=message("“约”“近”和“左右”“多”“余”“几”，“超过”和“以上”，意思重复或者矛盾，只用一个。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）“近”“左右”“多”“余”",
    bad=("开展了近几百场活动。", "走访老同志约300人左右。", "参加率超过90%以上。", "培训党员近2000多人。"),
    good=("开展了近百场活动。", "走访老同志300人左右。", "参加率在90%以上。", "近三十多年来，节约10万元左右。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for number in text.numbers:
            second = _second(text, number)
            if second:
                words = text.words(number.start - len(number.before), number.end)
                what = message("“{first}”和“{second}”重复", first=number.before, second=second)
                yield Finding("NUM001", MANUAL.severity, words, what, message("只留一个"))


def _second(text: ReadText, number: Number) -> str:
    """What calls the number inexact again, if anything does."""
    after = number.after
    if number.before in _ABOUT and after in ("左右", "上下"):
        return after
    if number.before in _LEAST and after == "以上":
        return after if text.content[number.end : number.end + 1] in _CLOSED else ""
    if number.counter in _TIMES:
        return ""
    if number.before in _ABOUT | _OVER and after in _MORE:
        return after
    some = _SOME.search(number.numeral) if number.before in _ABOUT else None
    return some[0] if some else ""


RULE = ArticleRule(MANUAL, _find)
