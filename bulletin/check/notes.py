"""Footnotes: each is referred to once."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, error, message
from bulletin.model.prose import Heading, NoteRef
from bulletin.model.walk import characters, walk

LONGEST_NOTE = 800


def check_notes(issue: Issue) -> Iterator[Problem]:
    """A footnote referred to twice would be printed twice; one inside a heading or a footnote has no place."""
    for manuscript in issue.manuscripts:
        for note in manuscript.notes:
            if characters(note.content) > LONGEST_NOTE:
                what = message("脚注超过 {limit} 字，一页排不下", limit=LONGEST_NOTE)
                yield error("note-long", note.span, what, message("把内容移到正文里"))
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
