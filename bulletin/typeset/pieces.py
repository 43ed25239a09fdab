"""Where a page may end inside a block, and what of the block then stands before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import assert_never

from bulletin.model.prose import (
    Code,
    CrossLink,
    Divider,
    Emphasis,
    ItemList,
    ListItem,
    Note,
    NumberedHeading,
    Paragraph,
    Quote,
    Rest,
    RunInHeading,
    Salutation,
    SetAttachmentNote,
    SetBlock,
    SetFigure,
    SetInline,
    SetRow,
    SetSignature,
    SetTable,
    SetText,
    Spaced,
    Strong,
    Text,
    Verbatim,
    WebLink,
)

_LEAST = 2
"""Lines of a paragraph that stay together at its start and at its end (CLREQ: 孤行不成页)."""
_TABLE_WHITE = 0.5
"""Lines over and under a table."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The least part of a block that stands on a page: a line of text, a row of a table, a picture.

    Heights are in lines of the grid: `lines` of its own; `over` and `under` more where it stands first or last of its block;
    `repeated` over it where a page begins with it.
    """

    lines: float
    page_may_end: bool = True
    notes: tuple[Note[SetInline], ...] = ()
    over: float = 0.0
    under: float = 0.0
    repeated: float = 0.0
    white: bool = False
    """Nothing but white: dropped where a page begins."""


def slices_of(block: SetBlock) -> list[Slice]:
    """The slices of the block from the top; after the last, a page may end unless what follows belongs to the block."""
    match block:
        case Paragraph(content) | Rest(content):
            return _line_slices(content, 0)
        case RunInHeading(_, lead, content):
            return _line_slices((*lead, *content), line_count(lead) - 1)
        case NumberedHeading(_, _, content):
            return [replace(each, page_may_end=False) for each in _line_slices(content, 0)]
        case Salutation(content):
            return [replace(each, page_may_end=False) for each in _line_slices(content, 0)]
        case Quote(blocks):
            return [each for inner in blocks for each in slices_of(inner)]
        case ItemList(_, items):
            return [each for item in items for each in _item_slices(item)]
        case SetTable():
            return _row_slices(block)
        case SetFigure(lines=lines):
            return [Slice(lines)]
        case Verbatim(content):
            return [Slice(1) for _ in content.split("\n")]
        case Divider():
            return [Slice(1, white=True)]
        case SetAttachmentNote(names, continued):
            white = 0 if continued else 1
            return [Slice(len(lines) + (0 if place else white)) for place, (_, lines) in enumerate(names)]
        case SetSignature(name):
            return [Slice(2 + len(name))]
        case _:
            assert_never(block)


def piece_of(block: SetBlock, start: int, end: int) -> SetBlock | None:
    """The block's slices from `start` up to `end` as a block; `None` where there are none."""
    size = len(slices_of(block))
    start, end = max(start, 0), min(end, size)
    if start >= end:
        return None
    if (start, end) == (0, size):
        return block
    match block:
        case Paragraph(content, span):
            part = lines_between(content, start, end)
            return Rest(part) if start else Paragraph(part, span)
        case Rest(content):
            return Rest(lines_between(content, start, end))
        case RunInHeading(_, lead, content):
            return _run_in_piece(block, lead, content, start, end)
        case Quote(blocks):
            return Quote(tuple(_pieces(blocks, start, end)), continued=start > 0)
        case ItemList():
            return replace(block, items=tuple(_item_pieces(block.items, start, end)), continued=start > 0)
        case SetAttachmentNote(names):
            return SetAttachmentNote(names[start:end], continued=start > 0)
        case SetTable():
            rows = block.rows[start:end]
            return replace(block, rows=rows, begins=block.begins and not start, ends=block.ends and end == size)
        case Verbatim(content, span):
            return Verbatim("\n".join(content.split("\n")[start:end]), span, continued=start > 0)
        case NumberedHeading() | Salutation() | SetFigure() | Divider() | SetSignature():
            return block  # no page ends within these, but one that holds no more than a part of them
        case _:
            assert_never(block)


def _run_in_piece(block: RunInHeading[SetInline], lead: SetText, content: SetText, start: int, end: int) -> SetBlock:
    """Pages do not end within a lead, so its rest is text."""
    first = line_count(lead) - 1
    if start:
        return Rest(lines_between(content, start - first, end - first))
    return replace(block, content=lines_between(content, 0, end - first))


