"""Articles as lists of the site show them."""

from __future__ import annotations

import re

from bulletin.model.edition import Article
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.prose import NumberedHeading, Paragraph
from bulletin.model.site import Card
from bulletin.model.walk import characters, plain_text, walk

_SUMMARY = 100
"""The most characters of a summary, without the …… that it ends with where the text goes on."""
_SHORTEST, _LONG_ENOUGH = 30, 60
"""A summary that would be shorter, as its text has no point, is cut anywhere; one that is so long ends with its sentence."""
_PAUSES = "，、；："
_POINT = re.compile(rf"[。！？]+[”）]*|[{_PAUSES}]")


def compose_card(issue: Issue, manuscript: Manuscript, article: Article, owner: Card | None = None) -> Card:
    """What lists show of an article of a web edition; `owner` is what the same audience sees of the one that it is attached to."""
    kinds = [kind.name for kind in issue.publication.kinds or ()]
    section = owner.section if owner else manuscript.kind.name
    return Card(
        key=issue.head.key,
        number=article.position,
        section=section,
        section_name=owner.section_name if owner else manuscript.kind.label,
        section_order=kinds.index(section) if section in kinds else len(kinds),
        label=article.label,
        attached_to=owner.number if owner else 0,
        title=article.plain_title,
        subtitle=article.subtitle,
        byline=manuscript.byline,
        speaker=manuscript.speaker,
        position=manuscript.position,
        organization=manuscript.organization,
        subjects=manuscript.subjects,
        date=manuscript.date or issue.head.date,
        summary=_summary(article),
        characters=characters(article.blocks),
    )


def _summary(article: Article) -> str:
    """The beginning of the running text."""
    text = ""
    for paragraph in walk(article.blocks, Paragraph):
        text += plain_text(paragraph.content)
        if len(text) > _SUMMARY:
            return shorten(text, _SUMMARY)
    return text or shorten("".join(plain_text(heading.content) for heading in walk(article.blocks, NumberedHeading)))


def shorten(text: str, most: int = _SUMMARY) -> str:
    """The beginning of the text, up to a point within `most` characters; …… says that it goes on.

    A sentence is left whole where that makes no summary much shorter, and a quotation wherever it can be.

    Source: GB/T 15834-2011, 4.11 (省略号). What ends a sentence may stand before it; what pauses gives way to it.
    """
    if len(text) <= most:
        return text
    ends = [found.end() for found in _POINT.finditer(text, 0, most)]
    whole = [end for end in ends if end >= _SHORTEST and _is_whole(text[:end])]
    end = max(whole, key=lambda end: (end >= _LONG_ENOUGH and text[end - 1] not in _PAUSES, end), default=most)
    return text[:end].rstrip(_PAUSES) + "……"


def _is_whole(text: str) -> bool:
    """True if every quotation and bracket of the text is closed in it."""
    return all(text.count(opening) == text.count(closing) for opening, closing in ("“”", "（）", "《》"))
