"""Where a line may end: what belongs together stays together.

Sources: GB/T 15834-2011, 5.1 (marks at the start and end of a line), at the level that CLREQ calls GB法; GB/T 15835-2011, 5.1.7.2 (a
number in Arabic digits is not parted). That a number keeps its unit, a name its characters and a document its number whole is 实务.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from bulletin.model.marks import BLANKS, DASH, ELLIPSIS, INTERPUNCT, NO_END, NO_START, is_han, is_latin


class Break(IntEnum):
    """How willingly a line ends before a character."""

    NEVER = 0
    HARDLY = 1
    """Only where the line would be loose otherwise."""
    RARELY = 2
    FREELY = 3


_NUMBER = r"\d[\d.,]*+"
_MAGNITUDE = "(?:余|多)?(?:万亿|千万|百万|十万|[十百千万亿])?(?:余|多)?"
_UNITS = (
    "个百分点|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|小时|分钟|个月|月份|年代|"
    "年度|周年|周岁|世纪|季度|人次|户次|批次|场次|万元|亿元|余名|多名|个人|号楼"
)
_UNIT = f"(?:{_UNITS}|[%‰℃]|[\\u3400-\\u9fff])?"
_AMOUNT = f"{_NUMBER}[%‰℃]?{_MAGNITUDE}{_UNIT}"
_WHOLE = re.compile(
    "|".join(
        (
            rf"第?{_AMOUNT}(?:[—～~–-]{_AMOUNT})+",  # 2020—2021年, 63%～68%
            r"\d{1,2}月\d{1,2}(?:[—～]\d{1,2})?日",
            r"\d{1,2}[时点]\d{1,2}分?",
            r"(?:上午|下午|中午|晚上|早上|凌晨)\d{1,2}(?:[时点:]\d{0,2}分?)?",
            rf"第?{_AMOUNT}",
            "第[一二三四五六七八九十百]+[\u3400-\u9fff]?",
        )
    )
)
_DOCUMENT = re.compile(r"〔\d{4}〕第?\d++号")
_ISSUER_LENGTH = 6
"""机关代字 of more characters than this is running text before one."""
_SHORT_ISSUER = 3
_ADDRESS = re.compile(r"(?<![!-~])(?:[A-Za-z][A-Za-z0-9+.-]{0,9}://[!-~]++|www\.[!-~]++|[!-?A-~]{1,64}@[!-~]++)")
_JOINT = re.compile(r"(?<=[/?&=#@.])(?=[A-Za-z0-9])")
_BEFORE_MONTH = re.compile(r"(?<=\d{4}年)(?=\d{1,2}月)")


def find_breaks(text: str, kept: Iterable[str], *, strict: bool = False) -> list[Break]:
    """For each character of `text`, and for its end, how willingly a line ends before it.

    Args:
        text: The characters of a paragraph.
        kept: Names and terms that stay whole.
        strict: Keep —— and …… off the start of a line (CLREQ 严格处理); otherwise they are rarely there.
    """
    breaks = [Break.NEVER, *map(_between, text, text[1:]), Break.FREELY] if text else []
    for mark in (DASH * 2, ELLIPSIS * 2):
        for start in _places(text, mark):
            if start and text[start - 1] not in NO_END and text[start - 1] != mark[0]:
                breaks[start] = Break.NEVER if strict else Break.RARELY
    for found in _ADDRESS.finditer(text):
        for joint in _JOINT.finditer(found[0], 1):
            breaks[found.start() + joint.start()] = Break.RARELY
    for found in _WHOLE.finditer(text):
        _bind(breaks, found.start(), found.end())
    for found in _DOCUMENT.finditer(text):
        issuer = _issuer_before(text, found.start())
        _bind(breaks, found.start() - issuer, found.end())
        if issuer:
            breaks[found.start()] = Break.HARDLY
    for found in _BEFORE_MONTH.finditer(text):
        breaks[found.start()] = Break.RARELY
    for name in kept:
        for start in _places(text, name):
            _bind(breaks, start, start + len(name))
    return breaks


def _between(before: str, after: str) -> Break:
    """How willingly a line ends between two characters."""
    if after in BLANKS or before in NO_END or after in NO_START:
        return Break.NEVER
    if before in BLANKS:
        return Break.FREELY
    if "\xa0" in (before, after) or "\u2060" in (before, after):
        return Break.NEVER
    if before == INTERPUNCT:
        return Break.HARDLY
    if (is_latin(before) and is_latin(after)) or (before in "—…" and after == before):
        return Break.NEVER
    if (before.isascii() and before.isdigit() and is_han(after)) or (before == "第" and after.isdigit()):
        return Break.NEVER
    return Break.FREELY


def _issuer_before(text: str, place: int) -> int:
    """How many characters before a document's number are its 机关代字."""
    length = 0
    while length <= _ISSUER_LENGTH and length < place and is_han(text[place - length - 1]):
        length += 1
    return length if length <= _ISSUER_LENGTH else _SHORT_ISSUER


def _bind(breaks: list[Break], start: int, end: int) -> None:
    for place in range(start + 1, end):
        breaks[place] = Break.NEVER


def _places(text: str, part: str) -> Iterable[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + len(part))
