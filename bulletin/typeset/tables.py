"""Tables in finished lines: how wide each column stands, where its cells break, how many lines of the grid a row takes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from bulletin.model.line import Stretch
from bulletin.model.page import CELL_LINE_PT, CELL_PADDING_PT, CELL_SIZE, LINE_PT
from bulletin.model.prose import ComposedInline, SetCell, SetInline, SetRow, SetTable, Table
from bulletin.model.typeface import FANG, HEI, Chain
from bulletin.typeset.binding import Break
from bulletin.typeset.fit import Measure
from bulletin.typeset.paragraph import Setting, set_paragraph
from bulletin.typeset.strip import Strip, measure_strip
from bulletin.typeset.weave import Content, runs_of

_FRAME_PT = 2 * CELL_PADDING_PT + 0.5
"""What a column takes beside its text."""
_ROW_FRAME_PT = 3.0
_SLACK_EM = 0.02
_NO_STRETCH = Stretch(0, 0)
_NARROWEST_EM = 2.0
_FORM_EM = 9.0
"""In a form, text gives way to the columns that are to be written in."""
_SHORT_EM = 6.0
"""Cells that are no wider are not broken, if it can be helped; heads may be."""


def set_table(table: Table[ComposedInline], width_pt: float, setting: Setting) -> SetTable[SetInline]:
    """The table in a column of so many points, every row in whole lines of the grid.

    Cells are not drawn out to their edges; one that needs several lines stands flush left unless its author chose otherwise.
    """
    widths = _column_widths(table, width_pt, setting)
    head = _set_row(table.head, widths, table.alignments, HEI, setting)
    rows = tuple(_set_row(row, widths, table.alignments, FANG, setting) for row in table.rows)
    return SetTable(tuple(widths), head, rows)


def _column_widths(table: Table[ComposedInline], width_pt: float, setting: Setting) -> list[float]:
    """Every column as wide as its widest cell if there is room; else what it needs at least, and a share of the rest by what
    it lacks. Room that is left goes to columns that are empty, to be written in, or to all in proportion."""
    columns = [_column(cells, setting) for cells in zip(table.head, *table.rows, strict=True)]
    if any(column.empty for column in columns):
        columns = [
            column._replace(wanted=min(column.wanted, max(column.least, _points(_FORM_EM)))) for column in columns
        ]
    room = width_pt - len(columns) * _FRAME_PT
    wanted, least = sum(column.wanted for column in columns), sum(column.least for column in columns)
    empty = sum(column.empty for column in columns)
    if wanted <= room and empty:
        texts = [column.wanted + (room - wanted) / empty * column.empty for column in columns]
    elif wanted <= room:
        texts = [column.wanted * room / wanted for column in columns]
    elif least <= room:
        texts = [
            column.least + (room - least) * (column.wanted - column.least) / (wanted - least) for column in columns
        ]
    else:
        texts = [column.least * room / least for column in columns]
    return [text + _FRAME_PT for text in texts]


class _Column(NamedTuple):
    """What a column would like and what it needs, in points, and whether there is nothing under its head."""

    wanted: float
    least: float
    empty: bool


def _column(cells: Sequence[Content], setting: Setting) -> _Column:
    head, *rest = [_strip(cell, HEI if not place else FANG, setting) for place, cell in enumerate(cells)]
    whole = [_whole_width(strip) for strip in rest]
    least = max([_least_width(head), *map(_least_width, rest), *(width for width in whole if width <= _SHORT_EM)])
    return _Column(_points(max([_whole_width(head), *whole])), _points(least), not any(whole))


def _points(width_em: float) -> float:
    return (max(width_em, _NARROWEST_EM) + 2 * _SLACK_EM) * CELL_SIZE.size_pt


def _strip(cell: Content, chain: Chain, setting: Setting) -> Strip:
    runs = [run for run in runs_of(cell, chain, CELL_SIZE.size_pt) if run is not None]
    return measure_strip(runs, setting.faces, setting.policy)


def _whole_width(strip: Strip) -> float:
    return strip.width.after[-1] if strip.text else 0.0


def _least_width(strip: Strip) -> float:
    """The width of the widest piece that no line end may part; four characters of text at least, where there are as many."""
    places = [place for place, willing in enumerate(strip.breaks) if willing > Break.HARDLY]
    pieces = [0, *places, len(strip.text)]
    widest = max((strip.width.of(start, end) for start, end in pairwise(pieces)), default=0.0)
    return max(widest, min(4.0, _whole_width(strip)))


def _set_row(
    cells: Sequence[Content], widths: Sequence[float], alignments: Sequence[str], chain: Chain, setting: Setting
) -> SetRow[SetInline]:
    texts, most = [], 1
    for content, width, alignment in zip(cells, widths, alignments, strict=True):
        room = (width - _FRAME_PT) / CELL_SIZE.size_pt
        measure = Measure(room, 0.0, _NO_STRETCH, (_NO_STRETCH,))
        set_cell = set_paragraph([(content, chain)], CELL_SIZE.size_pt, measure, setting)
        lines = len(set_cell.lines)
        most = max(most, lines)
        texts.append(SetCell(set_cell.contents[0], alignment or ("left" if lines > 1 else "center")))
    return SetRow(tuple(texts), ceil((most * CELL_LINE_PT + _ROW_FRAME_PT) / LINE_PT))
