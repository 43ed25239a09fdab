"""Stray blanks: between Han and figures, between Han, beside marks; and letterspaced names.

In titles, names and labels a blank may part words, so only what is surely stray goes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.convert.repairs.names import SURNAMES
from bulletin.convert.repairs.zones import HAN
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_B = "[ \u3000]"
_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:{_B}+[{HAN}](?![{HAN}]))+")
_AFTER_MARK = re.compile(rf"(?<=[，。；：！？、（《“‘【〔〈]){_B}+|{_B}+(?=[，。；：！？、）》”’】〕〉])")
_AFTER_NUMBER = re.compile(rf"(?<=^（[一二三四五六七八九十\d]）){_B}+|(?<=^（[一二三四五六七八九十\d]{{2}}）){_B}+")
_FIGURES = re.compile(
    rf"(?<=[{HAN}])(?P<before>{_B}+)(?=(?P<figures>[\d.％%]+)(?P<gap>{_B}*)(?P<then>[{HAN}]?))|(?<=[\d%％])(?P<after>{_B}+)(?=[{HAN}])|(?<=\d)(?P<sign>{_B}+)(?=[%％‰℃])"
)
_CAPTION = re.compile(rf"[图表附]{_B}*\d+")
"""After the number of a picture or a table stands a blank."""
_LEADS_FIGURES = frozenset("第共印约近达有计满超过逾至到从于在年月日每为占")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HAN_HAN = re.compile(rf"(?<=[{HAN}）》”’】〕]){_B}+(?=[{HAN}“‘《（【〔])")
_HAN_LATIN = re.compile(rf"(?<=[{HAN}])(?P<b>{_B}+)(?=[A-Za-z])|(?<=[A-Za-z]){_B}+(?=[{HAN}])")
_MISREAD = re.compile(r"\b(?:and|or|of|in|the|to|with)\b")
_MANY = re.compile(rf"{_B}{{2,}}|\u3000")
_LONGEST_NAME = 4


def find(setting: Setting) -> Iterator[Edit]:
    """The blanks that go; letterspaced words are closed up."""
    text = setting.text
    if " " not in text and "\u3000" not in text:
        return
    taken: list[Edit] = list(_spaced(setting))
    yield from taken
    if setting.table:
        return
    closed = [(edit.start, edit.end) for edit in taken]
    for edit in (*_beside_marks(text), *_beside_figures(setting), *(_in_prose(text) if setting.running else ())):
        if not any(start <= edit.start < end for start, end in closed):
            yield edit
    if not setting.running:
        for found in _MANY.finditer(text):
            yield Edit(found.start(), found.end(), " ", message("几个空格并作一个"), Certainty.LIKELY)


def _spaced(setting: Setting) -> Iterator[Edit]:
    """`刘 文 生`, `通　知`: single Han with blanks between them, and none beside."""
    text = setting.text
    for found in _SPACED.finditer(text):
        words = found[0]
        whole = found.start() == 0 and found.end() == len(text)
        if setting.table and not whole:
            continue
        plain = "".join(words.split())
        if len(plain) == _LONGEST_NAME and plain[0] in SURNAMES and plain[2] in SURNAMES:
            why = message("拉开的字可能是两个人名，没有改动")
            yield Edit(found.start(), found.end(), words, why, Certainty.DOUBTFUL)
            continue
        labelled = found.start() > 0 and text[found.start() - 1] in "：:"
        certainty = Certainty.SURE if whole or labelled or not setting.running else Certainty.DOUBTFUL
        why = message("字间拉开的空格；要拉开，由排版完成")
        yield Edit(found.start(), found.end(), plain, why, certainty)


def _beside_marks(text: str) -> Iterator[Edit]:
    for pattern in (_AFTER_MARK, _AFTER_NUMBER):
        for found in pattern.finditer(text):
            yield Edit(found.start(), found.end(), "", message("标点旁多余的空格"))


def _beside_figures(setting: Setting) -> Iterator[Edit]:
    """Between Han and figures, always in prose; in a short line only where the figures surely belong to the Han."""
    text = setting.text
    for found in _FIGURES.finditer(text):
        if found["after"] and _CAPTION.fullmatch(text, 0, found.start()):
            continue
        if found["before"] and not setting.running:
            wide = len(found["before"]) > 1 or "\u3000" in found["before"]
            belongs = text[found.start() - 1] in _LEADS_FIGURES
            surrounded = bool(found["gap"] and found["then"]) and not _YEAR.fullmatch(found["figures"])
            if wide or not (belongs or surrounded):
                continue
        yield Edit(found.start(), found.end(), "", message("汉字与数字之间多余的空格"))


def _in_prose(text: str) -> Iterator[Edit]:
    for found in _HAN_HAN.finditer(text):
        yield Edit(found.start(), found.end(), "", message("汉字之间多余的空格"), Certainty.LIKELY)
    for found in _HAN_LATIN.finditer(text):
        word = _MISREAD.match(text, found.end()) if found["b"] else None
        before = re.search(r"[a-z]+$", text[max(0, found.start() - 5) : found.start()])
        if not word and not (before and _MISREAD.fullmatch(before[0])):
            yield Edit(found.start(), found.end(), "", message("汉字与字母之间多余的空格"), Certainty.LIKELY)
