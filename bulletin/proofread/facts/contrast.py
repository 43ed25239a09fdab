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
_ROWS = (
    "国内 国外 境内 境外 涉外 外商 内资 外资 国有 民营 私营 集体",
    "中国 世界 全球 国际 亚洲 欧洲 非洲 亚太 海外",
    "国家级 省级 市级 县级 区级 乡级 镇级 村级 校级 院级 部级",
    "中央 地方 省直 市直 县直 机关 企业 事业单位 高校 社区",
    "城市 城镇 农村 乡村 城乡 牧区 社区",
    "上半年 下半年 全年",
    "民事 刑事 行政",
)
_SPHERES = tuple(tuple(row.split()) for row in _ROWS)
"""Places, spheres and ranks of which one word stands for another: 国内投资项目, 外商投资项目."""
_PAIRS = frozenset(
    frozenset((one, other)) for row in _OPPOSITES for place, one in enumerate(row) for other in row[place + 1 :]
)
_ASKING = frozenset("哪怎岂何谁")
_DENIAL = frozenset("不非无未没别莫勿")
_LATIN = re.compile("[a-z]")
_FRAME = re.compile(
    r"(.).\1.|.(?:有所|得|促|带|为|成|进|就|而|以|入|到|在).{1,2}|[有无不能敢善愿会可].[有无不能敢善愿会可]."
)


def contrasted(one: str, other: str) -> bool:
    """True if what differs tells two things apart: a numeral, an opposite, a denial, or one of those four-character patterns that are filled in
    many ways (一户一策, 一人一策; 老有所为, 老有所乐); a statement and a question; other places, spheres and ranks."""
    left, right = _replaced(one, other)
    if NUMERALS.intersection(left + right) or _LATIN.search(left + right):
        return True
    if len(left) == len(right) and any(frozenset(pair) in _PAIRS for pair in zip(left, right, strict=True)):
        return True
    if not (left and right) and _DENIAL.intersection(left + right):
        return True
    if bool(_ASKING.intersection(left)) != bool(_ASKING.intersection(right)):
        return True
    if _other_sphere(one, other) or _other_sphere(other, one):
        return True
    return len(one) == len(other) == 4 and bool(_FRAME.fullmatch(one) and _FRAME.fullmatch(other))


def _other_sphere(one: str, other: str) -> bool:
    """True if a word of a row stands in the place of another of it (国内投资, 外商投资), or beside it (中国十大新闻, 中国世界十大新闻)."""
    return any(
        other in (one.replace(word, another, 1), one.replace(word, word + another, 1))
        for row in _SPHERES
        for word in row
        if word in one
        for another in row
        if another != word
    )


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
