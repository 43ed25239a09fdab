"""Sets of characters that a face for Chinese text is measured by."""

from __future__ import annotations

from functools import lru_cache

GB_2312_SIZE = 6763
STANDARD_SIZE = 8105


@lru_cache
def gb_2312() -> frozenset[str]:
    """The 6,763 Han of GB 2312-80: rows 16 to 87 of the code table."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", errors="ignore") for pair in cells))
