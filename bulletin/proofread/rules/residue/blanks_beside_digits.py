"""IMP001: blanks between numerals and Han."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import PROSE, Role
from bulletin.proofread.facts.zones import ZoneKind
from bulletin.proofread.matching import BLANK, after, before, is_han, matches, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_BLANKS = re.compile(f"[{BLANK}]+")
_TIME_OR_TELEPHONE = re.compile(r"\d{1,2}[:：]\d{2}|0\d{2,3}-\d{7,8}|1\d{10}")
_NUMBER_OF_SECTION = re.compile(r"(?:图|表|附件|附表|附图)?[0-9.]{1,8}")
_LETTER = re.compile("[A-Za-z]")
_DIGIT = re.compile("[0-9%‰℃]")

MANUAL = Manual(
    code="IMP001",
    title=message("数字与汉字之间的空格"),
    says=message(
        "数字与汉字之间不打空格，排版时自有间隙；打了，就空出一格。标题里分开两个短语的空格不算。字母与汉字之间的空格只提示。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="公文排印惯例；《中文排版需求》：汉字与数字之间的间隙由排版给出",
    bad=("全省共有 3860 个支部。", "今年9 月底前完成。"),
    good=("全省共有3860个支部。", "1. 每位老同志口述60分钟。", "10月13日 9:30在会议室集合。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, blanks in matches((text for text in article.texts if text.text.role is not Role.CAPTION), _BLANKS):
        left, right = before(text.content, blanks.start()), after(text.content, blanks.end())
        words = text.words(*blanks.span())
        if _joins(left, right, _DIGIT) and not _parts(text, blanks):
            yield report(MANUAL, words, message("数字与汉字之间有空格"), replacement="")
        elif text.prose and _joins(left, right, _LETTER):
            found = report(MANUAL, words, message("字母与汉字之间有空格"), replacement="")
            yield replace(found, severity=Severity.HINT)


def _joins(left: str, right: str, other: re.Pattern[str]) -> bool:
    """True between a Han and a character of the other kind."""
    return bool((is_han(left) and other.match(right)) or (other.match(left) and is_han(right)))


def _parts(text: ReadText, blanks: re.Match[str]) -> bool:
    """True of a blank that is meant: before a time or a telephone number, after the number of a section, between phrases of a title."""
    content, (start, end) = text.content, blanks.span()
    if _TIME_OR_TELEPHONE.match(content, end) or _NUMBER_OF_SECTION.fullmatch(content, 0, start):
        return True
    zone = text.zone(start, end)
    in_title = text.text.role not in PROSE | {Role.CELL} or (zone is not None and zone.kind is ZoneKind.TITLE)
    return in_title and not _on_both_sides(content, start, end)


_NUMERAL = re.compile(f"[{BLANK}]*[0-9.]{{1,12}}[{BLANK}]")
_NUMERAL_BEFORE = re.compile(f"[{BLANK}][0-9.]{{1,12}}$")


def _on_both_sides(content: str, start: int, end: int) -> bool:
    """True if the number beside a blank has one on its other side too: such a blank does not part phrases."""
    return bool(_NUMERAL.match(content, end) or _NUMERAL_BEFORE.search(content[max(0, start - 14) : start]))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
