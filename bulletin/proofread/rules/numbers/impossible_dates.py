"""DAT003: days that no calendar has: 2月30日, 6月31日."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.dates import WrittenDate
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_LEAP_DAYS = 29
_LEAP = 2024
_MONTHS = 12

MANUAL = Manual(
    code="DAT003",
    title=message("没有的日期"),
    says=message("日历上没有这一天：大小月、闰年、13月。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="公历；GB/T 7408.1—2023",
    bad=("6月31日召开。", "2026年2月29日截止。", "9月28—31日举行。", "2026年13月完成。"),
    good=("6月30日召开。", "2024年2月29日截止，2月29日是闰日。", "9月28—30日举行。", "满13月龄接种。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        ends = [period.last for period in text.periods]
        taken = {period.end for period in text.periods}
        for written in (*ends, *(each for each in text.dates if each.end not in taken)):
            yield from _look_at(text, written, article.day.year)


def _look_at(text: ReadText, written: WrittenDate, year: int) -> Iterator[Finding]:
    words = text.words(written.start, written.end)
    if written.month is None or (written.day is None and written.year is None):
        return
    if not 1 <= written.month <= _MONTHS:
        yield Finding("DAT003", MANUAL.severity, words, message("没有{month}月", month=written.month))
        return
    known = written.year is not None or written.relative is not None
    days = monthrange(written.year_in(year) if known else _LEAP, written.month)[1]
    if written.day is not None and not 1 <= written.day <= days:
        what = message("{month}月只有{days}天", month=written.month, days=days)
        if not known and days == _LEAP_DAYS:
            what = message("2月没有{day}日", day=written.day)
        yield Finding("DAT003", MANUAL.severity, words, what, message("核对日期"))


RULE = ArticleRule(MANUAL, _find)
