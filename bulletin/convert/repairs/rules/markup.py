"""Leftovers of HTML and Markdown in text: entities, tags, asterisks, hashes, and typed bullets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|[em]m?sp|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});"
)
_TAG = re.compile(
    r"</?(?:a|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|o:p|ol|p|pre|s|section|small|span|strong|sub|sup|table|tbody"
    r"|td|th|thead|tr|u|ul)(?=[\s/>])[^<>]{0,300}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=[^\s*])(?P<words>[^*\n]{1,300})(?<=\S)\*\*")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \u3000]+(?=\S)")
_BULLET = re.compile(r"(?:[-*+·][ \u3000]+|[•●◆◇■□▪▲▶►➢➤※✓✔][ \u3000]*)(?=\S)")


def find(setting: Setting) -> Iterator[Edit]:
    """Entities are decoded, tags and asterisks go (what they made bold stays bold), a typed bullet becomes the paragraph's mark."""
    text = setting.text
    if "&" in text:
        yield from _entities(text)
    if "<" in text:
        yield from _tags(text)
    if "**" in text:
        yield from _asterisks(text)
    if text.startswith("#") and (heading := _HEADING.match(text)):
        why = message("Markdown 的标题记号")
        yield Edit(0, heading.end(), "", why, Certainty.SURE, level=len(heading["marks"]))
    elif not (setting.table or setting.numbered) and (bullet := _BULLET.match(text)):
        mark = text[0] if text[0] not in "-*+·" else "•"
        yield Edit(0, bullet.end(), mark, message("手工打的项目符号"), Certainty.LIKELY, mark=True)


def _entities(text: str) -> Iterator[Edit]:
    for found in _ENTITY.finditer(text):
        sign = html.unescape(found[0])
        plain = sign if sign.isprintable() and sign != "\u00a0" else " "
        yield Edit(found.start(), found.end(), plain, message("网页代码 {code}", code=found[0]))


def _tags(text: str) -> Iterator[Edit]:
    for found in _TAG.finditer(text):
        inside = found.start() > 0 and found.end() < len(text)
        after = "\n" if inside and _BREAK.match(found[0]) else ""
        yield Edit(found.start(), found.end(), after, message("网页标记 {code}", code=found[0][:60]))


def _asterisks(text: str) -> Iterator[Edit]:
    """Pairs are bold; what is left over was bold once."""
    end = 0
    for found in _BOLD.finditer(text):
        yield from _left_over(text, end, found.start())
        why = message("Markdown 的加粗记号")
        yield Edit(found.start(), found.start() + 2, "", why, bold_to=found.end() - 2)
        yield Edit(found.end() - 2, found.end(), "", why)
        end = found.end()
    yield from _left_over(text, end, len(text))


def _left_over(text: str, start: int, end: int) -> Iterator[Edit]:
    while (place := text.find("**", start, end)) >= 0:
        yield Edit(place, place + 2, "", message("Markdown 的加粗记号，没有成对"), Certainty.LIKELY)
        start = place + 2
