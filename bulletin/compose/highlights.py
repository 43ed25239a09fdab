"""本期要览: what is in the issue, a line for each speech, reports counted."""

from __future__ import annotations

from bulletin.model.issue import Manuscript


def compose_highlights(manuscripts: tuple[Manuscript, ...]) -> tuple[str, ...]:
    """The lines of the 要览, in the order in which the articles or their kinds first appear."""
    lines: dict[str, str] = {}
    for manuscript in manuscripts:
        kind = manuscript.kind
        if kind.counted:
            count = sum(1 for other in manuscripts if other.kind == kind)
            lines[kind.name] = kind.counted.format(label=kind.label, count=count)
        else:
            lines[manuscript.slug] = _line_for(manuscript)
    return tuple(lines.values())


def _line_for(manuscript: Manuscript) -> str:
    title = " ".join(manuscript.title)
    return manuscript.kind.highlight.format(
        title=title,
        subtitle=manuscript.subtitle,
        speaker=manuscript.speaker,
        position=manuscript.position,
        organization=manuscript.organization,
        occasion=manuscript.subtitle or title,
        label=manuscript.kind.label,
    )
