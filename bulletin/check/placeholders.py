"""What `bulletin new` left to be filled in (请填写) must not reach paper."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, message, warning

PLACEHOLDER = "请填写"


def check_placeholders(issue: Issue) -> Iterator[Problem]:
    """A warning for each title block and each editors' line that is still as it was made."""
    editors = issue.editors
    heads = [(issue.head.span, (editors.responsible, *editors.editors, editors.phone))]
    heads += [
        (manuscript.span, (*manuscript.title, manuscript.speaker, manuscript.position, manuscript.organization))
        for manuscript in issue.manuscripts
    ]
    for span, fields in heads:
        if any(PLACEHOLDER in field for field in fields):
            yield warning("placeholder", span, message("还有“请填写”没有填"), message("逐项填好，或删去不需要的项"))
