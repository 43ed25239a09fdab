"""Who waits is told what is being done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bulletin.model.problem import Message

Progress: TypeAlias = Callable[[Message], None]
"""Told what is being done, for a person who waits."""
