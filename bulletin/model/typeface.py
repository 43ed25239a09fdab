"""The print faces: the roles that the style sheet names, their files, and the characters each is used for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file under `assets/fonts/` and the CSS family that it is known by; `characters` is a CSS unicode-range."""

    family: str
    file: str
    characters: str = ""


TYPEFACES = (
    Typeface("Lat", "GWLatin.ttf", "U+20-7E, U+A1-B6, U+B8-17F"),
    Typeface("Fang", "GWFang.ttf"),
    Typeface("FangMarks", "GWFang.ttf", "U+2014, U+2018-201D, U+2026, U+3001-3006, U+3008-3011, U+FF01-FF1F"),
    Typeface("Kai", "GWKai.ttf"),
    Typeface("WenKai", "GWWenKai.ttf"),
    Typeface("Hei", "GWHei.ttf"),
    Typeface("Biaosong", "GWBiaosong.ttf"),
    Typeface("Song", "GWSongFull.ttf"),
)
"""Every chain of families in the style sheet ends in Song, which has the most characters."""

BODY_CHAIN = ("Lat", "Fang", "Song")
"""The families of body text; every other chain also begins with Lat and ends in Song."""
