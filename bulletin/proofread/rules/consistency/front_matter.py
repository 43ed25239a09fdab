"""META002: a meeting, a body or a post that the front matter names, and a text names almost so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.consistency import differ_in_place
from bulletin.proofread.facts.nearly import SHORTEST, may_be_nearly, nearly
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_OCCASION = re.compile(r"^在(?P<name>[^，。；]{8,60})上的.{0,6}(?:讲话|报告|发言|致辞|点评|小结)")
_PARTY = "中共"

MANUAL = Manual(
    code="META002",
    title=message("题头的会名、单位名与正文差一两个字"),
    says=message(
        "标题、副题里的会议名称，题下的单位和职务，是全文的依据；正文提到时只差一两个字的，多半有一处写错了。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：标题、署名与正文互相核对",
    bad=(
        "标题：在全省离退休干部党支部建设推进会上的讲话\n同志们：\n另一篇：\n我们认真学习全省离退休干部党支部建设推动会的精神。",
        "单位：江澜师范大学离退休工作处\n江澜师范大学离退休人员工作处成立以来，支部建起来了。",
    ),
    good=(
        "标题：在全省离退休干部党支部建设推进会上的讲话\n同志们：\n另一篇：\n我们认真学习全省离退休干部党支部建设推进会的精神。",
        "单位：中共沈阳市委老干部局\n沈阳市委老干部局和大连市委老干部局一起调研。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    names = tuple(dict.fromkeys(_names(issue)))
    told = set()
    for name, words in names:
        for text in issue.texts if may_be_nearly(name, issue.content) else ():
            for start, end in nearly(name, text.content):
                here = text.words(start, end)
                if here not in told and not _other(here, name, names, issue):
                    told.add(here)
                    yield _finding(here, name, words)


def _names(issue: ReadIssue) -> Iterator[tuple[str, Words]]:
    """Names that are long enough to be told again, and where they stand."""
    for article in issue.articles:
        for text in article.texts:
            if text.text.role in (Role.TITLE, Role.SUBTITLE):
                found = _OCCASION.match(text.content)
                if found:
                    yield found["name"], text.words(*found.span("name"))
            elif text.text.role is Role.ORGANIZATION:
                yield _whole(text, text.content.removeprefix(_PARTY))
            elif text.text.role is Role.POSITION:
                yield from (_whole(text, post) for post in text.content.split("、") if len(post) >= SHORTEST)


def _whole(text: ReadText, name: str) -> tuple[str, Words]:
    start = text.content.index(name)
    return name, text.words(start, start + len(name))


def _other(here: Words, name: str, names: tuple[tuple[str, Words], ...], issue: ReadIssue) -> bool:
    """True if these words are, or belong to, another of the names, or one of another place."""
    return any(
        other != name and (other in here.content or here.content in other) for other, _ in names
    ) or differ_in_place(here.content, name, issue.house)


def _finding(here: Words, name: str, words: Words) -> Finding:
    what = message("“{here}”与题头的“{there}”只差一两个字", here=here.content, there=name)
    related = Related(words, message("题头是“{there}”", there=name))
    return Finding(MANUAL.code, MANUAL.severity, here, what, message("核对后统一"), (related,))


RULE = IssueRule(MANUAL, _find)
