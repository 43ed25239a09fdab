"""Tables: the characters in the cells of a grid, tables that go on over the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bulletin.convert.pdf.frame import frame_of
from bulletin.convert.pdf.grids import Cell, Grid
from bulletin.convert.pdf.lines import Line, lines_of
from bulletin.convert.pdf.page import Glyph
from bulletin.convert.pdf.paragraphs import Layout, paragraph_of, paragraphs_of
from bulletin.model.foreign import Alignment, ForeignCell, ForeignParagraph, ForeignTable, Place

_LEAST_FILLED = 2
_LARGEST_PAD_PT = 8.0
_SAME_PT = 4.0
_MIDDLE = 0.3
"""Of the size: how far the middle of a character stands over its baseline."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: where it stands, and the lines in each of its cells."""

    page: int
    grid: Grid
    cells: tuple[tuple[Cell, tuple[Line, ...]], ...]

    @property
    def base(self) -> float:
        return self.grid.box.top

    @property
    def head(self) -> str:
        """The words of its first row."""
        return "\n".join(line.text for cell, lines in self.cells if cell.row == 0 for line in lines)

    @property
    def text(self) -> str:
        return "\n".join(line.text for _, lines in self.cells for line in lines)


def tables_of(
    grids: Iterable[Grid], glyphs: Iterable[Glyph], page: int
) -> tuple[tuple[PageTable, ...], tuple[Glyph, ...]]:
    """The tables of a page, and the characters that are in none. A grid with words in one cell only is a frame, not a table."""
    left = tuple(glyphs)
    tables = []
    for grid in grids:
        fields = {
            (cell.row + row, cell.column + column): cell
            for cell in grid.cells
            for row in range(cell.rows)
            for column in range(cell.columns)
        }
        inside: dict[Cell, list[Glyph]] = defaultdict(list)
        outside = []
        for glyph in left:
            x, y = (glyph.left + glyph.right) / 2, glyph.base + _MIDDLE * glyph.size
            if grid.box.holds(x, y):
                inside[fields[grid.field_at(x, y)]].append(glyph)
            else:
                outside.append(glyph)
        cells = tuple((cell, lines_of(inside[cell], page)) for cell in grid.cells)
        if sum(bool(lines) for _, lines in cells) >= _LEAST_FILLED:
            tables.append(PageTable(page, grid, cells))
            left = tuple(outside)
    return tuple(tables), left


def goes_on(before: PageTable, table: PageTable) -> bool:
    """True if a table is the rest of the one at the end of the page before: its columns are the same."""
    return (
        table.page == before.page + 1
        and len(before.grid.edges) == len(table.grid.edges)
        and all(abs(one - other) <= _SAME_PT for one, other in zip(before.grid.edges, table.grid.edges, strict=True))
    )


def foreign_table(parts: tuple[PageTable, ...], number: int) -> tuple[ForeignTable, int]:
    """The table in its parts on one or more pages, and the number of its last paragraph; the head that each page repeats is there once.

    Args:
        parts: The parts.
        number: The number of the paragraph before it.
    """
    rows: list[tuple[ForeignCell, ...]] = []
    place = Place(number + 1, parts[0].page)
    for part in parts:
        begins = 1 if part is not parts[0] and repeats_head(parts[0], part) else 0
        for row in range(begins, len(part.grid.heights) - 1):
            cells = []
            for cell, lines in part.cells:
                if cell.row == row:
                    paragraphs = _paragraphs(cell, lines, number)
                    number += len(paragraphs)
                    cells.append(ForeignCell(paragraphs, cell.columns, cell.rows))
            rows.append(tuple(cells))
    return ForeignTable(tuple(rows), place), number


def repeats_head(first: PageTable, part: PageTable) -> bool:
    """True if a part of a table begins with the same row as the first one."""
    return part.head == first.head != "" and all(cell.rows == 1 for cell, _ in part.cells if cell.row == 0)


def _paragraphs(cell: Cell, lines: tuple[Line, ...], number: int) -> tuple[ForeignParagraph, ...]:
    """The paragraphs of a cell; lines that fill its width go on."""
    if not lines:
        return ()
    pad = min(max(min(line.left for line in lines) - cell.box.left, 0.0), _LARGEST_PAD_PT)
    frame = replace(frame_of(lines, cell.box.left + pad, cell.box.right - pad))
    layout = Layout({lines[0].page: frame}, indented=False, spaced=False)
    found = []
    for group in paragraphs_of(lines, layout):
        number += 1
        paragraph = paragraph_of(group, layout, number)
        found.append(_in_one_line(paragraph))
    return tuple(found)


def _in_one_line(paragraph: ForeignParagraph) -> ForeignParagraph:
    """A centred paragraph of a cell without the line ends that its narrow column made."""
    if paragraph.alignment is not Alignment.CENTER:
        return paragraph
    runs = tuple(replace(run, text=run.text.replace("\n", "")) for run in paragraph.runs)
    return replace(paragraph, runs=runs)
