"""PER005: a speaker's name that another text writes with one other character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.people import NamedPerson
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_NAMED = 3

MANUAL = Manual(
    code="PER005",
    title=message("讲话人的姓名与正文里差一个字"),
    says=message(
        "题下的讲话人姓名，在别处（后面带“同志”或职务）写成了只差一个字的另一个名字。三个字的姓名才比；另有职务、另是一人的不报。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：人名准确；三校一读",
    bad=("讲话人：沈怀昇\n职务：省委老干部局局长\n同志们：\n另一篇：\n沈怀升同志在开班时讲了三个变化。",),
    good=(
        "讲话人：沈怀昇\n职务：省委老干部局局长\n同志们：\n另一篇：\n沈怀昇同志在开班时讲了三个变化。沈怀安同志也作了发言，沈怀安主任，补充了情况。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    speakers = {article.speaker.name: article.speaker for article in issue.articles if article.speaker}
    named = (person.name for article in issue.articles for person in article.people)
    known = {*named, *(person.name for person in issue.house.people)}
    for speaker in speakers.values():
        if len(speaker.name) == _NAMED:
            pattern = _written_otherwise(speaker.name)
            for text in issue.texts:
                yield from _in_text(text, speaker, pattern, known)


def _written_otherwise(name: str) -> re.Pattern[str]:
    """The name with another character in its second or third place, where a name is sure to end."""
    first, second, third = map(re.escape, name)
    return re.compile(
        rf"(?:{first}{second}(?!{third})[\u4e00-\u9fff]|{first}(?!{second})[\u4e00-\u9fff]{third})(?=同志)"
    )


def _in_text(text: ReadText, speaker: NamedPerson, pattern: re.Pattern[str], known: set[str]) -> Iterator[Finding]:
    for found in pattern.finditer(text.content):
        if found[0] not in known:
            what = message("“{here}”与讲话人“{there}”只差一个字", here=found[0], there=speaker.name)
            related = Related(speaker.words, message("题下的讲话人"))
            advice = message("核对姓名用字；确是两个人的，可以保留")
            yield Finding(MANUAL.code, MANUAL.severity, text.words(*found.span()), what, advice, (related,))


RULE = IssueRule(MANUAL, _find)
