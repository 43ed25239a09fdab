"""Whether a Word file that was made says what the edition says: read back by the importer's own reader."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.edition import Article, Edition
from bulletin.model.foreign import ForeignDocument
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import (
    AttachmentNote,
    ComposedBlock,
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
from bulletin.model.walk import plain_text, walk

_SHOWN = 30


def prove_exported(edition: Edition, only: str, document: ForeignDocument, path: str) -> list[Problem]:
    """Holds the text of the file, automatic numbers among it, against each article that it should have, character for character."""
    said = _bare(document.text)
    place = 0
    for article in (each for each in edition.articles if only in ("", each.slug)):
        wanted = _bare("".join(_texts(article)))
        at = said.find(wanted, place)
        if at < 0:
            return [_differs(wanted, said[place:], path)]
        place = at + len(wanted)
        lost = [words for note in walk(article.blocks, Note) if (words := _bare(plain_text(note.content))) not in said]
        if lost:
            return [_differs(lost[0], "", path)]
    return []


def _differs(wanted: str, said: str, path: str) -> Problem:
    same = next((at for at, (one, other) in enumerate(zip(wanted, said, strict=False)) if one != other), 0)
    what = message("Word 文件里的文字与原稿不一致：“{words}”附近", words=wanted[same : same + _SHOWN])
    return error("export-text", Span(path), what, message("没有写出；请把这一期交给维护人员"))


def _texts(article: Article) -> Iterator[str]:
    yield from (text for block in article.editors_note for text in _texts_of(block))
    yield article.label
    yield from article.title
    yield from (article.subtitle, article.dateline, article.byline)
    yield from (text for block in article.blocks for text in _texts_of(block))


def _texts_of(block: ComposedBlock) -> Iterator[str]:
    match block:
        case NumberedHeading():
            yield block.label + plain_text(block.content)
        case RunInHeading():
            yield plain_text(block.lead) + plain_text(block.content)
        case Paragraph() | Salutation():
            yield plain_text(block.content)
        case Quote():
            yield from (text for inner in block.blocks for text in _texts_of(inner))
        case ItemList():
            for item in block.items:
                yield item.mark
                yield from (text for inner in item.blocks for text in _texts_of(inner))
        case Table():
            yield from (plain_text(cell) for row in (block.head, *block.rows) for cell in row)
        case Figure():
            yield block.caption
        case Verbatim():
            yield block.content
        case AttachmentNote():
            yield block.text
        case Signature():
            yield block.name + block.date
        case _:
            return


def _bare(text: str) -> str:
    return "".join(text.split())
