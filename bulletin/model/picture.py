"""Pictures as they may be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, decoded, freed of metadata and encoded anew."""

    name: str
    media_type: str
    width_px: int
    height_px: int
    content: bytes
    sha256: str
