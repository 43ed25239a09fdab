"""Numbers are read with their values, vagueness, counters and nouns; codes and dates are not numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bulletin.proofread.facts.numbers import Style, numbers_in


@pytest.mark.parametrize(
    ("text", "value", "vague", "counter", "noun"),
    [
        ("现有109.6万离退休干部就是实际", 1096000, ("", ""), "", "离退休干部"),
        ("采访70余名抗美援朝老战士", 70, ("", "余"), "名", "抗美援朝老战士"),
        ("近2000人次参加", 2000, ("近", ""), "人次", ""),
        ("约50万元左右", 500000, ("约", "左右"), "元", ""),
        ("节约50万元", 500000, ("", ""), "元", ""),
        ("最近3个多月", 3, ("", "多"), "个月", ""),
        ("善款100多万元", 1000000, ("", "多"), "元", ""),
        ("十余万群众", 100000, ("", "余"), "", "群众"),
        ("百分之三十", 30, ("", ""), "%", ""),
        ("占12.5%", Fraction("12.5"), ("", ""), "%", ""),
        ("三分之一的党员", Fraction(1, 3), ("", ""), "", ""),
        ("讲三点意见", 3, ("", ""), "点", "意见"),
        ("100小项具体任务", 100, ("", ""), "小项", "具体任务"),
        ("12,345.6元", Fraction("12345.6"), ("", ""), "元", ""),
        ("一百二十三个村", 123, ("", ""), "个", ""),
        ("三万五千亩农田", 35000, ("", ""), "亩", "农田"),
        ("气温超过35℃以上", 35, ("超过", "以上"), "℃", ""),
    ],
)
def test_a_number(text: str, value: Fraction, vague: tuple[str, str], counter: str, noun: str) -> None:
    (number,) = numbers_in(text)
    assert (number.value, (number.before, number.after), number.counter, number.noun) == (value, vague, counter, noun)
    assert number.exact == (vague == ("", ""))


@pytest.mark.parametrize(
    "text",
    [
        "5G通信、A4纸、“1+4+N”网络",
        "电话024-86214322，邮编110000-1",
        "2026年10月20日至23日，2020—2021年，4—9月，今年7月，13日上午，2026-10-20",
        "9:30开始",
        "统一思想、一样、一些，十八大以来",
        "二〇二六年十月",
        "1" * 5000,
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert [text[number.start : number.end] for number in numbers_in(text) if number.counter or number.noun] == []


def test_vague_numerals_have_no_value() -> None:
    assert [number.value for number in numbers_in("几十个分队、数百名党员、三四个月、几项工作")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("15～30天", 15, 30),
        ("13万～17万元", 130000, 170000),
        ("13～17万元", 130000, 170000),
        ("5至10人", 5, 10),
        ("63%～68%", 63, 68),
    ],
)
def test_ranges(text: str, lower: int, upper: int) -> None:
    (number,) = numbers_in(text)
    assert (number.value, number.upper, number.exact) == (lower, upper, False)


def test_neighbours_and_places() -> None:
    text = "共18个党支部，社区3个，县直机关1个；第7期，三名同志"
    numbers = numbers_in(text)
    assert [text[number.start : number.end] for number in numbers] == ["18个", "3个", "1个", "7期", "三名"]
    assert [number.ordinal for number in numbers] == [False, False, False, True, False]
    assert [number.style for number in numbers] == [Style.ARABIC] * 4 + [Style.HAN]


def test_every_character_of_a_number_stands_in_the_text() -> None:
    text = "从3～5万元到近百名，其中15％左右、数十万人次，3多"
    for number in numbers_in(text):
        assert text[number.start : number.start + 1] == number.numeral[:1] or number.counter == "%"
        assert text.startswith(number.noun, number.end)
