"""密级 has no place here: a classified issue is not made on a machine with a network (safety, row 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.walk import walk

_MARK = re.compile(r"(绝密|机密|秘密)\s*[★☆]")
_GRADE = re.compile(r"绝密|机密|秘密|[★☆]")


def check_secrecy(issue: Issue) -> Iterator[Problem]:
    """A secrecy grade in the marking, or a secrecy mark anywhere in a text."""
    for number, marking in enumerate(issue.marking):
        if _GRADE.search(marking):
            yield _refused(issue.head.places.of(f"marking.{number}"), marking)
    if found := _MARK.search(issue.editors_note):
        yield _refused(issue.head.places.of("editors_note"), found[0])
    for manuscript in issue.manuscripts:
        said = (manuscript.title, manuscript.subtitle, manuscript.editors_note, manuscript.blocks, manuscript.notes)
        if not _MARK.search("\n".join(walk(said, str))):
            continue
        texts = [(manuscript.places.of("title"), " ".join(manuscript.title))]
        texts.append((manuscript.places.of("subtitle"), manuscript.subtitle))
        texts.append((manuscript.places.of("editors_note"), manuscript.editors_note))
        for block in manuscript.blocks:
            texts += [(getattr(block, "span", manuscript.span), text) for text in walk(block, str)]
        texts += [(note.span, text) for note in manuscript.notes for text in walk(note.content, str)]
        for span, text in texts:
            found = _MARK.search(text)
            if found:
                yield _refused(span, found[0])


def _refused(span: Span, mark: str) -> Problem:
    what = message("出现密级标志“{mark}”", mark=mark)
    return error("secrecy", span, what, message("涉密稿件不得在本机处理，请立即按保密规定处置"))
