"""The columns of the registers: as wide as what stands in them, together as wide as the page leaves."""

from __future__ import annotations

from bulletin.model.forms import Column, ColumnKind, table_width_mm
from bulletin.model.page import POINTS_PER_MM

_PADDING_MM = 4.0


def table_columns(landscape: bool, *said: tuple[str, float, ColumnKind]) -> tuple[Column, ...]:  # noqa: FBT001  the page, then its columns
    """Columns of head, width and kind; the one of width 0 takes what the others leave."""
    rest = table_width_mm(landscape=landscape) - sum(width for _title, width, _kind in said)
    return tuple(Column(title, width or rest, kind) for title, width, kind in said)


def numbers_mm(digits: int, size_pt: float = 10.5) -> float:
    """Room for a range of copy numbers, which is never broken: figures are half as wide as the dash between them."""
    return round((digits + 1) * size_pt / POINTS_PER_MM + _PADDING_MM, 1)
