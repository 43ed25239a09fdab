"""PUN018: two members of a list glued together that stand apart in other lists of the issue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.matching import HAN, report
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_LIST = re.compile(rf"[{HAN}]{{1,12}}(?:、[{HAN}]{{1,12}}){{1,30}}")
_TAIL = re.compile("等|各|和|及|与|的|在|中|方面|单位")
_LONGEST = 4
"""Characters of one member: longer ones are seldom written side by side."""

MANUAL = Manual(
    code="PUN018",
    title=message("并列的两项连在了一起"),
    says=message("全期别处分开列举的两项，这里连写成一项，可能漏了顿号。"),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5",
    bad=("分布在机关、高校企业、社区等领域。\n涵盖机关、高校、企业、社区。",),
    good=("分布在机关、高校、企业、社区等领域。",),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    members = [member for part in issue.parts for text in part.prose for member in _members(text)]
    spoken = Counter(words.content for words, _ in members)
    apart = {(one.content, two.content) for one, two in _neighbours(members)}
    for words, inner in members:
        content = words.content
        pair = next((pair for pair in _halves(content) if pair in apart or pair[::-1] in apart), None)
        if inner and pair and spoken[content] == 1:
            what = message("别处“{one}”“{two}”是分开的两项，这里连在一起", one=pair[0], two=pair[1])
            yield report(MANUAL, words, what, message("漏了顿号的请补上"))


def _members(text: ReadText) -> Iterator[tuple[Words, bool]]:
    """The members of each list of Han, and whether each stands between others; the last ends where its list does, not where its clause does."""
    for found in _LIST.finditer(text.content):
        start = found.start()
        parts = found[0].split("、")
        for number, part in enumerate(parts):
            tail = _TAIL.search(part, 1) if number == len(parts) - 1 else None
            length = tail.start() if tail else len(part)
            whole = number > 0 and (number < len(parts) - 1 or tail is not None)
            yield text.words(start, start + length), whole
            start += len(part) + 1


def _neighbours(members: list[tuple[Words, bool]]) -> Iterator[tuple[Words, Words]]:
    """Members that stand side by side in a list, each whole."""
    for (one, one_whole), (two, two_whole) in pairwise(members):
        if one_whole and two_whole and one.text is two.text and two.start == one.end + 1:
            yield one, two


def _halves(content: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a member in two; not those of which both halves begin or end alike, as one writes 新情况新问题 on purpose."""
    for cut in range(2, len(content) - 1):
        one, two = content[:cut], content[cut:]
        if max(len(one), len(two)) <= _LONGEST and one[0] != two[0] and one[-1] != two[-1]:
            yield one, two


RULE = IssueRule(MANUAL, _find)
