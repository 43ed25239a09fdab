"""The columns of the registers: as wide as what stands in them, together as wide as the page leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bulletin.model.forms import Column, ColumnKind, table_width_mm
from bulletin.model.page import POINTS_PER_MM

REMARK_PT = 9.0
"""The size of remarks, in registers that are set larger."""
_PADDING_MM = 3.2
_CONTINUED = "续"
_MOST_RANGES = 20
"""Of a row: so it stays lower than a page."""


def table_columns(landscape: bool, *said: tuple[str, float, ColumnKind]) -> tuple[Column, ...]:  # noqa: FBT001  the page, then its columns
    """Columns of head, width and kind; the one of width 0 takes what the others leave."""
    rest = table_width_mm(landscape=landscape) - sum(width for _title, width, _kind in said)
    return tuple(Column(title, width or rest, kind) for title, width, kind in said)


def numbers_mm(digits: int, size_pt: float = 10.5) -> float:
    """Room for a range of copy numbers and the mark after it, which are never parted: figures are half as wide as the dash."""
    return round((digits + 2) * size_pt / POINTS_PER_MM + _PADDING_MM, 1)


def continued(rows: Iterable[tuple[str, ...]], columns: Sequence[Column]) -> tuple[tuple[str, ...], ...]:
    """The rows, those with more ranges of numbers than a row can hold gone on with in rows below."""
    place = next(place for place, column in enumerate(columns) if column.kind is ColumnKind.NUMBERS)
    return tuple(part for row in rows for part in _row_parts(row, place))


def _row_parts(row: tuple[str, ...], place: int) -> Iterator[tuple[str, ...]]:
    ranges = row[place].split("、")
    parts = ["、".join(ranges[start : start + _MOST_RANGES]) for start in range(0, len(ranges), _MOST_RANGES)]
    yield (*row[:place], parts[0], *row[place + 1 :])
    for part in parts[1:]:
        yield (_CONTINUED, *[""] * (place - 1), part, *[""] * (len(row) - place - 1))
