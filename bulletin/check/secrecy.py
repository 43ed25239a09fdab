"""密级 has no place here: a classified issue is not made on a machine with a network (safety, row 29).

(That a line of a file is a mark and nothing else is told by `load`, which knows lines.)
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue, Manuscript
from bulletin.model.problem import Problem, Span
from bulletin.model.secrecy import GRADE, MARK, refused
from bulletin.model.walk import walk


def check_secrecy(issue: Issue) -> Iterator[Problem]:
    """A secrecy grade in the marking, or a secrecy mark anywhere in a text, remarks among them."""
    for number, marking in enumerate(issue.marking):
        if GRADE.search(marking):
            yield refused(issue.head.places.of(f"marking.{number}"), marking)
    if found := MARK.search(issue.editors_note):
        yield refused(issue.head.places.of("editors_note"), found[0])
    for manuscript in issue.manuscripts:
        said = (manuscript.title, manuscript.subtitle, manuscript.editors_note, manuscript.blocks, manuscript.notes)
        if MARK.search("\n".join(walk((said, manuscript.comments), str))):
            yield from _marks_in(manuscript)


def _marks_in(manuscript: Manuscript) -> Iterator[Problem]:
    texts: list[tuple[Span, str]] = [(manuscript.places.of("title"), " ".join(manuscript.title))]
    texts.append((manuscript.places.of("subtitle"), manuscript.subtitle))
    texts.append((manuscript.places.of("editors_note"), manuscript.editors_note))
    for block in manuscript.blocks:
        texts += [(getattr(block, "span", manuscript.span), text) for text in walk(block, str)]
    texts += [(note.span, text) for note in manuscript.notes for text in walk(note.content, str)]
    texts += [(comment.span, comment.content) for comment in manuscript.comments]
    for span, text in texts:
        if found := MARK.search(text):
            yield refused(span, found[0])
