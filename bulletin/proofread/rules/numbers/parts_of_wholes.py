"""NUM007: parts that are more than their whole, or that almost add up to it: 共18个，其中社区3个…"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.numbers import Number
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_PEOPLE = frozenset({"人", "名", "位"})
_OF_THESE = re.compile("其中(?!之)|分别[是为有]")
_TO_SIGN = re.compile(r"[^。；！？，：\d]{0,16}[，：（]?$")
_TO_PART = re.compile(r"[^。；！？\d（]{1,20}$")
_OF_ITS_OWN = re.compile(
    "每|平均|增|减|比|累计|分布|编成|编为|来自|覆盖|带动|服务|帮|培训|惠及|开展|联系|超过|共|合计|以上"
)
"""Words by which a number is no part: it counts something else."""
_CHANGE = re.compile("(?:(?<!新)增|增长|增加|减|减少|下降|降低|降|提高|上升|扩大|压缩|多|少)了?$")
"""Words by which a number is no whole, but what was added to one: 比上年增加4000亿元，其中……8500亿元."""
_NEXT_DEED = re.compile("，.*(?:[修治整改新建发投完实]|造林)")
"""A clause of its own between two parts: 其中人工造林43万亩，修复治理草原517万亩."""
_OPPOSITES = (
    "男 女",
    "城 乡",
    "省内 省外",
    "市内 市外",
    "专职 兼职",
    "在职 退休",
    "离休 退休",
    "党员 群众",
    "机关 企业",
    "本地 外地",
)
_ADDS = ("和", "、", "与", "及", "＋", "另")
_NEARLY = Fraction(1, 20)
_SMALLEST_WHOLE = 20
_MOST_PARTS = 20

MANUAL = Manual(
    code="NUM007",
    title=message("部分与总数不合"),
    says=message("“其中”后面并列的数，哪一个都不能大于总数；几个部分加起来与总数只差一点，多半有一个写错了。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="算术核对",
    bad=("现有老同志473名，其中党员586名。", "入库318人，其中农技类86人、教育类102人、医疗类74人、法律类55人。"),
    good=(
        "现有老同志1473名，其中党员586名。",
        "入库318人，其中农技类86人、教育类102人、医疗类74人、法律类56人。",
        "共有30人，其中党员21人、女性16人。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for sign in _OF_THESE.finditer(text.content):
            yield from _compare(text, sign.start(), sign.end())


def _compare(text: ReadText, start: int, end: int) -> Iterator[Finding]:
    whole = _whole(text, start)
    if whole is None or whole.value is None:
        return
    parts = _parts(text, end, whole)
    total = Related(text.words(whole.start, whole.end), message("总数"))
    for part, value in parts:
        if value > whole.value and not _NEXT_DEED.search(text.content, end, part.start):
            words = text.words(part.start, part.end)
            what = message("部分（{part}）大于总数（{whole}）", part=words.content, whole=total.words.content)
            yield Finding("NUM007", MANUAL.severity, words, what, message("核对两个数"), (total,))
            return
    if _almost(text, parts, whole):
        words = text.words(parts[0][0].start, parts[-1][0].end)
        summed = _written(sum((value for _part, value in parts), Fraction(0)))
        what = message("各部分加起来是{sum}，总数是{whole}", sum=summed, whole=total.words.content)
        yield Finding("NUM007", MANUAL.severity, words, what, message("核对各个数"), (total,))


def _whole(text: ReadText, sign: int) -> Number | None:
    """The exact number that stands right before the sign, if it is all: not the 4名 of 68名乘客和4名机组人员, and not what was added."""
    place = bisect_right(text.numbers, sign, key=lambda number: number.end) - 1
    number = text.numbers[place] if place >= 0 else None
    added = number is not None and text.content[max(0, number.start - 1) : number.start] in _ADDS
    changed = number is not None and _CHANGE.search(text.content, max(0, number.start - 4), number.start)
    if (
        number
        and not added
        and not changed
        and number.exact
        and number.counter
        and _TO_SIGN.fullmatch(text.content, number.end, sign)
    ):
        return number
    return None


def _parts(text: ReadText, start: int, whole: Number) -> list[tuple[Number, Fraction]]:
    """The exact numbers of the same things that follow in a list, and their values."""
    parts: list[tuple[Number, Fraction]] = []
    first = bisect_left(text.numbers, start, key=lambda number: number.start)
    for number in text.numbers[first : first + _MOST_PARTS + 1]:
        if len(parts) == _MOST_PARTS or not number.exact or not _alike(number, whole) or number.value is None:
            break
        gap = text.content[start : number.start]
        if not _TO_PART.fullmatch(gap) or _OF_ITS_OWN.search(gap):
            break
        parts.append((number, number.value))
        start = number.end
    return parts


def _alike(part: Number, whole: Number) -> bool:
    return part.counter == whole.counter or {part.counter, whole.counter} <= _PEOPLE


def _almost(text: ReadText, parts: list[tuple[Number, Fraction]], whole: Number) -> bool:
    """True if parts that leave nothing out miss the whole by little, and by more than their rounding."""
    if whole.value is None or whole.value < _SMALLEST_WHOLE or not _exhaustive(text, parts):
        return False
    missing = abs(sum(value for _part, value in parts) - whole.value)
    rounding = sum(_precision(number) for number in (whole, *(part for part, _value in parts))) / 2
    return 0 < missing <= whole.value * _NEARLY and missing > rounding


def _exhaustive(text: ReadText, parts: list[tuple[Number, Fraction]]) -> bool:
    """True of three parts or more, and of two that are opposites."""
    if len(parts) != len(_OPPOSITES[0].split()):
        return len(parts) > 1
    said = text.content[max(0, parts[0][0].start - 20) : parts[1][0].end]
    return any(all(word in said for word in pair.split()) for pair in _OPPOSITES)


def _precision(number: Number) -> Fraction:
    """What the last digit of the number stands for, if it is rounded; whole numbers are not."""
    decimals = len(number.digits.partition(".")[2])
    multiplier = 10_000 if number.numeral.endswith("万") else 100_000_000 if number.numeral.endswith("亿") else 1
    return Fraction(multiplier, 10**decimals) if decimals or multiplier > 1 else Fraction(0)


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


RULE = ArticleRule(MANUAL, _find)
