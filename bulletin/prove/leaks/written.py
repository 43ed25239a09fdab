"""What an article says, field by field and block by block, each with its place: all that a reader could see or a file could carry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple, assert_never
from urllib.parse import urlsplit

from bulletin.model.issue import Manuscript
from bulletin.model.link import is_outward
from bulletin.model.problem import Span
from bulletin.model.prose import (
    Block,
    Divider,
    Figure,
    Heading,
    Inline,
    ItemList,
    Link,
    Paragraph,
    Quote,
    Table,
    Verbatim,
)
from bulletin.model.walk import plain_text, walk


class Written(NamedTuple):
    """A text as it was written, what it is, and where it stands. A `whole` one tells something even where it is short."""

    text: str
    field: str
    span: Span
    whole: bool = False


def article_fields(manuscript: Manuscript) -> Iterator[Written]:
    """What is said beside the body: title block, subjects, footnotes, words for pictures."""
    places = manuscript.places
    yield Written(" ".join(manuscript.title), "title", places.of("title"), whole=True)
    for field in ("subtitle", "speaker", "position", "organization"):
        yield Written(getattr(manuscript, field), field, places.of(field), whole=True)
    for number, subject in enumerate(manuscript.subjects):
        yield Written(subject, "subjects", _listed(manuscript, "subjects", number), whole=True)
    yield Written(manuscript.editors_note, "editors_note", places.of("editors_note"))
    for note in manuscript.notes:
        yield Written(plain_text(note.content), "note", note.span)
    for figure in walk(manuscript.blocks, Figure):
        yield Written(figure.alternative, "alternative", figure.span, whole=True)
        yield Written(figure.caption, "caption", figure.span, whole=True)
        if not figure.picture.isascii():
            yield Written(PurePosixPath(figure.picture).stem, "picture", figure.span, whole=True)


def _listed(manuscript: Manuscript, field: str, number: int) -> Span:
    """The place of an item of a list, or of the field where it is one text."""
    names = {name for name, _ in manuscript.places.fields}
    return manuscript.places.of(f"{field}.{number}" if f"{field}.{number}" in names else field)


def article_body(manuscript: Manuscript) -> Iterator[Written]:
    """The running text, block by block."""
    for block in manuscript.blocks:
        yield from _block(block)


def article_remarks(manuscript: Manuscript) -> Iterator[Written]:
    """What editors said to each other: it reaches no output, whoever cleared the article."""
    for comment in manuscript.comments:
        yield Written(comment.content, "comment", comment.span)


def article_files(manuscript: Manuscript) -> Iterator[Written]:
    """Names of files, as they would stand in an address: of the article, of its pictures, of hosts and pages that it links to."""
    name = manuscript.slug.partition("-")[2]
    yield Written(manuscript.slug, "slug", manuscript.span)
    if "-" in name:
        yield Written(name, "slug", manuscript.span)
    for figure in walk(manuscript.blocks, Figure):
        yield Written(figure.picture, "picture", figure.span)
        stem = PurePosixPath(figure.picture).stem
        if "-" in stem or "_" in stem:
            yield Written(stem, "picture", figure.span)
    links: Iterator[Link[Inline]] = walk((manuscript.blocks, manuscript.notes), Link)
    for link in links:
        if is_outward(link.target):
            address = urlsplit(link.target)
            yield Written(address.hostname or address.path, "link", link.span)


def _block(block: Block) -> Iterator[Written]:
    match block:
        case Paragraph(content, span) | Heading(_, content, span):
            yield Written(plain_text(content), "body", span, whole=True)
        case Quote(blocks):
            for inner in blocks:
                yield from _block(inner)
        case ItemList(_, items):
            for item in items:
                for inner in item.blocks:
                    yield from _block(inner)
        case Table():
            yield from _cells(block)
        case Verbatim(content, span):
            yield Written(content, "body", span, whole=True)
        case Figure() | Divider():
            return
        case _:
            assert_never(block)


def _cells(table: Table[Inline]) -> Iterator[Written]:
    """The cells, each row at its line: a row of a table is one line of its source, the second parts head and rows."""
    span = table.span
    yield from (Written(plain_text(cell), "body", span, whole=True) for cell in table.head)
    for line, row in enumerate(table.rows, start=span.line + 2):
        yield from (Written(plain_text(cell), "body", Span(span.path, line), whole=True) for cell in row)
