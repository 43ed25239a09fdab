"""What makes two names that look alike two things: numerals, opposites, members of a series, patterns of four characters."""

from __future__ import annotations

import re

NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千万亿两双半首")
_OPPOSITES = (
    "上中下",
    "前后",
    "左右",
    "内外",
    "里外",
    "大中小",
    "多少",
    "高低",
    "初中高",
    "早中晚",
    "新旧老",
    "老中青少幼",
    "男女",
    "正反副",
    "正负",
    "东西南北中",
    "春夏秋冬",
    "年季月周日",
    "国省市州县区乡镇村街",
    "级届",
    "甲乙丙丁",
    "红橙黄绿青蓝紫白黑金银彩",
    "金银铜",
    "加减乘除",
    "增减",
    "进出",
    "来去",
    "买卖",
    "收支",
    "供需",
    "产销",
    "公私",
    "民刑",
    "党政军民学企",
    "农工商",
    "父母",
    "师生",
    "教学",
    "讲听",
    "问答",
    "知行",
    "学练做干用",
    "送迎",
    "破立",
    "扬抑",
    "同异",
    "开关闭",
    "快慢",
    "长短",
    "强弱",
    "远近",
    "轻重",
    "冷热",
    "真假",
    "好坏优良差",
    "先后",
    "始终",
    "主次辅",
    "天地人",
    "山水林田湖草沙",
    "德智体美劳",
    "吃住行游购娱",
    "养医学乐为",
    "干支",
    "线面点片体",
    "团队组班会",
    "站所点室厅馆",
    "讲学课",
)
_PAIRS = frozenset(
    frozenset((one, other)) for row in _OPPOSITES for place, one in enumerate(row) for other in row[place + 1 :]
)
_DENIAL = frozenset("不非无未没别莫勿")
_LATIN = re.compile("[a-z]")
_FRAME = re.compile(
    r"(.).\1.|.(?:有所|得|促|带|为|成|进|就|而|以|入|到|在).{1,2}|[有无不能敢善愿会可].[有无不能敢善愿会可]."
)


def contrasted(one: str, other: str) -> bool:
    """True if what differs tells two things apart: a numeral, an opposite, a denial, or one of those four-character patterns that are filled in
    many ways (一户一策, 一人一策; 老有所为, 老有所乐)."""
    left, right = _replaced(one, other)
    if NUMERALS.intersection(left + right) or _LATIN.search(left + right):
        return True
    if len(left) == len(right) and any(frozenset(pair) in _PAIRS for pair in zip(left, right, strict=True)):
        return True
    if not (left and right) and _DENIAL.intersection(left + right):
        return True
    return len(one) == len(other) == 4 and bool(_FRAME.fullmatch(one) and _FRAME.fullmatch(other))


def differing(one: str, other: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where two names differ: the stretch of each between what both begin and what both end with."""
    start, most = 0, min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return (start, len(one) - end), (start, len(other) - end)


def _replaced(one: str, other: str) -> tuple[str, str]:
    """The characters of each that the other has not in that place."""
    first, second = differing(one, other)
    left, right = one[slice(*first)], other[slice(*second)]
    if len(left) != len(right):
        return left, right
    unlike = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    return "".join(pair[0] for pair in unlike), "".join(pair[1] for pair in unlike)
