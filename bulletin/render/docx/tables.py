"""Tables of Word: rows of heads that repeat, columns as wide as their words ask for (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from bulletin.model.page import WIDTH_PT
from bulletin.model.prose import ComposedInline, Table
from bulletin.model.walk import plain_text
from bulletin.render.docx.elements import element, said
from bulletin.render.docx.inlines import inlines
from bulletin.render.docx.parts import Draft

WIDTH_TWIPS = int(WIDTH_PT * 20)
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_WIDEST, _NARROWEST = 16, 3
"""Characters: of a column that is counted as wide, and as narrow."""

_Cells: TypeAlias = "tuple[tuple[ComposedInline, ...], ...]"


def table(block: Table[ComposedInline], draft: Draft) -> Iterator[etree._Element]:
    """The table, and a line after it."""
    widths = _widths((block.head, *block.rows))
    head = _row(block.head, widths, ["center"] * len(widths), "TableHead", draft)
    rows = [_row(row, widths, block.alignments, "TableText", draft) for row in block.rows]
    yield element("w:tbl", _properties(), grid(widths), head, *rows)
    yield element("w:p", element("w:pPr", said("w:pStyle", "TableText")))


def grid(widths: Sequence[int]) -> etree._Element:
    """The widths of all columns, in twips."""
    return element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))


def cell(content: Sequence[etree._Element], width: int, *properties: etree._Element) -> etree._Element:
    """A cell of a width in twips."""
    return element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa"), *properties), *content)


def _properties() -> etree._Element:
    borders = element(
        "w:tblBorders", *(element(f"w:{edge}", val="single", sz=4, space=0, color="000000") for edge in _EDGES)
    )
    layout = element("w:tblLayout", type="fixed")
    return element("w:tblPr", element("w:tblW", w=WIDTH_TWIPS, type="dxa"), said("w:jc", "center"), borders, layout)


def _row(cells: _Cells, widths: Sequence[int], alignments: Sequence[str], style: str, draft: Draft) -> etree._Element:
    head = element("w:tblHeader") if style == "TableHead" else None
    made = []
    for content, width, alignment in zip(cells, widths, alignments, strict=True):
        by_hand = said("w:jc", alignment) if alignment else None
        properties = element("w:pPr", said("w:pStyle", style), by_hand)
        made.append(cell([element("w:p", properties, *inlines(content, draft))], width, said("w:vAlign", "center")))
    return element("w:tr", element("w:trPr", element("w:cantSplit"), head), *made)


def _widths(rows: Sequence[_Cells]) -> list[int]:
    """Columns share the page by their longest words, within bounds; those to be written in are wide."""
    wanted = [_wanted(column) for column in zip(*rows, strict=True)]
    widths = [WIDTH_TWIPS * each // sum(wanted) for each in wanted]
    widths[-1] += WIDTH_TWIPS - sum(widths)
    return widths


def _wanted(column: _Cells) -> int:
    if not any(plain_text(content) for content in column[1:]):
        return _WIDEST
    return min(max(_longest(column), _NARROWEST), _WIDEST)


def _longest(cells: _Cells) -> int:
    lines = (line for content in cells for line in plain_text(content).split("\n"))
    return max(sum(1 if character.isascii() else 2 for character in line) // 2 + 1 for line in lines)
