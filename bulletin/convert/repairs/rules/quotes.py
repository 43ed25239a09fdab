"""Half-width quotation marks in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.convert.repairs.zones import HAN, Zones, is_han
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_HAN = re.compile(f"[{HAN}]")
_DOUBLE = re.compile(r'(?<!\d)["＂]|(?<=\d)["＂](?=[^\s\d]|$)')
_SINGLE = re.compile(
    rf"(?<![A-Za-z0-9])'(?P<words>[^'\n]{{1,120}})'(?![A-Za-z0-9])|(?<=[{HAN}])'(?P<close>[^'\n]{{1,120}})'"
)
_NO_START = frozenset("，。；：！？、）》”’】〕 ")


def find(setting: Setting) -> Iterator[Edit]:
    """Pairs become “ ” and ‘ ’; a mark without a partner stays, and is listed."""
    text = setting.text
    if '"' in text or "＂" in text:
        yield from _doubles(text)
    if "'" in text:
        yield from _singles(text)


def _doubles(text: str) -> Iterator[Edit]:
    zones = Zones(text)
    places = [found.start() for found in _DOUBLE.finditer(text) if not zones.hold(found.start())]
    if not places or not _HAN.search(text):
        return
    if len(places) % 2:
        why = message("半角引号不成对，没有改动，请核对")
        yield Edit(places[0], places[0] + 1, text[places[0]], why, Certainty.DOUBTFUL)
        return
    why = message("中文里的引号用“ ”")
    for start, end in zip(places[::2], places[1::2], strict=True):
        inside = text[start + 1 : end]
        if not inside or (
            inside.isascii() and not is_han(text[start - 1 : start]) and not is_han(text[end + 1 : end + 2])
        ):
            continue
        sure = inside[0] not in _NO_START and inside[-1] != " "
        certainty = Certainty.SURE if sure and len(places) == 2 else Certainty.LIKELY
        yield Edit(start, start + 1, "“", why, certainty)
        yield Edit(end, end + 1, "”", why, certainty)


def _singles(text: str) -> Iterator[Edit]:
    why = message("中文里的引号用“ ”，引号中的引号用‘ ’")
    for found in _SINGLE.finditer(text):
        if _HAN.search(found[0]):
            yield Edit(found.start(), found.start() + 1, "‘", why, Certainty.LIKELY)
            yield Edit(found.end() - 1, found.end(), "’", why, Certainty.LIKELY)
