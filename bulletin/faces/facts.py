"""What a built-in face is and has."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from bulletin.faces.names import full_name, licence_of
from bulletin.model.face import FaceFacts


def face_facts(path: str) -> FaceFacts:
    """Name, licence and characters of a font file that is known to be sound."""
    with TTFont(path, lazy=True) as font:
        return FaceFacts(full_name(font), licence_of(font), frozenset(map(chr, font.getBestCmap())))
