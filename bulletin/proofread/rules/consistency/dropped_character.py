"""CON006: a rare run of six characters that is a frequent run of seven without one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule

_LONG = 7
_OFTEN = 8
_FEW = 1
_HAN = re.compile(r"[\u4e00-\u9fff]{6,}")

MANUAL = Manual(
    code="CON006",
    title=message("常用说法里像是漏了一个字"),
    says=message("本期写了八次以上的七个字，有一处只写了其中六个：可能漏字，也可能本来就是另一个说法，请看一眼。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="三校一读：本期用词统一",
    bad=(
        "\n".join(
            [*(f"第{number}，抓好离退休干部党建。" for number in "一二三四五六七八"), "第九，抓好离休干部党建。"]
        ),
    ),
    good=("\n".join(f"第{number}，抓好离退休干部党建。" for number in "一二三四五六七八九"),),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    runs = [run for text in issue.texts for run in _HAN.findall(text.content)]
    long = _grams(runs, _LONG)
    short = _grams(runs, _LONG - 1)
    usual = _shortened(long, short)
    places = _places(issue, usual)
    told: set[tuple[Words, ...]] = set()
    for written, right in usual.items():
        here, there = places.get(written), places.get(right)
        if here and there and not any(_overlap(here, other) for (other,) in told):
            told.add((here,))
            what = message("“{right}”本期有 {times} 处，这里是“{here}”", right=right, times=long[right], here=written)
            related = Related(there, message("常见的写法"))
            yield Finding(MANUAL.code, MANUAL.severity, here, what, message("看看是否漏字"), (related,))


def _grams(runs: list[str], length: int) -> Counter[str]:
    return Counter(run[start : start + length] for run in runs for start in range(len(run) - length + 1))


def _shortened(long: Counter[str], short: Counter[str]) -> dict[str, str]:
    """Each rare run, and the frequent one that has one character more inside, not just before the last, where another word may begin."""
    found = {}
    for right, times in long.items():
        if times >= _OFTEN:
            for place in range(1, _LONG - 2):
                written = right[:place] + right[place + 1 :]
                if 0 < short[written] <= _FEW and right[place] != right[place - 1]:
                    found[written] = right
    return found


def _places(issue: ReadIssue, usual: dict[str, str]) -> dict[str, Words]:
    """Where each of these first stands."""
    wanted = {*usual, *usual.values()}
    places: dict[str, Words] = {}
    for text in issue.texts:
        for run in sorted(wanted - places.keys()):
            start = text.content.find(run)
            if start >= 0:
                places[run] = text.words(start, start + len(run))
    return places


def _overlap(one: Words, other: Words) -> bool:
    return one.text is other.text and one.start < other.end and other.start < one.end


RULE = IssueRule(MANUAL, _find)
