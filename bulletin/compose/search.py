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
    """All text of the article's page, in its order but for title and subtitle; then footnotes, words that stand for pictures, subjects.

    The marks of footnotes are left out: no one searches for them, and they would part words.
    """
    head = (article.label, article.dateline, article.byline)
    notes = (plain_text(note.content) for note in walk(article.blocks, Note))
    pictures = (figure.alternative for figure in walk((article.editors_note, article.blocks), Figure))
    passages = (*_texts(article.editors_note), *head, *_texts(article.blocks), *notes, *pictures, *card.subjects)
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


def _texts(blocks: Iterable[ComposedBlock]) -> Iterator[str]:
    return chain.from_iterable(map(_block_texts, blocks))


def _block_texts(block: ComposedBlock) -> Iterator[str]:
    match block:
        case Paragraph(content) | Salutation(content):
            yield plain_text(content)
        case NumberedHeading(_, label, content):
            yield label + plain_text(content)
        case RunInHeading(_, lead, content):
            yield plain_text(lead) + plain_text(content)
        case Quote(blocks):
            yield from _texts(blocks)
        case ItemList(_, items):
            for item in items:
                first, *rest = (*_texts(item.blocks), "")
                yield item.mark + first
                yield from rest
        case Table(head, rows):
            yield from (plain_text(cell) for row in (head, *rows) for cell in row)
        case Figure():
            yield block.caption
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
