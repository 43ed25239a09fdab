"""CON010: a word that goes on otherwise than everywhere else: 离退休干战."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule

_BEGINNING = 4
_OFTEN = 12
_HAN = re.compile(r"[\u4e00-\u9fff]{5,}")

MANUAL = Manual(
    code="CON010",
    title=message("常用的词这里断了"),
    says=message(
        "四个字后面全期总是跟着同一个字（离退休干—部），只有一处不是，那一处的四个字里又有一个不成词的字：可能漏字、错字。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="三校一读：本期用词统一",
    bad=(
        "\n".join(
            [*(f"第{number}，抓好离退休干部党建。" for number in "一二三四五六七八九十百千"), "离退休干战疫视频发布。"]
        ),
    ),
    good=("\n".join(f"第{number}，抓好离退休干部党建。" for number in "一二三四五六七八九十百千"),),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    for beginning, next_ones in _followers(issue).items():
        if len(next_ones) == 2:
            (usual, times), (odd, once) = next_ones.most_common()
            if once == 1 and times >= _OFTEN and _half_a_word(beginning, usual, odd):
                yield from _told(issue, beginning, usual, odd, times)


def _followers(issue: ReadIssue) -> dict[str, Counter[str]]:
    """What follows each four characters that are frequent, and how often."""
    runs = [run for text in issue.texts for run in _HAN.findall(text.content)]
    fives = Counter(run[start : start + _BEGINNING + 1] for run in runs for start in range(len(run) - _BEGINNING))
    frequent = {five[:-1] for five, times in fives.items() if times >= _OFTEN}
    followers: dict[str, Counter[str]] = defaultdict(Counter)
    for five, times in fives.items():
        if five[:-1] in frequent:
            followers[five[:-1]][five[-1]] = times
    return followers


def _half_a_word(beginning: str, usual: str, odd: str) -> bool:
    """True if its last character makes a word with what usually follows, and none with what follows here, or what is before it."""
    import rjieba  # loads its dictionary: only where a run is frequent

    return bool(
        rjieba.has_word(beginning[-1] + usual)
        and not rjieba.has_word(beginning[-1] + odd)
        and not any(rjieba.has_word(beginning[start:]) for start in range(_BEGINNING - 1))
    )


def _told(issue: ReadIssue, beginning: str, usual: str, odd: str, times: int) -> Iterator[Finding]:
    here, there = _place(issue, beginning + odd), _place(issue, beginning + usual)
    if here and there:
        what = message(
            "“{right}”本期有 {times} 处，这里是“{here}”", right=beginning + usual, times=times, here=here.content
        )
        related = Related(there, message("常见的写法"))
        yield Finding(MANUAL.code, MANUAL.severity, here, what, message("看看是否漏字"), (related,))


def _place(issue: ReadIssue, run: str) -> Words | None:
    for text in issue.texts:
        start = text.content.find(run)
        if start >= 0:
            return text.words(start, start + len(run))
    return None


RULE = IssueRule(MANUAL, _find)
