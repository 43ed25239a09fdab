"""Half-width brackets in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.convert.repairs.zones import HAN, Zones
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_HAN = re.compile(f"[{HAN}]")
_CHINESE = re.compile(f"[{HAN}，。；：！？、“”‘’《》（）【】〔〕…—]")
_PARENTHESIS = re.compile(r"[()（）]")
_DOCUMENT_NUMBER = re.compile(r"\[((?:19|20)\d\d)\](?= ?第? ?\d{1,4} ?号)")


def find(setting: Setting) -> Iterator[Edit]:
    """Parentheses with Han in or before them become full-width; the brackets of a document's number become 〔〕."""
    text = setting.text
    if "(" in text or ")" in text:
        yield from _parentheses(text)
    if "[" in text:
        why = message("发文字号的年份用六角括号（GB/T 9704，7.2.5）")
        for found in _DOCUMENT_NUMBER.finditer(text):
            yield Edit(found.start(), found.end(), f"〔{found[1]}〕", why, Certainty.LIKELY)


def _parentheses(text: str) -> Iterator[Edit]:
    zones = Zones(text)
    open_at: list[int] = []
    for found in _PARENTHESIS.finditer(text):
        if zones.hold(found.start()):
            continue
        if found[0] in "(（":
            open_at.append(found.start())
        elif open_at:
            yield from _pair(text, open_at.pop(), found.start())


def _pair(text: str, start: int, end: int) -> Iterator[Edit]:
    if (text[start], text[end]) == ("（", "）") or not _in_chinese(text, start, end):
        return
    sure = text[start] == "(" and text[end] == ")" and bool(_HAN.search(text, start, end))
    certainty = Certainty.SURE if sure else Certainty.LIKELY
    why = message("中文里的括号用全角")
    if text[start] == "(":
        yield Edit(start, start + 1, "（", why, certainty)
    if text[end] == ")":
        yield Edit(end, end + 1, "）", why, certainty)


def _in_chinese(text: str, start: int, end: int) -> bool:
    """True where Han stand in the brackets, or Chinese before them; a number of an item stands before Chinese."""
    if _HAN.search(text, start, end):
        return True
    before, after = text[start - 1 : start], text[end + 1 : end + 2]
    if before:
        return bool(_CHINESE.match(before))
    return text[start + 1 : end].isdigit() and bool(_CHINESE.match(after))
