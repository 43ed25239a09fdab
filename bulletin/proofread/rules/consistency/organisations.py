"""CON008: a body's name that is once written with one other character: 清水塘街道, 清水溏街道."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.consistency import differ_in_place, other_words
from bulletin.proofread.facts.contrast import contrasted
from bulletin.proofread.facts.organisations import ENDS
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_OFTEN = 2
_LENGTHS = range(5, 13)
_HAN = re.compile(r"[\u4e00-\u9fff]+")

MANUAL = Manual(
    code="CON008",
    title=message("单位名称有一处差一个字"),
    says=message(
        "本期写过两次以上的单位名称，有一处换了中间的一个字，可能写错了；换的是级别（省、市）、地名或者常用词的，是另一个单位，不报。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="三校一读：单位名称本期统一",
    bad=("桐荫区清水塘街道编了楼院支部。\n清水塘街道的老同志下楼就能开会。\n大家看了清水溏街道的点。",),
    good=(
        "向省人民政府民政局申请，省人民政府民政局批准。\n向省人民政府财政局申请。",
        "去清水塘街道，又去清水塘街道。\n去白茅镇街道。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    windows: dict[str, list[Words]] = {}
    for article in issue.articles:
        for text in article.texts:
            for words in _windows(text):
                windows.setdefault(words.content, []).append(words)
    known = {masked: name for name, places in windows.items() if len(places) >= _OFTEN for masked in _masked(name)}
    for name, places in windows.items():
        right = next((known[masked] for masked in _masked(name) if masked in known), name)
        if len(places) == 1 and right != name and not _meant(name, right, issue):
            yield _finding(places[0], windows[right])


def _windows(text: ReadText) -> Iterator[Words]:
    """Runs of Han of several lengths that end as names of bodies do."""
    for found in ENDS.finditer(text.content):
        for length in _LENGTHS:
            start = found.end() - length
            if start >= 0 and _HAN.fullmatch(text.content, start, found.end()):
                yield text.words(start, found.end())


def _masked(name: str) -> Iterator[str]:
    """The name with a blank in place of each character but its first and its last two."""
    if len(name) in _LENGTHS:
        yield from (f"{name[:place]} {name[place + 1 :]}" for place in range(1, len(name) - 2))


def _meant(name: str, right: str, issue: ReadIssue) -> bool:
    return contrasted(name, right) or other_words(name, right) or differ_in_place(name, right, issue.house)


def _finding(here: Words, right: list[Words]) -> Finding:
    there = right[0].content
    what = message("“{here}”与“{there}”（{times}处）只差一个字", here=here.content, there=there, times=len(right))
    related = Related(right[0], message("这里是“{there}”", there=there))
    return Finding(MANUAL.code, MANUAL.severity, here, what, message("核对是否同一个单位"), (related,))


RULE = IssueRule(MANUAL, _find)
