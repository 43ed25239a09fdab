"""DAT002: dates in the forms of the standards: years with four digits, one kind of numerals, 〇, 一字线 between dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_HAN_DAY = "[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:1[89]|20)\d\d"


@dataclass(frozen=True, slots=True)
class _Form:
    """A wrong form, in texts that have one of the characters `signs`; the last group is what is wrong, `right` makes what should stand there, where that is known."""

    signs: str
    pattern: re.Pattern[str]
    what: Message
    right: Callable[[str], str] | None = None


def _with_circles(year: str) -> str:
    return re.sub("[○◯O0０零]", "〇", year)


def _dash(_mark: str) -> str:
    return "—"


def _nothing(_zero: str) -> str:
    return ""


_FORMS = (
    _Form(
        "年",
        re.compile(r"(?<![\d〔第.—～~至到-])(\d\d年)(?=(?:0?[1-9]|1[0-2])月)"),
        message("年份用四位数字（GB/T 15835—2011，5.1.4）"),
    ),
    _Form(
        "年",
        re.compile(rf"(?<!\d){_YEAR}年?[—～~至-](\d\d年)(?!\d)"),
        message("年份用四位数字（GB/T 15835—2011，5.1.4）"),
    ),
    _Form(
        "年",
        re.compile(
            r"((?<![〇一二三四五六七八九十\d])[一二](?=[〇一二三四五六七八九]{0,2}[○◯O0０零])[〇○◯O0０零一二三四五六七八九]{3})年"
        ),
        message("汉字年份里的“0”写“〇”（GB/T 15835—2011，5.2.5）"),
        _with_circles,
    ),
    _Form(
        "年",
        re.compile(rf"([一二][〇零○一二三四五六七八九]{{3}}年\d{{1,2}}月|(?<!\d)\d{{4}}年{_HAN_DAY}月{_HAN_DAY}日)"),
        message("同一个日期只用一种数字（GB/T 15835—2011，4.3）"),
    ),
    _Form(
        "月",
        re.compile(rf"((?<!\d)\d{{1,2}}月{_HAN_DAY}日|(?<![年一二三四五六七八九十历]){_HAN_DAY}月\d{{1,2}}日)"),
        message("同一个日期只用一种数字（GB/T 15835—2011，4.3）"),
    ),
    _Form(
        "0",
        re.compile(r"(?<=年)(0)(?=[1-9]月)|(?<=月)(0)(?=[1-9]日)"),
        message("公文的月、日不编虚位（GB/T 9704—2012，7.3.5.4）"),
        _nothing,
    ),
    _Form(
        "-–~～—",
        re.compile(
            rf"(?<![\d.-]){_YEAR}年?(-|–|~|～～|——)(?={_YEAR}年)|(?<![\d.-])\d{{1,2}}[月日]?(-|–|~|～～|——)(?=\d{{1,2}}(?:月(?!龄)|日(?![内龄后之])))"
        ),
        message("时间的起止用“—”（GB/T 15834—2011，4.13.3.2）"),
        _dash,
    ),
)

MANUAL = Manual(
    code="DAT002",
    title=message("日期的形式"),
    says=message("年份不简写，一个日期不混用两种数字，汉字年份用“〇”，月、日前不补零，起止用“—”。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15835—2011，4.3、5.1.4、5.2.5；GB/T 9704—2012，7.3.5.4；GB/T 15834—2011，4.13.3.2",
    bad=(
        "20年7月起施行。",
        "从2018—20年连续三年获奖。",
        "二○二六年十月二十日",
        "二〇二六年10月20日",
        "7月十三日召开。",
        "2026年07月03日",
        "2019-2020年，12月16-17日。",
    ),
    good=(
        "2020年7月起施行，历时20年。",
        "2018—2020年连续三年获奖，12月16—17日，5月1日至3日。",
        "二〇二六年十月二十日，2020年正月，2026年10月20日，2026-10-20。",
        "三个月13日，农历2020年八月十五。",
    ),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for form in (form for form in _FORMS if any(sign in text.content for sign in form.signs)):
            for found in form.pattern.finditer(text.content):
                wrong = text.words(*found.span(found.lastindex or 0))
                fix = Fix(wrong, form.right(wrong.content), Safety.SAFE) if form.right else None
                yield Finding("DAT002", MANUAL.severity, wrong, form.what, fix=fix)


RULE = ArticleRule(MANUAL, _find)