def _pieces(blocks: Iterable[SetBlock], start: int, end: int) -> Iterator[SetBlock]:
    for block in blocks:
        piece = piece_of(block, start, end)
        if piece is not None:
            yield piece
        size = len(slices_of(block))
        start, end = start - size, end - size


def _item_pieces(items: Iterable[ListItem[SetBlock]], start: int, end: int) -> Iterator[ListItem[SetBlock]]:
    """An item that goes on has no mark."""
    for item in items:
        size = len(_item_slices(item))
        if start < size and end > 0:
            continued = start > 0
            yield ListItem("" if continued else item.mark, tuple(_pieces(item.blocks, start, end)), continued)
        start, end = start - size, end - size


def _item_slices(item: ListItem[SetBlock]) -> list[Slice]:
    """Those of the blocks of an item; one that is empty still has its mark."""
    return [each for block in item.blocks for each in slices_of(block)] or [Slice(1)]


def _line_slices(content: SetText, lead: int) -> list[Slice]:
    """A slice a line; a page ends neither within the first `lead` lines nor so that fewer than `_LEAST` are cut off."""
    notes = _notes_by_line(content)
    count = line_count(content)
    return [
        Slice(
            1,
            page_may_end=place == count or (max(_LEAST, lead + 1) <= place <= count - _LEAST),
            notes=tuple(notes.get(place - 1, ())),
        )
        for place in range(1, count + 1)
    ]


def _row_slices(table: SetTable[SetInline]) -> list[Slice]:
    last = len(table.rows) - 1
    head = table.head.lines
    return [
        Slice(
            lines=row.lines + (head if not place else 0),
            notes=(*(_row_notes(table.head) if not place else ()), *_row_notes(row)),
            over=_TABLE_WHITE if not place else 0.0,
            under=_TABLE_WHITE if place == last else 0.0,
            repeated=head if place else 0,
        )
        for place, row in enumerate(table.rows)
    ]


def _row_notes(row: SetRow[SetInline]) -> Iterator[Note[SetInline]]:
    return (note for cell in row.cells for inline in cell.content for note in _notes_in(inline))


def line_count(content: SetText) -> int:
    """How many lines the text stands in."""
    return 1 + sum(_ends_in(inline) for inline in content)


def _ends_in(inline: SetInline) -> int:
    match inline:
        case Text(content) | Spaced(content) | Code(content):
            return content.count("\n")
        case Note():
            return 0
        case _:
            return line_count(inline.content) - 1


def lines_between(content: SetText, start: int, end: int) -> SetText:
    """The lines from `start` up to `end` of the text, with what they stand in."""
    firsts = accumulate((_ends_in(inline) for inline in content), initial=0)
    cut = (_cut(inline, start - first, end - first) for inline, first in zip(content, firsts, strict=False))
    return tuple(inline for inline in cut if inline is not None)


def _cut(inline: SetInline, start: int, end: int) -> SetInline | None:
    """What of the inline stands in the lines from `start` up to `end`, counted from the line that it begins in."""
    match inline:
        case Text(content) | Spaced(content) | Code(content):
            lines = content.split("\n")
            kept = "\n".join(lines[max(start, 0) : max(end, 0)])
            return replace(inline, content=kept) if kept else None
        case Note():
            return inline if start <= 0 < end else None
        case Strong(content) | Emphasis(content) | WebLink(_, content) | CrossLink(_, _, content):
            inner = lines_between(content, start, end)
            return replace(inline, content=inner) if inner else None
        case _:
            assert_never(inline)


def _notes_by_line(content: SetText) -> dict[int, list[Note[SetInline]]]:
    found: dict[int, list[Note[SetInline]]] = {}
    count = line_count(content)
    if any(True for inline in content for _ in _notes_in(inline)):
        for line in range(count):
            found[line] = [note for inline in lines_between(content, line, line + 1) for note in _notes_in(inline)]
    return found


def _notes_in(inline: SetInline) -> Iterator[Note[SetInline]]:
    if isinstance(inline, Note):
        yield inline
    elif isinstance(inline, (Strong, Emphasis, WebLink, CrossLink)):
        for inner in inline.content:
            yield from _notes_in(inner)
