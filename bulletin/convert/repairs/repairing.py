"""The rules in the order in which they are applied, and how: each over the whole document, each edit told as a repair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bulletin.convert.repairs.edits import Edit, Setting, made, own_text, told
from bulletin.convert.repairs.joining import join_paragraphs
from bulletin.convert.repairs.rules import (
    blanks,
    brackets,
    dashes,
    edges,
    full_width,
    look_alikes,
    marks,
    markup,
    quotes,
    stray_words,
    unseen,
)
from bulletin.model.foreign import ForeignBlock, ForeignDocument, ForeignParagraph
from bulletin.model.repair import Repair

Find = Callable[[Setting], Iterator[Edit]]

_BEFORE_JOINING: tuple[tuple[str, Find], ...] = (
    ("unseen", unseen.find),
    ("look-alikes", look_alikes.find),
    ("edges", edges.find),
    ("markup", markup.find),
    ("edges", edges.find),
)
_AFTER_JOINING: tuple[tuple[str, Find], ...] = (
    ("full-width", full_width.find),
    ("brackets", brackets.find),
    ("dashes", dashes.find),
    ("quotes", quotes.find),
    ("marks", marks.find),
    ("stray-words", stray_words.find),
    ("blanks", blanks.find),
)

_IN_CODE = frozenset({"unseen"})
"""Rules that hold where every other character is meant."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A document as repaired, and the repairs in the order in which they were made."""

    document: ForeignDocument
    repairs: tuple[Repair, ...]


def repair(document: ForeignDocument) -> Repaired:
    """The document with what is surely or likely wrong in its words put right. What is doubtful stays, and is listed."""
    repairs: list[Repair] = []
    for name, find in _BEFORE_JOINING:
        document = _apply(document, name, find, repairs)
    document = join_paragraphs(document, repairs)
    for name, find in _AFTER_JOINING:
        document = _apply(document, name, find, repairs)
    return Repaired(document, tuple(repairs))


def _apply(document: ForeignDocument, name: str, find: Find, repairs: list[Repair]) -> ForeignDocument:
    """The document after one rule; what the rule did is added to `repairs`."""
    offset = 0

    def repaired(paragraph: ForeignParagraph, *, table: bool = False) -> ForeignParagraph:
        nonlocal offset
        if paragraph.style == "Code" and name not in _IN_CODE:
            offset += len(paragraph.text) + 1
            return paragraph
        edits = sorted(
            find(Setting(own_text(paragraph), table, bool(paragraph.number))), key=lambda edit: (edit.start, edit.end)
        )
        edits = list(_apart(edits))
        changed = paragraph
        if edits:
            repairs.extend(told(paragraph, edits, name, offset))
            changed = made(paragraph, edits)
        offset += len(changed.text) + 1
        return changed

    def block_of(block: ForeignBlock) -> ForeignBlock:
        if isinstance(block, ForeignParagraph):
            return repaired(block)
        rows = []
        for row in block.rows:
            rows.append(
                tuple(
                    replace(cell, paragraphs=tuple(repaired(each, table=True) for each in cell.paragraphs))
                    for cell in row
                )
            )
        return replace(block, rows=tuple(rows))

    blocks = tuple(block_of(block) for block in document.blocks)
    notes = tuple(
        replace(note, paragraphs=tuple(repaired(each) for each in note.paragraphs)) for note in document.notes
    )
    return replace(document, blocks=blocks, notes=notes)


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """Of edits that overlap, the first."""
    end = 0
    for edit in edits:
        if edit.start >= end:
            yield edit
            end = edit.end
