"""The text of an article as search goes through it, and the volumes that the index of all articles is kept in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import assert_never

from bulletin.model.edition import Article
from bulletin.model.prose import (
    AttachmentNote,
    ComposedBlock,
    Divider,
    Figure,
    ItemList,
    Note,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Signature,
    Table,
    Verbatim,
)
from bulletin.model.search import SearchText
from bulletin.model.site import Card, IssueCard
from bulletin.model.walk import plain_text, walk

VOLUME_ARTICLES = 1000
"""Articles of a volume that is full: so an edit makes little anew, and a query needs few files."""


def compose_search_text(article: Article, card: Card) -> SearchText:
    """All text of the article's page: with the words that stand for pictures, footnotes, subjects; without the marks of footnotes."""
    blocks = chain.from_iterable(map(_passages, (*article.editors_note, *article.blocks)))
    notes = (plain_text(note.content) for note in walk(article.blocks, Note))
    passages = (article.label, article.dateline, article.byline, *blocks, *notes, *card.subjects)
    return SearchText(tuple(filter(None, (article.plain_title, article.subtitle))), tuple(filter(None, passages)))


def compose_volumes(issues: Iterable[IssueCard]) -> tuple[tuple[Card, ...], ...]:
    """The articles of each volume of the index, oldest first.

    From the oldest year on, whole years are put into a volume until it holds `VOLUME_ARTICLES`; so a volume that is full stays as it is,
    whatever is published later.
    """
    volumes: list[list[Card]] = []
    year = 0
    for issue in sorted(issues, key=lambda issue: (issue.key.year, issue.date, issue.key)):
        if not volumes or (issue.key.year != year and len(volumes[-1]) >= VOLUME_ARTICLES):
            volumes.append([])
        volumes[-1] += issue.articles
        year = issue.key.year
    return tuple(map(tuple, filter(None, volumes)))


def _passages(block: ComposedBlock) -> Iterator[str]:
    match block:
        case Paragraph(content) | Salutation(content):
            yield plain_text(content)
        case NumberedHeading(_, label, content):
            yield label + plain_text(content)
        case RunInHeading(_, lead, content):
            yield plain_text(lead) + plain_text(content)
        case Quote(blocks):
            yield from chain.from_iterable(map(_passages, blocks))
        case ItemList(_, items):
            for item in items:
                inner = tuple(chain.from_iterable(map(_passages, item.blocks)))
                yield item.mark + "".join(inner[:1])
                yield from inner[1:]
        case Table(head, rows):
            yield from (plain_text(cell) for row in (head, *rows) for cell in row)
        case Figure(_, alternative, caption):
            yield from (alternative, caption)
        case Verbatim(content):
            yield content
        case AttachmentNote():
            yield block.text
        case Signature(name, date):
            yield from (name, date)
        case Divider():
            pass
        case _:
            assert_never(block)
