"""Numbers with what they count: 109.6万离退休干部, 70余名抗美援朝老战士, 15～30天, 三个方面."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from math import prod
from typing import TypeAlias

from bulletin.proofread.facts.dates import Period, WrittenDate, dates_in, periods_in
from bulletin.proofread.facts.numerals import HAN_NUMERAL, MULTIPLIERS, UNITS, han_value

_COUNTERS = (
    "个多月 个半月 个月 个百分点 百分点 个多小时 个小时 个多星期 个星期 人次 平方公里 平方米 立方米 公里 公斤 公顷 千瓦时 千瓦 千米 千克 毫米 厘米 "
    "小时 分钟 星期 周年 周岁 年代 世纪 年多 天多 个 项 人 名 位 次 条 件 家 户 份 篇 期 种 类 级 支 所 处 间 台 辆 套 册 本 张 幅 场 届 批 组 队 节 门 款 亩 "
    "元 岁 年 天 日 周 点 大 号 部 座 栋 只 头 棵 株 盏 把 枚 颗 片 块 段 句 首 行 页 字 章 卷 集 堂 课 倍 成 米 吨 里 步 轮 代 层 道 桩 笔 对 双 艘 架 列 班 "
    "趟 回 遍 桌 席 小项 大项 方面 磅 ℃ % ％ ‰ kg km cm mm dpi GB MB"
)
_COUNTER = "|".join(sorted(map(re.escape, dict.fromkeys(_COUNTERS.split())), key=len, reverse=True))
_BEFORE = (
    "大约|(?<![节合契条签预制简隐纽公违邀履])约|将近|接近|(?<![最附临接靠亲贴相邻新远就])近|超过|(?<![赶])超(?!过)|逾|突破|高于|"
    "不少于|不低于|不足|不到|不超过|至少|至多|最多|上(?=[百千万])"
)
_THIN = " \u00a0\u2009\u202f"
"""Blanks that part groups of three digits (GB/T 15835—2011, 5.1.1)."""
_ARABIC = rf"(?:\d{{1,3}}(?:(?:,\d{{3}}){{1,6}}+|(?:[{_THIN}]\d{{3}}){{1,6}}+(?!\d))|\d++)(?:\.\d++)?"
_UNGROUPED = str.maketrans("", "", "," + _THIN)
_LONGEST = 24
_NUMERAL = rf"(?P<digits>{_ARABIC})(?P<tail>[十百千]?(?:万亿|万|亿)?)|(?P<han>数(?=[十百千万亿])[{HAN_NUMERAL}]{{1,16}}|[{HAN_NUMERAL}几]{{1,16}})"
_NUMBER = re.compile(
    rf"(?P<share>[百千万二三四五六七八九十]{{1,2}}分之)?(?:{_NUMERAL})(?P<more>[多余来])?(?P<late>万亿|万|亿)?(?P<counter>{_COUNTER})?"
    r"(?P<rest>左右|上下|以上|以下|以内|之多|多(?!数|样|元|种|次|方|年))?(?P<noun>[\u4e00-\u9fff]{0,16})"
)
_BEFORE_IT = re.compile(rf"(?:{_BEFORE})$")
_LONGEST_BEFORE = 4
_RANGE = re.compile("[～~—–－至到]")
_NOUN_ENDS = re.compile("[的了是在和与及或等就都也被把将为从以]|分别|其中|包括|组成|参加|通过|进行|开展|达到|占")
_CODE_BEFORE = frozenset("+-:/〔.@#_&=")
_CODE_AFTER = frozenset("+-:〕_@/=")
_NOT_BEFORE_HAN = frozenset("统唯专逐单之进")
_COUNTED_BY_ONE = frozenset("个项名位条件家户份篇期支所处间台辆套册本张幅场届批次岁年天") | {"百分点", "个月"}
_CONGRESSES = range(11, 41)
_SHORTEST_NOUN = 2
_PERCENT = "%"


class Style(Enum):
    """The numerals that a number is written in."""

    ARABIC = "arabic"
    HAN = "han"


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity, from its first numeral at `start` up to the end of its counter.

    `value` is exact with its multiplier (109.6万 is 1096000), the lower end of a range, and `None` of 几十 and 三四. `upper` is the upper end of a range.
    `before` and `after` are the words that make it vague (近, 约, 超过; 多, 余, 左右, 以上). `counter` is without them (个 of 18个, 个月 of 3个多月, % of
    百分之三十; empty where there is none), `noun` the Han that follow, at most 16, up to a word that ends a noun; empty if fewer than two.
    """

    start: int
    end: int
    numeral: str
    value: Fraction | None
    style: Style
    before: str = ""
    after: str = ""
    counter: str = ""
    noun: str = ""
    upper: Fraction | None = None
    ordinal: bool = False

    @property
    def exact(self) -> bool:
        """True if it says just one value."""
        return self.value is not None and self.upper is None and not self.before and not self.after

    @property
    def digits(self) -> str:
        """The numeral without the multipliers at its end: 109.6 of 109.6万."""
        return self.numeral.rstrip("万亿")


