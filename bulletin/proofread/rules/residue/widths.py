"""WID001: half-width marks in Chinese text, full-width digits and letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import BLANK, HAN, after, before, is_han, matches, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_FULL = str.maketrans("(),;:?!｡｢｣､･", "（），；：？！。“”、·")
_CHINESE = re.compile(rf"[{HAN}“”‘’（）《》〈〉〔〕，。、；：！？…—]")
_MARK = re.compile(
    r"(?=[(),;:?!.｡-･０-９Ａ-Ｚａ-ｚ．])(?:"
    rf"(?P<pair>\([^()（）\n]{{0,80}}\))"
    rf"|(?P<open>\()(?=[^()（）\n]{{0,80}}）)"
    rf"|(?P<close>(?<=[^()（）\n])\))"
    rf"|(?P<point>[,;:?!])[{BLANK}]*"
    rf"|(?P<stop>\.)"
    rf"|(?P<small>[｡-･])"
    rf"|(?P<wide>[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)?|(?<=[0-9])．(?=[0-9])))"
)
_BLANKS = " \t\u00a0\u2009\u202f\u3000"
_SIGNS = ("%", "％", "‰", "℃")
_FUNCTION = re.compile(r"[A-Za-z]\([A-Za-z0-9,]{1,5}\)")

MANUAL = Manual(
    code="WID001",
    title=message("标点、数字、字母的全角和半角"),
    says=message("汉字之间的标点占一个字，用全角；数字和字母用半角。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，5.1.1～5.1.3；GB/T 15835—2011，5.1.7.1",
    bad=("建设标准(试行)已经印发。", "会上,大家踊跃发言。", "全省共有３８６０个支部。"),
    good=(
        "建设标准（试行）已经印发。",
        "会议9:30开始，比分3:2，人均1,250元。",
        "函数f(x)的图像见www.example.org/a,b。",
    ),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _MARK):
        kind = found.lastgroup
        words = text.words(*found.span())
        if kind == "wide":
            narrow = unicodedata.normalize("NFKC", found[0])
            yield report(MANUAL, words, message("数字、字母用半角"), replacement=narrow)
        elif (
            kind == "small"
            or (kind == "open" and _beside(text, found))
            or (kind == "pair" and _is_chinese(text, found))
        ):
            yield report(MANUAL, words, message("汉字之间的标点用全角"), replacement=found[0].translate(_FULL))
        elif kind == "close" and _beside(text, found):
            yield report(MANUAL, words, message("汉字之间的标点用全角"), replacement=_closing(text, found))
        elif kind == "point" and _points(text, found):
            end = found.end() if _follows(text, found.end()) else found.start() + 1
            mark = text.words(_without_blanks(text.content, found.start()), end)
            full = found["point"].translate(_FULL)
            yield report(MANUAL, mark, message("汉字之间的标点用全角"), replacement=full)
        elif kind == "stop" and _ends(text.content, found.start()):
            yield report(MANUAL, words, message("句末用了英文句点"), replacement="。")


def _beside(text: ReadText, found: re.Match[str]) -> bool:
    """True beside a Chinese character."""
    return _precedes(text, found.start()) or _follows(text, found.end())


def _precedes(text: ReadText, place: int) -> bool:
    return bool(_CHINESE.match(before(text.content, place)))


def _follows(text: ReadText, place: int) -> bool:
    return bool(_CHINESE.match(text.content, place))


def _is_chinese(text: ReadText, found: re.Match[str]) -> bool:
    """True of brackets with Chinese text in them or beside them, but not of those of a function."""
    if _CHINESE.search(found[0]):
        return True
    function = _FUNCTION.fullmatch(text.content, max(0, found.start() - 1), found.end())
    return not function and _beside(text, found)


def _closing(text: ReadText, found: re.Match[str]) -> str | None:
    """The full-width bracket, where there is one to close; else nobody knows what is meant."""
    stretch = text.content[max(0, found.start() - 80) : found.start()]
    return "）" if stretch.rfind("（") > stretch.rfind("）") else None


def _points(text: ReadText, found: re.Match[str]) -> bool:
    """True of a mark in Chinese text: after Han or a closing mark, or before them; not of a ratio or a time."""
    place = _without_blanks(text.content, found.start())
    last = before(text.content, place)
    return _precedes(text, place) or (_follows(text, found.end()) and (last.isalnum() or last in _SIGNS))


def _without_blanks(content: str, place: int) -> int:
    """Where the blanks before a mark begin."""
    return len(content[:place].rstrip(_BLANKS)) if content[place - 1 : place] in _BLANKS else place


def _ends(content: str, place: int) -> bool:
    """True of a point after Han where the text or a quotation ends."""
    return is_han(before(content, place)) and after(content, place + 1) in ("", "”")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
