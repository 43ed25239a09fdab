"""Title blocks: names without the blanks that the printer puts in (刘 文 生 is typed 刘文生), dates that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, message, warning

_SPACED = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def check_bylines(issue: Issue) -> Iterator[Problem]:
    """A name spaced out by hand cannot be found by search; an article cannot be younger than its issue."""
    names = [(manuscript.speaker, manuscript.places.of("speaker")) for manuscript in issue.manuscripts]
    names.append((issue.editors.responsible, issue.head.places.of("editors.responsible")))
    names += [
        (name, issue.head.places.of(f"editors.editors.{number}")) for number, name in enumerate(issue.editors.editors)
    ]
    for manuscript in issue.manuscripts:
        if manuscript.date and manuscript.date > issue.head.date:
            what = message(
                "文章日期 {date} 晚于本期日期 {issue}", date=str(manuscript.date), issue=str(issue.head.date)
            )
            yield warning("date-article", manuscript.places.of("date"), what, message("核对两个日期"))
    for name, span in names:
        if _SPACED.search(name):
            advice = message("写成“{name}”；排版时字间会自动加空", name=_SPACED.sub("", name))
            yield warning("name-spaced", span, message("姓名“{name}”中间有空格", name=name), advice)
