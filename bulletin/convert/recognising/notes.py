"""Footnotes: those that an article calls, and those that nothing in its body does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from bulletin.convert.recognising.inlines import inlines_of
from bulletin.convert.recognising.pieces import Norm, Piece
from bulletin.model.draft import Doubt
from bulletin.model.foreign import ForeignBlock, ForeignDocument, ForeignNote, ForeignParagraph, ForeignTable, Place
from bulletin.model.problem import Span, message
from bulletin.model.prose import Block, Inline, LineBreak, NoteRef, NoteText, Paragraph
from bulletin.model.walk import walk

_PLAIN = Norm("", 0.0)


class _Noted(Protocol):
    """A body that is being filled."""

    blocks: list[Block]
    notes: list[NoteText[Inline]]
    doubts: list[Doubt]


def add_notes(body: _Noted, document: ForeignDocument) -> None:
    """Adds the notes of the document: those that the blocks call, in that order; the others as paragraphs at the end."""
    known = {note.label: note for note in document.notes}
    for reference in walk(tuple(body.blocks), NoteRef):
        note = known.pop(reference.label, None)
        if note is not None:
            body.notes.append(NoteText(note.label, _text(note, reference.span), reference.span))
    for note in known.values():
        span = Span(document.name, note.paragraphs[0].place.paragraph if note.paragraphs else 0)
        content = _text(note, span)
        if content:
            body.doubts.append(
                Doubt(message("正文没有引用的脚注，移到文末"), Place(paragraph=span.line), len(body.blocks))
            )
            body.blocks.append(Paragraph(content, span))


def _text(note: ForeignNote, span: Span) -> tuple[Inline, ...]:
    """The words of a note; its paragraphs are lines."""
    content: list[Inline] = []
    for paragraph in note.paragraphs:
        words = [inline for inline in inlines_of(paragraph, span, _PLAIN) if not isinstance(inline, NoteRef)]
        content += [LineBreak(), *words] if content and words else words
    return tuple(content)


def shared_out(document: ForeignDocument, parts: list[list[Piece]]) -> list[ForeignDocument]:
    """For each part of the document, the document with the notes that are its own: called there first; the last has what none calls."""
    free = {note.label: note for note in document.notes}
    found = []
    for place, part in enumerate(parts):
        labels = list(free) if place == len(parts) - 1 else _called(piece.block for piece in part)
        own = tuple(free.pop(label) for label in labels if label in free)
        found.append(replace(document, notes=own))
    return found


def _called(blocks: Iterable[ForeignBlock]) -> list[str]:
    paragraphs = (paragraph for block in blocks for paragraph in _paragraphs(block))
    return list(dict.fromkeys(run.note for paragraph in paragraphs for run in paragraph.runs if run.note))


def _paragraphs(block: ForeignBlock) -> Iterable[ForeignParagraph]:
    if isinstance(block, ForeignParagraph):
        return (block,)
    return [paragraph for row in block.rows for cell in row for paragraph in cell.paragraphs]


def without_strange_calls(pieces: list[Piece], document: ForeignDocument) -> list[Piece]:
    """The pieces without calls of notes that the document does not have."""
    known = {note.label for note in document.notes}
    return [
        piece if known.issuperset(_called([piece.block])) else replace(piece, block=_cleaned(piece.block, known))
        for piece in pieces
    ]


def _cleaned(block: ForeignBlock, known: set[str]) -> ForeignBlock:
    if isinstance(block, ForeignTable):
        rows = tuple(
            tuple(replace(cell, paragraphs=tuple(_kept(each, known) for each in cell.paragraphs)) for cell in row)
            for row in block.rows
        )
        return replace(block, rows=rows)
    return _kept(block, known)


def _kept(paragraph: ForeignParagraph, known: set[str]) -> ForeignParagraph:
    return replace(paragraph, runs=tuple(run for run in paragraph.runs if not run.note or run.note in known))
