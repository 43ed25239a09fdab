"""What a build makes: files that are not on disk yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: path relative to the output folder (with `/`), media type, content."""

    path: str
    media_type: str
    content: bytes
