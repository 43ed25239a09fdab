"""How much room text takes on a terminal: Han and full-width marks count for two columns."""

from __future__ import annotations

import unicodedata


def width_of(text: str) -> int:
    """The columns that the text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def fit(text: str, width: int) -> str:
    """The text in exactly `width` columns, cut with … where it is longer."""
    if width_of(text) > width:
        while width_of(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - width_of(text))
