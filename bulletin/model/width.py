"""How much room text takes where Han and full-width marks count for two columns: on a terminal, in a sheet of Excel."""

from __future__ import annotations

import unicodedata


def width_of(text: str) -> int:
    """The columns that the text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
