"""本期要览: what is in the issue, a line for each speech, reports counted."""

from __future__ import annotations

from bulletin.model.edition import Highlight
from bulletin.model.issue import Manuscript


def compose_highlights(manuscripts: tuple[Manuscript, ...], *, full: bool = False) -> tuple[Highlight, ...]:
    """The lines of the 要览, in the order in which the articles or their kinds first appear; attachments are not listed.

    A line for all articles of a kind leads to the first of them; if it is to be `full`, it is followed by their titles.
    """
    lines: dict[str, list[Highlight]] = {}
    for position, manuscript in enumerate(manuscripts, start=1):
        kind = manuscript.kind
        if kind.attachment:
            continue
        if kind.counted:
            count = sum(1 for other in manuscripts if other.kind == kind)
            counted = Highlight(kind.counted.format(label=kind.label, count=count), position)
            listed = lines.setdefault(kind.name, [counted])
            listed += [Highlight(" ".join(manuscript.title), position, nested=True)] if full else []
        else:
            lines[manuscript.slug] = [Highlight(manuscript.highlight, position)]
    return tuple(highlight for group in lines.values() for highlight in group)


def place_highlights(texts: tuple[str, ...], manuscripts: tuple[Manuscript, ...]) -> tuple[Highlight, ...]:
    """要览 set by hand: each line leads to the first article that it names by title or speaker, or else counts by its kind."""
    return tuple(Highlight(text, _named_in(text, manuscripts)) for text in texts)


def _named_in(text: str, manuscripts: tuple[Manuscript, ...]) -> int:
    for position, manuscript in enumerate(manuscripts, start=1):
        if any(name and name in text for name in (*manuscript.title, manuscript.speaker)):
            return position
    return next(
        (place for place, each in enumerate(manuscripts, start=1) if each.kind.counted and each.kind.label in text), 0
    )
