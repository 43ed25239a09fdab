"""Whether an import kept every character: what was read, what was repaired and what was written, compared on every run."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from bulletin.model.problem import Span
from bulletin.model.prose import Text


def unplaced(value: Any) -> Any:
    """The value without the places of its parts and without empty texts, to be compared."""
    if isinstance(value, tuple):
        return tuple(unplaced(part) for part in value if part != Text(""))
    if is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, part.name) for part in fields(value))
        return (type(value).__name__, *(unplaced(part) for part in parts if not isinstance(part, Span)))
    return value
