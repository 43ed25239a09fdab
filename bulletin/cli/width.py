"""Text in exactly so many columns of a terminal."""

from __future__ import annotations

from bulletin.model.width import width_of


def fit(text: str, width: int) -> str:
    """The text in exactly `width` columns, cut with … where it is longer."""
    if width_of(text) > width:
        while width_of(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - width_of(text))
