"""META001: numbers, dates and editors that texts name, against what `issue.yaml` and the front matter say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.issue import Regular
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.facts.dates import WrittenDate
from bulletin.proofread.reading import ReadArticle, ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_NUMBERED = re.compile(r"(?:(?P<year>\d{4})年)?第(?P<number>\d{1,3})期[（(]总第(?P<serial>\d{1,5})期[）)]")
_EDITOR = re.compile(r"责任编辑[：:]\s{0,2}(?P<name>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_SPEECH = re.compile("讲话|发言|报告|致辞|点评|小结")
_HEADS = (Role.TITLE, Role.SUBTITLE)

MANUAL = Manual(
    code="META001",
    title=message("正文里的期号、日期、责任编辑与报头、题下写的不一致"),
    says=message(
        "正文提到某年第几期（总第几期）的，按本期推算；标题、副题和文末落款里的日期，与题下的 date 核对；正文里写明责任编辑的，与 issue.yaml 核对。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：报头、报尾与正文互相核对",
    bad=(
        "接《银龄工作动态》2026年第8期（总第209期）。",
        "标题：在推进会上的讲话（10月15日）\n日期：2026-10-13\n同志们：",
        "单位：某县委老干部局\n日期：2026-10-13\n现将有关事项通知如下。\n2026年10月14日",
        "会议圆满结束。（责任编辑：周研）",
    ),
    good=(
        "接《银龄工作动态》2026年第8期（总第208期）。",
        "标题：在推进会上的讲话（10月13日）\n日期：2026-10-13\n同志们：",
        "会议圆满结束。（责任编辑：周砚）",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    for text in issue.texts:
        if "总第" in text.content:
            yield from _numbers(text, issue)
        if "责任编辑" in text.content:
            yield from _editors(text, issue)
    days = {manuscript.slug: manuscript.date for manuscript in issue.issue.manuscripts}
    for article in issue.articles:
        day = days.get(article.slug)
        if day:
            yield from _dates(article, day)


def _numbers(text: ReadText, issue: ReadIssue) -> Iterator[Finding]:
    """Issues of the same year: the running total goes up with the number."""
    running = issue.issue.head.running
    if not isinstance(running, Regular):
        return
    for found in _NUMBERED.finditer(text.content):
        serial = running.serial - running.number + int(found["number"])
        if int(found["year"] or issue.day.year) == issue.day.year and int(found["serial"]) != serial:
            what = message("按本期的期号推算，第{number}期是总第{serial}期", number=found["number"], serial=serial)
            yield _finding(text.words(*found.span("serial")), what)


def _editors(text: ReadText, issue: ReadIssue) -> Iterator[Finding]:
    responsible = issue.issue.editors.responsible
    if text.text.role is Role.FIELD:
        return
    for found in _EDITOR.finditer(text.content):
        if found["name"] != responsible:
            what = message("责任编辑在 issue.yaml 里是“{name}”", name=responsible)
            yield _finding(text.words(*found.span("name")), what)


def _dates(article: ReadArticle, day: date) -> Iterator[Finding]:
    """The date of the speech in its title, and the one that stands alone at the end of an article."""
    for text, written in (*_of_speech(article), *_alone(article.texts[-1:])):
        if written.day and (written.year or day.year, written.month, written.day) != (day.year, day.month, day.day):
            what = message("题下的 date 是 {day}", day=day.isoformat())
            yield _finding(text.words(written.start, written.end), what)


def _of_speech(article: ReadArticle) -> Iterator[tuple[ReadText, WrittenDate]]:
    """Dates that begin a title or 副题 (10月13日在…会上的讲话), or stand in brackets at its end."""
    for text in article.texts:
        if text.text.role in _HEADS and _SPEECH.search(text.content) and not text.periods:
            ends = (text.content.rstrip("）)"), text.content)
            for written in text.dates:
                if written.start == 0 or (ends[0] != ends[1] and written.end == len(ends[0])):
                    yield text, written


def _alone(last: tuple[ReadText, ...]) -> Iterator[tuple[ReadText, WrittenDate]]:
    """The date that is all of the last text."""
    for text in last:
        yield from ((text, written) for written in text.dates if (written.start, written.end) == (0, len(text.content)))


def _finding(words: Words, what: Message) -> Finding:
    return Finding(MANUAL.code, MANUAL.severity, words, what, message("核对两处，改正错的一处"))


RULE = IssueRule(MANUAL, _find)
