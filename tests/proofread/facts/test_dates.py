"""Dates and periods, with what is written of them."""

from __future__ import annotations

from datetime import date

import pytest

from bulletin.proofread.facts.dates import dates_in, periods_in
from bulletin.proofread.facts.numerals import han_value, numeral_value, spelt_value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年10月20日", date(2026, 10, 20)),
        ("去年7月1日", date(2025, 7, 1)),
        ("7月13日", date(2026, 7, 13)),
        ("2012-05-06", date(2012, 5, 6)),
        ("二〇二〇年七月二十三日", date(2020, 7, 23)),
        ("2月30日", None),
        ("2026年10月", None),
        ("13日", None),
    ],
)
def test_a_day(text: str, day: date | None) -> None:
    (written,) = dates_in(text)
    assert (written.start, written.end) == (0, len(text))
    assert written.on(2026) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("7月13日至17日", date(2026, 7, 13), date(2026, 7, 17)),
        ("2019年12月16—17日", date(2019, 12, 16), date(2019, 12, 17)),
        ("12月30日至1月3日", date(2026, 12, 30), date(2027, 1, 3)),
        ("2026年11月1日—2027年1月31日", date(2026, 11, 1), date(2027, 1, 31)),
    ],
)
def test_a_period_of_days(text: str, first: date, last: date) -> None:
    (period,) = periods_in(text)
    assert (period.start, period.end) == (0, len(text))
    assert (period.first.on(2026), period.last.on(2026)) == (first, last)


@pytest.mark.parametrize(("text", "first", "last"), [("从1997年到2006年", 1997, 2006), ("2020—2021年", 2020, 2021)])
def test_a_period_of_years(text: str, first: int, last: int) -> None:
    (period,) = periods_in(text)
    assert (period.first.year, period.last.year) == (first, last)


def test_a_period_of_months() -> None:
    (period,) = periods_in("2026年4—9月")
    assert (period.first.year, period.first.month, period.last.year, period.last.month) == (2026, 4, 2026, 9)


@pytest.mark.parametrize("text", ["3个月", "12个月后", "2500户", "第2020号"])
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text) == ()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三千二百万", 32_000_000),
        ("两", 2),
        ("三四", None),
        ("万", None),
        ("", None),
    ],
)
def test_han_numerals(numeral: str, value: int | None) -> None:
    assert han_value(numeral) == value


def test_numerals_of_either_kind() -> None:
    assert (numeral_value("12"), numeral_value("十二"), spelt_value("二〇二六"), spelt_value("十")) == (
        12,
        12,
        2026,
        None,
    )
