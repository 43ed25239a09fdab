"""密级 has no place here: a classified issue is not made on a machine with a network (safety, row 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Text
from bulletin.model.walk import walk

_MARK = re.compile(r"(绝密|机密|秘密)\s*[★☆]")
_GRADE = re.compile(r"绝密|机密|秘密|[★☆]")


def check_secrecy(issue: Issue) -> Iterator[Problem]:
    """A secrecy grade in the marking, or a secrecy mark anywhere in a text."""
    for marking in issue.marking:
        if _GRADE.search(marking):
            yield _refused(issue.head.span, marking)
    for manuscript in issue.manuscripts:
        for block in manuscript.blocks:
            for text in walk(block, Text):
                found = _MARK.search(text.content)
                if found:
                    yield _refused(getattr(block, "span", manuscript.span), found[0])


def _refused(span: Span, mark: str) -> Problem:
    what = message("出现密级标志“{mark}”", mark=mark)
    return error("secrecy", span, what, message("涉密稿件不得在本机处理，请立即按保密规定处置"))
