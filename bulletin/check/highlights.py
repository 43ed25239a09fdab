"""要览 set by hand against what is in the issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.numbering import chinese_numeral
from bulletin.model.problem import Problem, Span, error, message

_COUNT = re.compile(r"(\d+|[一二三四五六七八九十]+)\s*篇")


def check_highlights(issue: Issue) -> Iterator[Problem]:
    """Every article that is not counted is named (by its title or its speaker), and every count is right."""
    if not issue.highlights or not issue.complete:
        return
    text = "\n".join(issue.highlights)
    for manuscript in issue.manuscripts:
        named = (*manuscript.title, manuscript.speaker)
        if not manuscript.kind.counted and not any(name and name in text for name in named):
            what = message("要览里没有“{title}”", title=" ".join(manuscript.title))
            advice = message("补上，或删去 highlights，由程序生成要览")
            yield error("highlights", issue.head.places.of("highlights"), what, advice)
    for number, line in enumerate(issue.highlights):
        yield from _check_counts(issue, line, issue.head.places.of(f"highlights.{number}"))


def _check_counts(issue: Issue, line: str, span: Span) -> Iterator[Problem]:
    found = _COUNT.search(line)
    for kind in dict.fromkeys(manuscript.kind for manuscript in issue.manuscripts):
        count = sum(1 for manuscript in issue.manuscripts if manuscript.kind == kind)
        if kind.counted and kind.label in line and found and found[1] not in (str(count), chinese_numeral(count)):
            what = message("要览说{label}有 {said} 篇，实有 {count} 篇", label=kind.label, said=found[1], count=count)
            yield error("highlights", span, what, message("改正，或删去 highlights，由程序生成要览"))
