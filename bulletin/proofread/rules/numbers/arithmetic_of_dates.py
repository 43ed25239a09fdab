"""DAT001: weekdays, durations, ages and the order of dates, worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.facts.dates import Period, WrittenDate
from bulletin.proofread.facts.numerals import HAN_NUMERAL, numeral_value
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_NUMERAL = rf"(?P<count>\d{{1,3}}|[{HAN_NUMERAL}]{{1,4}})"
_WEEKDAYS = "一二三四五六日天"
_SUNDAY = 6
_BEFORE = 200
_WEEKDAY = re.compile(rf"[（，,]?(?:星期|周)([{_WEEKDAYS}])")
_LASTING = re.compile(rf"[^。；]{{0,30}}?(?:为期|历时){_NUMERAL}天(?!半)")
_IN_ALL = re.compile(rf"[^。；\d]{{0,30}}?[，（]共计?{_NUMERAL}天(?!半)")
_OTHER_DAY = re.compile("日[^。；]*$")
_YEARS = re.compile(rf"，?(?:这|共|前后|历时)?{_NUMERAL}年(?=间|来|时间|里|[，。；])")
_AGE = re.compile(
    rf"(?<!\d)(?P<born>(?:18|19|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:出生|生)[^。；]{{0,20}}?(?:现年|今年){_NUMERAL}周?岁"
)
_SINCE = re.compile(
    rf"(?<!\d)(?P<since>(?:18|19|20)\d\d)年[^。；，\d]{{0,20}}(?:以来|起)?，?至今(?:已有|已经|已)?{_NUMERAL}年"
)
_HAPPENED = re.compile(
    r"[，,]?[^。；，！？将拟计划前起至底内定]{0,20}(?:召开|举行|举办|印发|下发|成立|组织|开展|印制)了"
)

MANUAL = Manual(
    code="DAT001",
    title=message("日期算下来不对"),
    says=message("星期、天数、年数、年龄和先后由程序按日历推算；没写年份的日期按稿件的年份推算。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="日历推算",
    bad=(
        "2026年10月20日（星期三）召开。",
        "7月13日至17日，为期4天。",
        "从1997年到2006年，十二年间下发两个文件。",
        "1930年出生，今年82岁。",
        "1949年至今已有80年。",
        "7月17日至13日举行。",
        "2027年3月1日，召开了座谈会。",
    ),
    good=(
        "2026年10月20日（星期二）召开。",
        "7月13日至17日，为期5天；12月30日至1月3日，为期5天。",
        "从1997年到2006年，十年间下发两个文件。",
        "1930年出生，今年96岁，1949年至今已有77年。",
        "2027年3月1日前召开；2027年3月1日将召开座谈会。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for start, end, what in _faults(text, article.day):
            yield Finding("DAT001", MANUAL.severity, text.words(start, end), what, message("核对日期"))


def _faults(text: ReadText, today: date) -> Iterator[tuple[int, int, Message]]:
    for written in text.dates:
        yield from _weekday(text.content, written, today)
        yield from _future(text.content, written, today)
    for period in text.periods:
        yield from _period(text.content, period, today.year)
    yield from _ages(text.content, today.year)


def _weekday(content: str, written: WrittenDate, today: date) -> Iterator[tuple[int, int, Message]]:
    """A date without its year is right if it is in this year, the last, or the next."""
    said = _WEEKDAY.match(content, written.end)
    if said and written.month and written.day:
        years = (0,) if written.year is not None or written.relative is not None else (0, -1, 1)
        days = [day for shift in years if (day := written.on(today.year + shift))]
        weekday = min(_WEEKDAYS.index(said[1]), _SUNDAY)
        if days and all(day.weekday() != weekday for day in days):
            right = _WEEKDAYS[days[0].weekday()]
            yield written.start, said.end(), message("{year}年的这一天是星期{right}", year=days[0].year, right=right)


def _future(content: str, written: WrittenDate, today: date) -> Iterator[tuple[int, int, Message]]:
    day = written.on(today.year) if written.year is not None else None
    if day and day > today and _HAPPENED.match(content, written.end):
        yield written.start, written.end, message("说的是已经发生的事，日期却在本期之后")


def _period(content: str, period: Period, year: int) -> Iterator[tuple[int, int, Message]]:
    first, last = period.first.on(year), period.last.on(year)
    if first and last:
        yield from _days(content, period, (last - first).days + 1)
    elif period.first.month is None and period.first.year and period.last.year:
        yield from _count_of_years(content, period, period.last.year - period.first.year)


def _days(content: str, period: Period, days: int) -> Iterator[tuple[int, int, Message]]:
    if days < 1:
        yield period.start, period.end, message("起止的先后反了")
        return
    alone = not _OTHER_DAY.search(content[max(0, period.start - _BEFORE) : period.start])
    said = _LASTING.match(content, period.end) or (_IN_ALL.match(content, period.end) if alone else None)
    if said and numeral_value(said["count"]) not in (None, days):
        yield (
            said.start("count"),
            said.end(),
            message("从{first}起算是{days}天", first=content[period.start : period.end], days=days),
        )


def _count_of_years(content: str, period: Period, years: int) -> Iterator[tuple[int, int, Message]]:
    if years < 0:
        yield period.start, period.end, message("起止的先后反了")
        return
    said = _YEARS.match(content, period.end)
    if said and numeral_value(said["count"]) not in (None, years, years + 1):
        what = message(
            "{period}是{years}年，头尾都算是{more}年",
            period=content[period.start : period.end],
            years=years,
            more=years + 1,
        )
        yield said.start("count"), said.end("count") + 1, what


def _ages(content: str, year: int) -> Iterator[tuple[int, int, Message]]:
    """Ages may be counted in 虚岁, and before or after the birthday: a year more or less is right."""
    for pattern, name in ((_AGE, "born"), (_SINCE, "since")):
        for found in pattern.finditer(content):
            count, years = numeral_value(found["count"]), year - int(found[name])
            if count is not None and abs(count - years) > 1:
                yield (
                    found.start("count"),
                    found.end(),
                    message("从{since}年算起是{years}年", since=found[name], years=years),
                )


RULE = ArticleRule(MANUAL, _find)
