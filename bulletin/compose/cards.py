"""Articles as lists of the site show them."""

from __future__ import annotations

from bulletin.model.edition import Article
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.prose import NumberedHeading, Paragraph
from bulletin.model.site import Card
from bulletin.model.walk import characters, plain_text, walk

_SUMMARY = 100
"""Characters of a summary; it ends with … where the text goes on."""


def compose_card(issue: Issue, manuscript: Manuscript, article: Article) -> Card:
    """What lists show of an article of a web edition."""
    return Card(
        key=issue.head.key,
        number=article.position,
        section=manuscript.kind.name,
        section_name=manuscript.kind.label,
        label=article.label,
        title=article.plain_title,
        subtitle=article.subtitle,
        byline=manuscript.byline,
        speaker=manuscript.speaker,
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
            return text[:_SUMMARY].rstrip("，、；：") + "…"
    return text or "".join(plain_text(heading.content) for heading in walk(article.blocks, NumberedHeading))[:_SUMMARY]
