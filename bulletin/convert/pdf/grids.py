"""Ruled lines of a page as grids: which cells a table has, and how far each reaches."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin.convert.pdf.page import Box

RULE_LIMIT = 600
"""Lines of a page, those that touch as one."""
CELL_LIMIT = 5_000
_TOUCH_PT = 3.0
_APART_PT = 4.0
"""Edges nearer to each other are one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: its row and column from 0, over how many it reaches, where it stands."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as ruled; its cells by row and column. `edges` are those of its columns from the left, `heights` of its rows from below."""

    box: Box
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]

    def field_at(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a place within the box."""
        column = min(max(bisect_right(self.edges, x) - 1, 0), len(self.edges) - 2)
        row = len(self.heights) - 1 - bisect_right(self.heights, y)
        return min(max(row, 0), len(self.heights) - 2), column


def grids_of(rules: Iterable[Box]) -> Iterator[Grid]:
    """The grids of a page, from the top. Lines that cross none are no part of one; nor is a single frame."""
    listed = list(rules)
    level = _merged([rule for rule in listed if rule.width > rule.height])
    upright = [_turned(rule) for rule in _merged([_turned(rule) for rule in listed if rule.width <= rule.height])]
    if len(level) + len(upright) > RULE_LIMIT:
        return
    found = [_grid(*group) for group in _groups(level, upright)]
    yield from sorted((grid for grid in found if grid is not None), key=lambda grid: -grid.box.top)


def _turned(rule: Box) -> Box:
    return Box(rule.bottom, rule.left, rule.top, rule.right)


def _merged(rules: list[Box]) -> list[Box]:
    """Level lines at one height that touch, as one."""
    merged: list[Box] = []
    for rule in sorted(rules, key=lambda rule: (round(_middle(rule) / _TOUCH_PT), rule.left)):
        last = merged[-1] if merged else None
        if last and abs(_middle(last) - _middle(rule)) <= _TOUCH_PT and rule.left <= last.right + _TOUCH_PT:
            merged[-1] = Box(
                last.left, min(last.bottom, rule.bottom), max(last.right, rule.right), max(last.top, rule.top)
            )
        else:
            merged.append(rule)
    return merged


def _middle(rule: Box) -> float:
    return (rule.bottom + rule.top) / 2


def _groups(level: list[Box], upright: list[Box]) -> Iterator[tuple[list[Box], list[Box]]]:
    """The lines that touch one another, level ones and upright ones."""
    parent = list(range(len(level) + len(upright)))

    def root(each: int) -> int:
        while parent[each] != each:
            parent[each] = parent[parent[each]]
            each = parent[each]
        return each

    for one, across in enumerate(level):
        for other, up in enumerate(upright, start=len(level)):
            if _cross(across, up):
                parent[root(one)] = root(other)
    groups: dict[int, tuple[list[Box], list[Box]]] = defaultdict(lambda: ([], []))
    for one, across in enumerate(level):
        groups[root(one)][0].append(across)
    for other, up in enumerate(upright, start=len(level)):
        groups[root(other)][1].append(up)
    yield from groups.values()


def _cross(across: Box, up: Box) -> bool:
    return (
        across.left - _TOUCH_PT <= up.right
        and up.left <= across.right + _TOUCH_PT
        and up.bottom - _TOUCH_PT <= across.top
        and across.bottom <= up.top + _TOUCH_PT
    )


def _grid(level: list[Box], upright: list[Box]) -> Grid | None:
    """The grid of lines that touch; sides without a line are where the others end. `None` where they make no cells."""
    if len(level) < 2 or not upright:
        return None
    every = [*level, *upright]
    box = Box(min(each.left for each in every), min(each.bottom for each in every),
              max(each.right for each in every), max(each.top for each in every))  # fmt: skip
    edges = _edges([box.left, box.right, *((each.left + each.right) / 2 for each in upright)])
    heights = _edges([box.bottom, box.top, *(_middle(each) for each in level)])[::-1]
    columns, rows = len(edges) - 1, len(heights) - 1
    if columns * rows < 2 or columns * rows > CELL_LIMIT:
        return None
    owner = _owners(edges, heights, level, upright)
    cells = _cells(owner, edges, heights)
    return Grid(box, tuple(edges), tuple(heights[::-1]), tuple(cells)) if cells and len(cells) > 1 else None


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _APART_PT:
            edges.append(place)
    return edges


def _owners(edges: list[float], heights: list[float], level: list[Box], upright: list[Box]) -> list[list[int]]:
    """For each field of the grid the number of the first one that no line parts it from."""
    columns = len(edges) - 1
    parent = list(range(columns * (len(heights) - 1)))

    def root(each: int) -> int:
        while parent[each] != each:
            each = parent[each]
        return each

    for row, (top, bottom) in enumerate(pairwise(heights)):
        for column, (left, right) in enumerate(pairwise(edges)):
            here, middle_x, middle_y = row * columns + column, (left + right) / 2, (top + bottom) / 2
            if column + 1 < columns and not any(_is_at(_turned(each), right, middle_y) for each in upright):
                parent[root(here + 1)] = root(here)
            if row + 2 < len(heights) and not any(_is_at(each, bottom, middle_x) for each in level):
                parent[root(here + columns)] = root(here)
    return [[root(row * columns + column) for column in range(columns)] for row in range(len(heights) - 1)]


def _is_at(rule: Box, height: float, place: float) -> bool:
    """True if a level line runs at that height over that place."""
    return abs(_middle(rule) - height) <= _APART_PT and rule.left <= place <= rule.right


def _cells(owner: list[list[int]], edges: list[float], heights: list[float]) -> list[Cell] | None:
    """The cells, `None` where one of them is no rectangle."""
    fields: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, owners in enumerate(owner):
        for column, each in enumerate(owners):
            fields[each].append((row, column))
    cells = []
    for places in fields.values():
        first_row, first = min(row for row, _ in places), min(column for _, column in places)
        rows, columns = max(row for row, _ in places) - first_row + 1, max(column for _, column in places) - first + 1
        if len(places) != rows * columns:
            return None
        box = Box(edges[first], heights[first_row + rows], edges[first + columns], heights[first_row])
        cells.append(Cell(first_row, first, rows, columns, box))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))