Dates: TypeAlias = Iterable[WrittenDate | Period]


def numbers_in(content: str, dates: Dates | None = None) -> tuple[Number, ...]:
    """The numbers of a text, in order, without those of dates, codes and telephones; Han numerals only where they count something.

    `dates` are its dates and periods, if somebody looked for them already.
    """
    written: Dates = (*dates_in(content), *periods_in(content)) if dates is None else dates
    dated = frozenset(place for each in written for place in range(each.start, each.end))
    found: list[Number] = []
    for match in _matches(content):
        number = None if match.start() in dated else _number(content, match)
        if number is not None:
            _append(found, number, content)
    return tuple(found)


def _matches(content: str) -> Iterator[re.Match[str]]:
    """A number after another begins where the counter of the first ends, not after its noun."""
    place = 0
    while match := _NUMBER.search(content, place):
        yield match
        place = match.start("noun")


def _number(content: str, match: re.Match[str]) -> Number | None:
    preceding = content[match.start() - 1 : match.start()]
    if not (_counts(match, preceding) if match["han"] else _is_quantity(content, match, preceding)):
        return None
    before = _BEFORE_IT.search(content, max(0, match.start() - _LONGEST_BEFORE), match.start())
    return Number(
        match.start(),
        match.start("noun"),
        (match["han"] or match["digits"] + match["tail"]) + (match["late"] or ""),
        _value(match),
        Style.HAN if match["han"] else Style.ARABIC,
        before[0] if before else "",
        _after(match),
        _PERCENT if match["share"] == "百分之" else (match["counter"] or "").replace("多", "").replace("％", _PERCENT),
        _noun(match["noun"]),
        ordinal=preceding == "第",
    )


def _counts(match: re.Match[str], preceding: str) -> bool:
    """True of a Han numeral that counts something, or is a share: 三个, 百分之三十; not of 统一, 一样, 十八大."""
    if match["share"]:
        return True
    if match["late"] or not match["counter"] or preceding in _NOT_BEFORE_HAN:
        return bool(match["late"])
    if match["han"] == "一":
        return match["counter"] in _COUNTED_BY_ONE
    return not (match["counter"] == "大" and han_value(match["han"]) in _CONGRESSES)


def _is_quantity(content: str, match: re.Match[str], preceding: str) -> bool:
    """True of Arabic digits that are no code: not of 5G, A4, 1+4+N, 024-86214322, 9:30."""
    if preceding in _CODE_BEFORE or _latin(preceding) or len(match["digits"]) > _LONGEST:
        return False
    following = content[match.start("noun") : match.start("noun") + 1]
    return bool(match["counter"]) or not (_latin(following) or following in _CODE_AFTER)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _after(match: re.Match[str]) -> str:
    inner = "多" if "多" in (match["counter"] or "") else ""
    return match["more"] or inner or match["rest"] or ""


def _value(match: re.Match[str]) -> Fraction | None:
    if match["digits"] is None:
        value, whole = han_value(match["han"]), _whole(match["share"])
        return None if value is None or not whole else Fraction(value * _factor(match["late"] or ""), whole)
    return Fraction(match["digits"].translate(_UNGROUPED)) * _factor(match["tail"] + (match["late"] or ""))


def _whole(share: str | None) -> int | None:
    """What 三分之一 divides by; percents are counted in percents."""
    return 1 if share in (None, "百分之") else han_value(str(share).removesuffix("分之"))


def _factor(units: str) -> int:
    return prod(UNITS.get(unit) or MULTIPLIERS[unit] for unit in units)


def _noun(following: str) -> str:
    end = _NOUN_ENDS.search(following)
    noun = following[: end.start()] if end else following
    return noun if len(noun) >= _SHORTEST_NOUN else ""


def _append(found: list[Number], number: Number, content: str) -> None:
    """Puts a number behind the others, or makes the last one a range that ends with it."""
    last = found[-1] if found else None
    joint = content[last.end : number.start] if last else ""
    if last and len(joint) == 1 and _RANGE.match(joint) and last.counter in ("", number.counter) and last.upper is None:
        numeral = content[last.start : number.start] + number.numeral
        lower = _lower(last, number)
        found[-1] = replace(
            number, start=last.start, numeral=numeral, value=lower, upper=number.value, before=last.before
        )
    else:
        found.append(number)


def _lower(last: Number, number: Number) -> Fraction | None:
    """The lower end of a range; in 13～17万 it has the multiplier of the upper one."""
    if last.value is None or number.value is None or last.numeral.endswith(tuple(MULTIPLIERS)):
        return last.value
    multiplied = last.value * _factor(number.numeral[len(number.digits) :])
    return multiplied if multiplied < number.value else last.value
