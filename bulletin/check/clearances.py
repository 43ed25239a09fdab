"""Clearances for articles that are not in the issue. (That a clearance is void is told by `pipeline`.)"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, Span, message, warning


def check_clearances(issue: Issue) -> Iterator[Problem]:
    """A renamed or deleted article leaves a clearance behind."""
    for clearance in issue.clearances:
        if clearance.slug not in issue.slugs:
            what = message("审签记录里的“{slug}”不在本期", slug=clearance.slug)
            span = Span(f"issues/{issue.head.key}/clearances.yaml")
            yield warning("clearance-unknown", span, what, message("文章改名后要重新审签"))
