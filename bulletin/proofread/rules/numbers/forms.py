"""NUM006: numbers in the forms of GB/T 15835: ranges, units, decimals, groups of thousands, percents, one kind of numerals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.facts.numerals import UNITS
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NUMBER = r"\d{1,12}(?:\.\d{1,6})?"
_COUNTED = r"(?:天|人|个|项|名|次|岁|元|户|件|篇|份|期|条|位|家|场|倍|亩|吨|万|亿|%|％|‰|公里|米|公斤|千克|克|平方|小时|分钟|周年|℃|余|多)"
_ONE_TO_NINE = "一二三四五六七八九"
_COUNTS_FEW = "个|天|名|人(?!称)|年(?!级)|十|百|千|次|件"
_BETWEEN_TWO = "|".join(
    f"(?<={lower}、)(?<![、第零十百{_ONE_TO_NINE}]{lower}、)(?={upper}(?:{_COUNTS_FEW}))"
    for lower, upper in pairwise(_ONE_TO_NINE)
)
"""After the mark: it stands between two numerals that follow each other, which are not the last ones of a longer list."""
_HALF_HAN = r"(?<![\d.万亿A-Za-z])((?P<count>[1-9]\d{0,2})(?P<unit>[百千]))"
_NOT_IN_CODE = r"(?<![\dA-Za-z.\-/第№])"


@dataclass(frozen=True, slots=True)
class _Form:
    """A wrong form, in texts that have one of the characters `signs`; group 1 is what is replaced, by what `right` makes of the match."""

    signs: str
    pattern: re.Pattern[str]
    what: Message
    right: Callable[[re.Match[str]], str]
    safety: Safety = Safety.SAFE
    severity: Severity = Severity.ERROR


def _thousands(found: re.Match[str]) -> str:
    return str(int(found["count"]) * UNITS[found["unit"]])


def _percent(found: re.Match[str]) -> str:
    return f"{found['count']}%"


_FORMS = (
    _Form(
        "０１２３４５６７８９",
        re.compile(r"([０-９]{1,20})"),
        message("阿拉伯数字用半角（GB/T 15835—2011，5.1.7）"),
        lambda found: found[1].translate(str.maketrans("０１２３４５６７８９", "0123456789")),
    ),
    _Form(
        "-–~～—",
        re.compile(rf"{_NOT_IN_CODE}{_NUMBER}(?:[万亿%‰℃])?(-|–|~|～～|——)(?={_NUMBER}{_COUNTED})"),
        message("数值的范围用“～”（GB/T 15835—2011，5.1.3）"),
        lambda _found: "～",
    ),
    _Form(
        "%％‰",
        re.compile(rf"(?<![\d.])({_NUMBER})(?=[～—~–-]{_NUMBER}(?P<unit>[%％‰]))"),
        message("范围的前一个数也要有“%”（GB/T 15835—2011，5.1.3）"),
        lambda found: found[1] + found["unit"],
    ),
    _Form(
        "～~–-",
        re.compile(rf"(?<![\d.年])({_NUMBER})(?=[～~–-]{_NUMBER}(?P<unit>万|亿))"),
        message("范围的前一个数也要有“万”“亿”（GB/T 15835—2011，5.1.3）"),
        lambda found: found[1] + found["unit"],
        Safety.UNSAFE,
    ),
    _Form(
        ".",
        re.compile(r"(\.)(?=\d)(?<=[\u4e00-\u9fff，。；：（、]\.)(?<![图表式件号]\.)"),
        message("小数点前要有“0”（GB/T 15835—2011，5.1.2）"),
        lambda _found: "0.",
    ),
    _Form(
        "．",
        re.compile(rf"(?:(?<=[\u4e00-\u9fff]\d)|(?<=[\u4e00-\u9fff]\d\d))(．)(?=\d{{1,4}}{_COUNTED})"),
        message("小数点用“.”（GB/T 15835—2011，5.1.2）"),
        lambda _found: ".",
        Safety.UNSAFE,
    ),
    _Form(
        "，",
        re.compile(rf"(?<![\d，])\d{{1,3}}(，)(?=\d{{3}}(?:\.\d{{1,4}})?{_COUNTED})"),
        message("数的分节用半角“,”或者不分节（GB/T 15835—2011，5.1.1）"),
        lambda _found: ",",
        Safety.UNSAFE,
    ),
    _Form(
        "百千",
        re.compile(rf"{_HALF_HAN}(?![多余万亿])(?={_COUNTED})(?![米克瓦伏卡帕赫分])"),
        message("一个数不能一半用阿拉伯数字、一半用汉字；“万”“亿”除外（GB/T 15835—2011，5.3）"),
        _thousands,
    ),
    _Form(
        "百千",
        re.compile(rf"{_HALF_HAN}(?:(?=[多余]{_COUNTED})|(?=[万亿]))"),
        message("一个数宜只用一种数字；“万”“亿”除外（GB/T 15835—2011，5.3）"),
        _thousands,
        severity=Severity.HINT,
    ),
    _Form(
        "百",
        re.compile(r"(百分之(?P<count>\d{1,3}(?:\.\d{1,3})?))(?!\d)"),
        message("一个数不能一半用阿拉伯数字、一半用汉字（GB/T 15835—2011，5.3）"),
        _percent,
    ),
    _Form(
        "、",
        re.compile(rf"(、)(?:{_BETWEEN_TWO})"),
        message("两个数连用表示概数，中间不用顿号（GB/T 15835—2011，5.2.1）"),
        lambda _found: "",
        Safety.UNSAFE,
    ),
    _Form(
        "〇",
        re.compile(r"(?<=[百千万])(〇)(?=[一二三四五六七八九])"),
        message("计量的数里写“零”，编号里写“〇”（GB/T 15835—2011，5.2.5）"),
        lambda _found: "零",
    ),
)

MANUAL = Manual(
    code="NUM006",
    title=message("数字的形式"),
    says=message(
        "数值范围、单位、小数、分节、百分数按国家标准书写，一个数不混用两种数字；“4千多户”“9千亿元”各地公文常见，只提示。"
    ),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15835—2011，5.1.1～5.1.3、5.1.7.1、5.2.1、5.2.5、5.3",
    bad=(
        "每期15-30天。",
        "合格率为63～68%。",
        "捐款13～17万元。",
        "增长.5个百分点。",
        "参加４０人。",
        "走访4千多户。",
        "占百分之30。",
        "历时三、四个月。",
        "一百〇五人。",
        "拨款5，300元。",
    ),
    good=(
        "每期15～30天，5至10人，400—429页。",
        "合格率为63%～68%，占百分之三十。",
        "捐款13万～17万元，走访4000多户，重3千克，100千米，电压10千伏。",
        "增长0.5个百分点，参加40人。",
        "历时三四个月，一、二年级，第一、二次会议，一百零五人。",
        "电话024-86214322，住3-2号楼，2026-10-20，C-17型。",
    ),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for form in (form for form in _FORMS if any(sign in text.content for sign in form.signs)):
            for found in form.pattern.finditer(text.content):
                wrong = text.words(*found.span(1))
                yield Finding("NUM006", form.severity, wrong, form.what, fix=Fix(wrong, form.right(found), form.safety))


RULE = ArticleRule(MANUAL, _find)
