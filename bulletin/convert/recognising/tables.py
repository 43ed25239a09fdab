"""Foreign tables to tables with one row of heads and cells of one size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bulletin.convert.recognising.inlines import inlines_of
from bulletin.convert.recognising.pieces import Piece
from bulletin.model.draft import Doubt
from bulletin.model.foreign import Alignment, ForeignCell, ForeignTable
from bulletin.model.problem import message
from bulletin.model.prose import Block, Inline, LineBreak, Paragraph, Strong, Table

_MOST_COLUMNS = 60
_ALIGNMENTS = {Alignment.CENTER: "center", Alignment.RIGHT: "right"}


def table_of(piece: Piece, place: int, doubts: list[Doubt]) -> Iterator[Block]:
    """The blocks that a table is: itself, after a row that is its title; a table of one cell is a frame around paragraphs.

    `place` is where its first block will stand in the body.
    """
    assert isinstance(piece.block, ForeignTable)
    rows = [row for row in piece.block.rows if row]
    if sum(map(len, rows)) == 1 or max(_width(row) for row in rows) == 1:
        yield from _framed(piece, rows)
        return
    while len(rows) > 2 and len(rows[0]) == 1 and rows[0][0].rows == 1:
        content = _content(piece, rows.pop(0)[0])
        if content:
            yield Paragraph((Strong(content),), piece.span)
            place += 1
    grid = _grid(piece, rows)
    if any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row):
        what = message("表里有合并的单元格，已拆开，文字放在第一格")
        doubts.append(Doubt(what, piece.place, place))
    yield Table(grid[0], tuple(grid[1:]), _alignments(rows, len(grid[0])), piece.span)


def _framed(piece: Piece, rows: list[tuple[ForeignCell, ...]]) -> Iterator[Block]:
    for row in rows:
        for cell in row:
            for paragraph in cell.paragraphs:
                content = inlines_of(paragraph, piece.span, piece.norm)
                if content:
                    yield Paragraph(content, piece.span)


def _width(row: tuple[ForeignCell, ...]) -> int:
    return sum(max(cell.columns, 1) for cell in row)


def _grid(piece: Piece, rows: list[tuple[ForeignCell, ...]]) -> list[tuple[tuple[Inline, ...], ...]]:
    """All cells, those empty that another reaches over; each row as long as the longest."""
    found: list[dict[int, tuple[Inline, ...]]] = []
    taken: dict[int, int] = {}
    """For each column, how many rows more a cell above reaches into."""
    for row in rows:
        cells: dict[int, tuple[Inline, ...]] = {}
        reached, taken = taken, {column: left - 1 for column, left in taken.items() if left > 1}
        column = 0
        for cell in row:
            while reached.get(column, 0) > 0:
                column += 1
            cells[column] = _content(piece, cell)
            for _ in range(min(max(cell.columns, 1), _MOST_COLUMNS)):
                if cell.rows > 1:
                    taken[column] = cell.rows - 1
                column += 1
        found.append(cells)
    length = max(max((*cells, 0)) for cells in found) + 1
    return [tuple(cells.get(column, ()) for column in range(length)) for cells in found]


def _content(piece: Piece, cell: ForeignCell) -> tuple[Inline, ...]:
    """The words of a cell; its paragraphs are lines."""
    content: list[Inline] = []
    for paragraph in cell.paragraphs:
        words = inlines_of(paragraph, piece.span, piece.norm)
        if words:
            content += [LineBreak(), *words] if content else words
    return tuple(content)


def _alignments(rows: list[tuple[ForeignCell, ...]], columns: int) -> tuple[str, ...]:
    """For each column what most of its cells below the head have; nothing where they stand left."""
    found: list[Counter[str]] = [Counter() for _ in range(columns)]
    for row in rows[1:]:
        for column, cell in enumerate(row[:columns]):
            alignment = cell.paragraphs[0].alignment if cell.paragraphs else Alignment.LEFT
            found[column][_ALIGNMENTS.get(alignment, "")] += 1
    return tuple(counts.most_common(1)[0][0] if counts else "" for counts in found)
