"""Numbers typed by hand before headings and run-in headings: in order, and in the standard's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin.model.issue import Issue, Manuscript
from bulletin.model.numbering import MOST_SECTIONS, Section, section_label, sections_of, typed_number
from bulletin.model.problem import Problem, Severity, Span, error, message, warning
from bulletin.model.prose import Heading, ItemList, Paragraph, Quote
from bulletin.model.walk import plain_text, walk

_LONGEST_HEADING = 60
_PASTED_LEVELS = (1, 2)


def check_headings(issue: Issue) -> Iterator[Problem]:
    """A wrong number is an error before a heading, a warning before a run-in heading; a wrong form is a warning."""
    for manuscript in issue.manuscripts:
        sections = sections_of(manuscript.blocks)
        for section in sections.values():
            yield from _check_number(section)
        yield from _check_place(manuscript)
        yield from _check_plain(manuscript, sections)


def _check_number(section: Section) -> Iterator[Problem]:
    typed = section.typed
    if section.number > MOST_SECTIONS:
        if section.number == MOST_SECTIONS + 1:
            what = message("同一级标题超过 {most} 个", most=MOST_SECTIONS)
            yield error("heading-number", section.span, what, message("请检查标题的级别，或分成几篇"))
        return
    if typed is None:
        return
    expected = section_label(section.level, section.number)
    if typed.level != section.level or typed.number != section.number:
        severity = Severity.WARNING if section.run_in else Severity.ERROR
        what = message("编号是“{typed}”，按顺序应为“{expected}”", typed=typed.text, expected=expected)
        advice = message("改正编号；标题前的编号也可以不写，由程序添加")
        yield Problem("heading-number", severity, section.span, what, advice)
    elif not typed.well_formed:
        what = message("编号写成了“{typed}”，应为“{expected}”", typed=typed.text, expected=expected)
        yield warning("heading-form", section.span, what, message("GB/T 15834—2011 附录 B.3：一、 （一） 1. （1）"))


def _check_plain(manuscript: Manuscript, known: Mapping[Span, Section]) -> Iterator[Problem]:
    """Short lines that begin like headings, count up from one and end without a mark, as pasted from a word processor."""
    expected = dict.fromkeys(_PASTED_LEVELS, 1)
    for block in (block for block in manuscript.blocks if isinstance(block, Paragraph) and block.span not in known):
        text = plain_text(block.content)
        typed = typed_number(text)
        if not typed or typed.level not in expected or typed.number != expected[typed.level]:
            continue
        if len(text) <= _LONGEST_HEADING and text[-1] not in "。；：！？，、”）":
            expected[typed.level] += 1
            advice = message("是标题请写成“{mark} {text}”", mark="#" * (typed.level + 1), text=text[:20])
            yield warning("heading-plain", block.span, message("这一行像标题，会印成正文"), advice)


def _check_place(manuscript: Manuscript) -> Iterator[Problem]:
    for container in manuscript.blocks:
        if isinstance(container, (Quote, ItemList)):
            for heading in walk(container, Heading):
                yield error(
                    "heading-place", heading.span, message("引文和列表里不能有标题"), message("把标题移出来，或去掉 #")
                )
