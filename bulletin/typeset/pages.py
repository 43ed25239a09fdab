"""Pages of 22 lines: where each ends, so that no heading stands at its foot and no line of a paragraph alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from bulletin.model.page import LINE_PT, LINES, NOTE_HEAD_PT, NOTE_LINE_PT
from bulletin.model.pages import Contents, Head, Page, PagePart, Passage, TitleBlock
from bulletin.model.prose import Note, SetAttachmentNote, SetBlock, SetInline, SetSignature
from bulletin.typeset.pieces import Slice, line_count, piece_of, slices_of

Cut = Callable[[int, int], "PagePart | None"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that stands on pages: its slices from the top, and what stands where it is cut between two of them."""

    slices: tuple[Slice, ...]
    cut: Cut


def head_item(head: Head) -> Item:
    """The head of the first page."""
    return Item((Slice(head.lines, page_may_end=False),), lambda _start, _end: head)


def contents_item(contents: Contents) -> Item:
    """要览: its heading and a blank line, and its entries."""
    heading = Slice(2, page_may_end=False)

    def cut(start: int, end: int) -> PagePart:
        return Contents("" if start else contents.heading, contents.entries[max(start - 1, 0) : end - 1])

    return Item((heading, *(Slice(len(entry.lines)) for entry in contents.entries)), cut)


def title_item(title: TitleBlock) -> Item:
    """What stands over an article."""
    return Item((Slice(title.lines, page_may_end=False),), lambda _start, _end: title)


def block_items(position: int, blocks: Iterable[SetBlock], *, kept: bool = False) -> Iterator[Item]:
    """The blocks of an article; what belongs to the text before it (附件说明, 署名) does not begin a page, nor does what comes
    after the last where that is `kept` with it."""
    found = [(block, slices_of(block)) for block in blocks]
    followers = [*(block for block, _ in found[1:]), None]
    for (block, slices), follower in zip(found, followers, strict=False):
        belongs = isinstance(follower, (SetAttachmentNote, SetSignature)) or (kept and follower is None)
        yield Item(tuple(_kept_with_next(slices) if belongs else slices), _passage_cut(position, block))


def _kept_with_next(slices: list[Slice]) -> list[Slice]:
    """The slices, no page ending after the last two."""
    return [*slices[:-2], *(replace(each, page_may_end=False) for each in slices[-2:])]


def _passage_cut(position: int, block: SetBlock) -> Cut:
    def cut(start: int, end: int) -> PagePart | None:
        piece = piece_of(block, start, end)
        return Passage(position, (piece,)) if piece is not None else None

    return cut


def fill_pages(items: Iterable[Item], first_number: int) -> Iterator[Page]:
    """The items on pages, each as full as it may be; the first begins a page."""
    items = list(items)
    flat = [(item, place) for item in items for place in range(len(item.slices))]
    start, number = 0, first_number
    while start < len(flat):
        if flat[start][0].slices[flat[start][1]].white:
            start += 1
            continue
        end, lines = _page_end(flat, start)
        yield _page(flat[start:end], number, lines)
        start, number = end, number + 1


def _page_end(flat: list[tuple[Item, int]], start: int) -> tuple[int, float]:
    """Where the page that begins at a slice ends, and how many lines it has: as late as it may, but on a full page at most."""
    lines, notes, held = 0.0, 0, 0.0
    best: tuple[int, float] | None = None
    for place in range(start, len(flat)):
        item, index = flat[place]
        each = item.slices[index]
        lines = (lines if each.repeated else ceil(lines)) + each.lines
        lines += each.over if place > start or not index else 0.0
        lines += each.repeated if place == start else 0.0
        notes += sum(note_lines(note) for note in each.notes)
        taken = lines + notes_height(notes)
        if taken > LINES and best:
            return best
        if taken > LINES:  # parted all the same where no page may end; what is higher than a page has one to itself
            return (place, held) if place > start else (place + 1, taken)
        held = taken
        if each.page_may_end:
            best = place + 1, taken
        lines += each.under
    return len(flat), lines + notes_height(notes)


def note_lines(note: Note[SetInline]) -> int:
    """Lines of the footnote, in its own size."""
    return line_count(note.content)


def notes_height(lines: int) -> int:
    """How many lines of the grid footnotes of so many lines take, with the white over them."""
    return ceil((NOTE_HEAD_PT + lines * NOTE_LINE_PT) / LINE_PT) if lines else 0


def _page(slices: list[tuple[Item, int]], number: int, lines: float) -> Page:
    parts: list[PagePart] = []
    for _, group in groupby(slices, key=lambda each: id(each[0])):
        members = list(group)
        part = members[0][0].cut(members[0][1], members[-1][1] + 1)
        before = parts[-1] if parts else None
        if isinstance(part, Passage) and isinstance(before, Passage) and before.position == part.position:
            parts[-1] = replace(before, blocks=before.blocks + part.blocks)
        elif part is not None:
            parts.append(part)
    notes = tuple(note for item, index in slices for note in item.slices[index].notes)
    return Page(number, tuple(parts), notes, lines)
