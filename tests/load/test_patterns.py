"""Patterns of editors: their needles, and what is refused."""

from __future__ import annotations

import re

import pytest

from bulletin.load.patterns import Unsafe, needles_of


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        ("部暑", {"部暑"}),
        ("(?:社区|党组织|学校)(?:党组织)?报道(?=[，。、）])", {"报道"}),
        ("国家治理体系和治理能力(?!现代化)", {"国家治理体系和治理能力"}),
        ("(?:甲乙|丙丁)戊?", {"甲乙", "丙丁"}),
        ("[甲乙]", {"甲", "乙"}),
        ("(?<=基层)报(?:道|导){1,2}", {"基层"}),
        (r"\d{1,4}余名", {"余名"}),
        ("(?P<wrong>截止)到", {"截止"}),
    ],
)
def test_needles_are_in_every_match(pattern: str, needles: set[str]) -> None:
    assert set(needles_of(pattern)) == needles


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("甲(", "写错"),
        ("甲{2,1}", "写错"),
        ("(?<=甲|乙丙)丁", "一样长"),
        ("甲?", "什么字都不要"),
        ("", "什么字都不要"),
        (".*甲", "不限次数"),
        ("甲+", "不限次数"),
        ("甲{1,41}", "不限次数"),
        ("(?:甲{1,9}){1,9}乙", "重复里面"),
        ("(?:(?:甲|乙丙?){1,9})丁", "重复里面"),
        (".{0,40}.{0,40}.{0,40}甲", "太多"),
        (r"\d{4}", "没有必定出现"),
        ("[^甲]", "没有必定出现"),
        ("[一-龥]", "没有必定出现"),
        ("甲乙|.", "没有必定出现"),
    ],
)
def test_what_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(Unsafe, match=reason):
        needles_of(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["甲(?:乙|丙){0,40}丁", ".{0,10}甲.{0,10}乙", "(?<!中)国(?!家)", "(?:甲乙|丙?丁)戊{1,9}", "(?:甲|乙){1,9}丁"],
)
def test_what_is_taken_compiles(pattern: str) -> None:
    assert needles_of(pattern)
    assert re.compile(pattern)
