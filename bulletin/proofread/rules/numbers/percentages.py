"""NUM008: percents that do not fit the numbers beside them, or cannot be: 3860个中有2895个，占80%; 参与率120%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.facts.numbers import Number
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_PERCENT = "%"
_HUNDRED = 100
_RATE = re.compile(
    r"(?:覆盖|满意|合格|达标|参与|参加|到课|出席|知晓|入住|签约|普及|回收|及格|整改|办结)[率度](?:已|均|都|达到|达|为|是|有|提高到|上升到)*$"
)
_SHARE = re.compile(r"^[^。；！？，\d]{0,16}，(?:约|大约)?占(?:总数|总量|全部|其)?的?$")
_OF_WHOLE = re.compile("^[^。；！？\\d]{0,24}?(?:中|其中)[^。；！？\\d]{0,16}$")
_SHARES = re.compile("分别占(?:总数|总量|全部)?的?$")
"""Shares of one whole; 分别占全国同类产品的 are shares of several."""
_IN_LIST = re.compile("^[、，和]{1,2}$")
_LOOK_BACK = 24

MANUAL = Manual(
    code="NUM008",
    title=message("百分数算下来不对"),
    says=message("几个中有几个，占百分之几：由程序算一遍；覆盖率一类不会超过100%；“分别占”的几份加起来不超过100%。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="算术核对",
    bad=(
        "全省3860个党支部中已有2895个通过达标验收，占80%。",
        "活动参与率达到120%。",
        "三类分别占54%、35%和21%。",
    ),
    good=(
        "全省3860个党支部中已有2895个通过达标验收，占75%。",
        "现有48.6万人，其中党员31.2万名，占64.2%，参与率100%，增长120%。",
        "三类分别占44%、35%和21%。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        numbers = text.numbers
        for place, number in enumerate(numbers):
            if number.counter == _PERCENT and number.value is not None and number.upper is None:
                what = _beyond(text, number) or _wrong_share(text, numbers[max(0, place - 2) : place], number)
                if what:
                    yield Finding(
                        "NUM008", MANUAL.severity, text.words(number.start, number.end), what, message("核对数字")
                    )
                yield from _sum(text, numbers[place : place + 8])


def _beyond(text: ReadText, percent: Number) -> Message | None:
    """What is wrong with a rate of more than all."""
    before = text.content[
        max(0, percent.start - len(percent.before) - _LOOK_BACK) : percent.start - len(percent.before)
    ]
    if percent.value is not None and percent.value > _HUNDRED and _RATE.search(before):
        return message("这样的比率不会超过100%")
    return None


def _wrong_share(text: ReadText, before: tuple[Number, ...], percent: Number) -> Message | None:
    """What is wrong where a whole, a part of it, and the share of the part follow one another."""
    if len(before) != 2 or not all(number.exact and number.counter == before[0].counter for number in before):
        people = {"人", "名", "位"}
        if len(before) != 2 or not all(number.exact and number.counter in people for number in before):
            return None
    whole, part = before
    if not whole.value or not part.value or part.value > whole.value or percent.value is None:
        return None
    content = text.content
    if not _OF_WHOLE.search(content[whole.end : part.start]) or not _SHARE.search(content[part.end : percent.start]):
        return None
    share = part.value * _HUNDRED / whole.value
    if abs(share - percent.value) <= _tolerance(percent, whole, part):
        return None
    return message("{part}占{whole}的{share}", part=part.numeral, whole=whole.numeral, share=f"{float(share):.4g}%")


def _tolerance(percent: Number, whole: Number, part: Number) -> Fraction:
    """What rounding may make of a share: a whole last digit of the percent, more where the numbers themselves are rounded or it is called inexact."""
    step = Fraction(1, 10 ** len(percent.digits.partition(".")[2]))
    rounded = sum(
        Fraction(1, 10 ** len(number.digits.replace(".", "")))
        for number in (whole, part)
        if number.digits != number.numeral
    )
    vague = 5 if percent.before or percent.after else 1
    return (step + rounded * _HUNDRED) * vague


def _sum(text: ReadText, numbers: tuple[Number, ...]) -> Iterator[Finding]:
    """Shares of one thing, in a list after 分别占."""
    first = numbers[0]
    if not _SHARES.search(text.content[max(0, first.start - _LOOK_BACK) : first.start]):
        return
    shares = [first]
    for number in numbers[1:]:
        if number.counter != _PERCENT or not _IN_LIST.match(text.content[shares[-1].end : number.start]):
            break
        shares.append(number)
    total = sum((share.value or Fraction(0) for share in shares), Fraction(0))
    if len(shares) > 1 and total > _HUNDRED + Fraction(len(shares), 2):
        words = text.words(first.start, shares[-1].end)
        what = message("加起来是{total}，超过100%", total=f"{float(total):g}%")
        yield Finding("NUM008", MANUAL.severity, words, what, message("核对数字"))


RULE = ArticleRule(MANUAL, _find)
