"""Footnotes: each is referred to once."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue, Manuscript
from bulletin.model.problem import Problem, error, message
from bulletin.model.prose import Heading, NoteRef
from bulletin.model.walk import characters, walk

MOST_CHARACTERS = 800
MOST_NOTES = 20
"""What one paragraph may have of footnotes: they stand on its page, and there must be room for it."""


def check_notes(issue: Issue) -> Iterator[Problem]:
    """A footnote referred to twice would be printed twice; one inside a heading or a footnote has no place."""
    for manuscript in issue.manuscripts:
        yield from _check_length(manuscript)
        seen: set[str] = set()
        for reference in walk(manuscript.blocks, NoteRef):
            if reference.label in seen:
                what = message("脚注“{label}”引用了两次", label=reference.label)
                yield error("note-repeated", reference.span, what, message("每处引用写一条脚注"))
            seen.add(reference.label)
        for heading in walk(manuscript.blocks, Heading):
            for reference in walk(heading, NoteRef):
                yield error("note-place", reference.span, message("标题里不能有脚注"), message("把脚注移到正文里"))
        for reference in walk(manuscript.notes, NoteRef):
            yield error("note-nested", reference.span, message("脚注里不能再有脚注"))


def _check_length(manuscript: Manuscript) -> Iterator[Problem]:
    if not manuscript.notes:
        return
    length = {note.label: characters(note.content) for note in manuscript.notes}
    for block in manuscript.blocks:
        labels = [reference.label for reference in walk(block, NoteRef)]
        if len(labels) > MOST_NOTES or sum(length.get(label, 0) for label in labels) > MOST_CHARACTERS:
            what = message("这一段的脚注太多或太长，一页排不下")
            advice = message(
                "一段不超过 {notes} 条、{limit} 字；把内容移到正文里，或分段", notes=MOST_NOTES, limit=MOST_CHARACTERS
            )
            yield error("note-long", getattr(block, "span", manuscript.span), what, advice)
