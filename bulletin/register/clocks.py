"""Moments of two clocks compared."""

from __future__ import annotations

from datetime import datetime


def is_later(one: str, other: str) -> bool:
    """True if the moment `one` is after `other` (ISO 8601); as texts where only one of them names its zone."""
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return one > other
