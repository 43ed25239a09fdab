"""What `bulletin new` left to be filled in (请填写) must not reach paper."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, message, warning

PLACEHOLDER = "请填写"


def check_placeholders(issue: Issue) -> Iterator[Problem]:
    """A warning for each field of a title block or of the editors that is still as it was made."""
    editors = issue.editors
    fields = [
        (issue.head.places.of("editors.responsible"), editors.responsible),
        (issue.head.places.of("editors.phone"), editors.phone),
    ]
    for manuscript in issue.manuscripts:
        fields += [
            (manuscript.places.of("title"), " ".join(manuscript.title)),
            (manuscript.places.of("speaker"), manuscript.speaker),
            (manuscript.places.of("position"), manuscript.position),
            (manuscript.places.of("organization"), manuscript.organization),
        ]
    for span, text in fields:
        if PLACEHOLDER in text:
            yield warning("placeholder", span, message("还有“请填写”没有填"), message("填好，或删去不需要的项"))
