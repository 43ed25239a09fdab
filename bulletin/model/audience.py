"""Whom a web edition is for."""

from __future__ import annotations

from enum import Enum


class Audience(Enum):
    """Whom a web edition is for: everybody, or the bureau's own network."""

    PUBLIC = "public"
    INTRANET = "intranet"
