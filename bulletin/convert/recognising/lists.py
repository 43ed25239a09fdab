"""Lists: items with bullets, and in Markdown items with figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.convert.recognising.headings import Rank, Standing
from bulletin.convert.recognising.inlines import inlines_of
from bulletin.convert.recognising.pieces import Piece
from bulletin.model.draft import Taken
from bulletin.model.foreign import ForeignParagraph
from bulletin.model.prose import Block, ItemList, ListItem, Paragraph

_BULLET = re.compile(r"[•●◆◇■□▪▲▶►➢➤※✓✔○·*\-–]$")
_FIGURES = re.compile(r"\d{1,9}[.)]$")
_ORDERED_STYLE = "List Number"
"""Word's own name of the style for what is a list of figures and no heading."""
_MARK = "•"


def listed(piece: Piece, standing: Standing, kind: str) -> bool:
    """True for an item of a list: its mark is a bullet, or a figure where lists of figures are written as such."""
    if not isinstance(piece.block, ForeignParagraph):
        return False
    if piece.block.style.startswith(_ORDERED_STYLE) and _ordered(piece):
        return True
    if standing.rank is not Rank.TEXT:
        return False
    if any(run.picture for run in piece.block.runs):
        return False
    mark = piece.block.number.strip()
    return bool(_BULLET.match(mark)) or (kind == "md" and piece.block.list_level >= 0 and _ordered(piece))


def item_lists(pieces: list[Piece], taken: list[Taken]) -> Iterator[Block]:
    """The lists that the pieces are; an item that stands deeper belongs to the one before it."""
    start = 0
    level = min(_level(piece) for piece in pieces)
    for place in range(1, len(pieces) + 1):
        ends = place == len(pieces) or (
            _level(pieces[place]) == level and _ordered(pieces[place]) != _ordered(pieces[start])
        )
        if ends:
            yield _list(pieces[start:place], taken)
            start = place


def _list(pieces: list[Piece], taken: list[Taken]) -> Block:
    level = _level(pieces[0])
    items: list[ListItem[Block]] = []
    place = 0
    while place < len(pieces):
        end = place + 1
        while end < len(pieces) and _level(pieces[end]) > level:
            end += 1
        item = _item(pieces[place], taken)
        if end > place + 1:
            item = replace(item, blocks=(*item.blocks, *item_lists(pieces[place + 1 : end], taken)))
        items.append(item)
        place = end
    return ItemList(_ordered(pieces[0]), tuple(items))


def _item(piece: Piece, taken: list[Taken]) -> ListItem[Block]:
    """An item without its mark; a bullet of another form becomes ours."""
    assert isinstance(piece.block, ForeignParagraph)
    mark = piece.block.number.strip()
    if not _ordered(piece) and mark != _MARK:
        taken.append(Taken("made.bullet", mark, _MARK, piece.place))
    content = inlines_of(replace(piece.block, number=""), piece.span, piece.norm)
    return ListItem(mark if _ordered(piece) else _MARK, (Paragraph(content, piece.span),) if content else ())


def _ordered(piece: Piece) -> bool:
    return isinstance(piece.block, ForeignParagraph) and bool(_FIGURES.match(piece.block.number.strip()))


def _level(piece: Piece) -> int:
    return piece.block.list_level if isinstance(piece.block, ForeignParagraph) else 0
