"""Half-width commas, colons and the like in Chinese text, and dots for an ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.convert.repairs.zones import HAN, Zones
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_CLOSING = "”’》）】〕"
_AFTER_HAN = re.compile(rf"(?<=[{HAN}{_CLOSING}])[,;:!?]")
_BEFORE_HAN = re.compile(rf"(?<=[\w%])[,;](?=[{HAN}“《（])")
_STOP = re.compile(rf"(?<=[{HAN}{_CLOSING}])\.(?=[{HAN}“《（]|[”’]|$)")
_DOTS = re.compile(rf"(?<=[{HAN}，。！？、{_CLOSING}])(?:\.{{3,6}}(?![.\d])|。{{3,}}|·{{3,6}}(?![·\d])|…(?!…))")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}


def find(setting: Setting) -> Iterator[Edit]:
    """Marks after or before Han; not those in numbers, times, Latin text, addresses."""
    text = setting.text
    why = message("中文里的标点用全角")
    if any(sign in text for sign in _FULL):
        zones = Zones(text)
        for found in _AFTER_HAN.finditer(text):
            if not zones.hold(found.start()):
                certainty = Certainty.LIKELY if text[found.end() : found.end() + 1].isascii() else Certainty.SURE
                yield Edit(found.start(), found.end(), _FULL[found[0]], why, certainty)
        for pattern in (_BEFORE_HAN, _STOP):
            for found in pattern.finditer(text):
                if not zones.hold(found.start()) and not _numbers_item(text, found.start()):
                    yield Edit(found.start(), found.end(), _FULL[found[0]], why, Certainty.LIKELY)
    if "…" in text or ".." in text or "。。" in text or "··" in text:
        for found in _DOTS.finditer(text):
            yield Edit(found.start(), found.end(), "……", message("省略号是六点“……”（GB/T 15834）"), Certainty.LIKELY)


def _numbers_item(text: str, place: int) -> bool:
    """True where only figures stand before the mark: `1,` before a heading."""
    return text[:place].isdigit()
