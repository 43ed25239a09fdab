"""ADM001: counties, cities and districts together, in several ways in one article, or in one article as nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.matching import matches
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule

_FORM = re.compile(
    r"县（市、区）|县（区、市）|县（市）区|区县（市）|区（市、县）|区（县、市）|区（市）县"
    r"|(?<![山林库灾城郊地老新特牧矿苏])(?:县市区|市县区|区市县|区县市)|县（区）市|县（区）(?!市)"
)
_FORMS = 2

MANUAL = Manual(
    code="ADM001",
    title=message("县（市、区）的写法不统一"),
    says=message("县、县级市、市辖区合称，一篇文章里用一种写法，如“县（市、区）”；一篇与全期多数不同的，提示一次。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="公文用法：各县（市、区）",
    bad=(
        "各县（市、区）委老干部局参加。\n区（市）县委老干部工作部门推动。",
        "各县（市、区）参加。\n各县（市、区）组织。\n另一篇：\n各县（市）区推动。",
    ),
    good=("各县（市、区）委老干部局参加。\n各市、县（市、区）组织部门推动。",),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    found = [[text.words(*form.span()) for text, form in matches(part.texts, _FORM)] for part in issue.parts]
    whole = Counter(words.content for part in found for words in part)
    if len(whole) < _FORMS:
        return
    usual = whole.most_common(1)[0][0]
    right = next(words for part in found for words in part if words.content == usual)
    for part in found:
        own = Counter(words.content for words in part)
        if part and len(own) == 1 and usual not in own:
            yield _finding(part[0], right, message("全期多作“{usual}”", usual=usual))
        elif len(own) > 1:
            yield from _minority(part, own.most_common(1)[0][0])


def _minority(part: list[Words], usual: str) -> Iterator[Finding]:
    """Each place of an article that is not written as the others of it."""
    right = next(words for words in part if words.content == usual)
    for words in part:
        if words.content != usual:
            yield _finding(words, right, message("本篇多作“{usual}”", usual=usual))


def _finding(words: Words, right: Words, elsewhere: Message) -> Finding:
    what = message("这里作“{form}”，别处作“{usual}”", form=words.content, usual=right.content)
    return Finding(MANUAL.code, MANUAL.severity, words, what, message("用一种写法"), (Related(right, elsewhere),))


RULE = IssueRule(MANUAL, _find)
