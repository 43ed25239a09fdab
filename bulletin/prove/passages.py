"""What a reader must find, in order: the text of an edition, passage by passage, apart from any renderer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import assert_never

from bulletin.model.edition import CONTENTS_HEADING, Article, Edition, Imprint, WebEdition
from bulletin.model.problem import Span
from bulletin.model.prose import (
    AttachmentNote,
    Code,
    ComposedBlock,
    ComposedInline,
    CrossLink,
    Divider,
    Emphasis,
    Figure,
    ItemList,
    LineBreak,
    Note,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Signature,
    Strong,
    Table,
    Text,
    Verbatim,
    WebLink,
)
from bulletin.model.walk import walk

_MARK = "\0"
"""Stands before a footnote mark while a passage is put together; no text has it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text, and the source it comes from.

    `head` is what a table may repeat on a new page; `marks` are the offsets of footnote marks in `text`.
    """

    text: str
    span: Span
    head: str = ""
    marks: tuple[int, ...] = ()


def squeezed(text: str) -> str:
    """The text without white space: what is compared, since lines and gaps are the printer's business."""
    return "".join(text.split())


def print_passages(edition: Edition, openings: Mapping[int, int], issue_file: Span) -> Iterator[Passage]:
    """The body of the printed issue in reading order; footnotes are in `note_passages`.

    `openings` is the page that each article begins on, by its position.
    """
    front = (
        *((edition.copy_number, *edition.marking) if edition.copy_number_left else _beside(edition)),
        edition.masthead.title,
        edition.masthead.numbering,
        edition.masthead.publisher,
        edition.masthead.date_text,
        CONTENTS_HEADING,
    )
    yield from (_passage(text, issue_file) for text in front)
    for highlight in edition.highlights:
        yield _passage(f"{highlight.text}{openings.get(highlight.position, '')}", issue_file)
    for block in edition.editors_note:
        yield from _block_passages(block, issue_file)
    for article in edition.articles:
        yield from article_passages(article)
    yield from imprint_passages(edition, issue_file)


def imprint_passages(edition: Edition, issue_file: Span) -> Iterator[Passage]:
    """The foot of the issue (报尾), or of the web's PDF."""
    imprint = edition.imprint
    if isinstance(imprint, Imprint):
        for line in imprint.distribution:
            yield _passage(line.label + "".join(line.ranks), issue_file)
        entries = imprint.editors
    else:
        entries = (*imprint.published, *imprint.found)
    yield _passage("".join(label + text for label, text in entries), issue_file)
    yield _passage(imprint.closing, issue_file)


def _beside(edition: Edition) -> tuple[str, ...]:
    """Marking, and the copy number right of its first line."""
    return (*edition.marking[:1], edition.copy_number, *edition.marking[1:])


def article_passages(article: Article) -> Iterator[Passage]:
    """The title block and the body of an article."""
    start = Span(article.source, 1)
    for block in article.editors_note:
        yield from _block_passages(block, start)
    for text in (article.label, *article.title, article.subtitle, article.dateline, article.byline):
        yield _passage(text, start)
    for block in article.blocks:
        yield from _block_passages(block, start)


def note_passages(article: Article) -> tuple[Passage, ...]:
    """The footnotes of an article in order, each with its mark before it."""
    start = Span(article.source, 1)
    return tuple(_passage(note.mark + _shown(note.content), start) for note in walk(article.blocks, Note))


def web_issue_passages(edition: WebEdition, issue_file: Span) -> Iterator[Passage]:
    """The issue's own page, in its regions: head, 要览, and a title and a byline for each article, section by section."""
    front = (
        *edition.marking,
        edition.masthead.title,
        edition.masthead.numbering,
        edition.masthead.publisher,
        edition.masthead.date_text,
    )
    lines = tuple(highlight.text for highlight in edition.shown_highlights)
    said = (*front, CONTENTS_HEADING, *lines) if lines else front
    yield from (_passage(text, issue_file) for text in said)
    for block in edition.editors_note:
        yield from _block_passages(block, issue_file)
    yield _passage("本期文章", issue_file)
    for card, article in sorted(
        zip(edition.cards, edition.articles, strict=True), key=lambda each: each[0].section_order
    ):
        yield _passage("".join(article.title) + card.byline, Span(article.source, 1))


def _passage(text: str, span: Span) -> Passage:
    shown = squeezed(text)
    if _MARK not in shown:
        return Passage(shown, span)
    parts = shown.split(_MARK)
    marks = tuple(accumulate(map(len, parts)))[:-1]
    return Passage("".join(parts), span, marks=marks)


def _block_passages(block: ComposedBlock, near: Span) -> Iterator[Passage]:
    match block:
        case Paragraph() | Salutation():
            yield _passage(_shown(block.content), block.span)
        case NumberedHeading():
            yield _passage(block.label + _shown(block.content), block.span)
        case RunInHeading():
            yield _passage(_shown(block.lead) + _shown(block.content), block.span)
        case Quote(blocks):
            for inner in blocks:
                yield from _block_passages(inner, near)
        case ItemList(_, items):
            for item in items:
                yield _passage(item.mark, near)
                for inner in item.blocks:
                    yield from _block_passages(inner, near)
        case Table():
            head = _passage("".join(_shown(cell) for cell in block.head), block.span)
            yield head
            for row in block.rows:
                yield replace(_passage("".join(_shown(cell) for cell in row), block.span), head=head.text)
        case Figure():
            yield _passage(block.caption, block.span)
        case Verbatim():
            yield _passage(block.content, block.span)
        case Divider():
            pass
        case AttachmentNote() | Signature():
            yield _passage(_closing(block), near)
        case _:
            assert_never(block)


def _closing(block: AttachmentNote | Signature) -> str:
    return block.text if isinstance(block, AttachmentNote) else block.name + block.date


def _shown(inlines: Iterable[ComposedInline]) -> str:
    return "".join(_shown_inline(inline) for inline in inlines)


def _shown_inline(inline: ComposedInline) -> str:
    match inline:
        case Text(content) | Code(content):
            return content
        case LineBreak():
            return ""
        case Strong() | Emphasis() | WebLink() | CrossLink():
            return _shown(inline.content)
        case Note():
            return _MARK + inline.mark
        case _:
            assert_never(inline)
