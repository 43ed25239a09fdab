"""The print faces as their files are: which one has a character, how wide it sets it, what it can give and take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import uharfbuzz

from bulletin.model.line import BASE_FEATURES, HALF_FEATURES
from bulletin.model.marks import MARKS
from bulletin.model.typeface import CHAINS, TYPEFACES, Chain

_UNBROKEN_BLANK = "\xa0"
"""Is set like a blank."""
_PROBE = "S128"
_SQUEEZES = ("B128", "C128", "E128")


class Glyph(NamedTuple):
    """What a character is in a chain: the family that sets it, whether white may follow it, its empty half in em, and
    whether it may give of that within a line."""

    family: str
    stretches: bool
    empty_half: float
    gives: bool


class Faces:
    """The faces of `TYPEFACES`, read from the very files that are embedded.

    Shaping is HarfBuzz's, with the script and language that the layout engine uses, so widths are those of the print.
    """

    def __init__(self, paths: Mapping[str, str]) -> None:
        """`paths` says where the file of each face lies, by its name in `TYPEFACES`."""
        self._faces = {face.family: face for face in TYPEFACES}
        self._fonts = {name: _open(path) for name, path in paths.items()}
        self._glyphs = {chain: _Glyphs(self, chain) for chain in CHAINS}

    def glyphs(self, chain: Chain) -> Mapping[str, Glyph]:
        """What each character is in the chain; the last family stands where none has it."""
        return self._glyphs[chain]

    def families(self, chain: Chain, character: str) -> Iterator[str]:
        """The families of the chain that have the character, the preferred first."""
        shown = " " if character == _UNBROKEN_BLANK else character
        return (name for name in chain.families if self._has(name, shown))

    def substitutes(self, chain: Chain, text: str) -> Iterator[tuple[str, str]]:
        """Characters of the text that another face stands in for, and what that is called."""
        glyphs, stand_ins = self._glyphs[chain], chain.stand_ins
        for character in sorted(set(text)):
            if (family := glyphs[character].family) in stand_ins:
                yield character, self.label(family)

    def label(self, family: str) -> str:
        """What editors call the family."""
        return self._faces[family].label

    def advances(self, family: str, text: str, features: Sequence[str] = BASE_FEATURES) -> list[float]:
        """The width of each character of `text` in em: the first of a cluster has the width of all, the others 0."""
        font = self._fonts[self._faces[family].file]
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text.replace(_UNBROKEN_BLANK, " "))
        buffer.direction = "ltr"
        buffer.script = "Latn" if any(character.isascii() and character.isalpha() for character in text) else "Hani"
        buffer.language = "zh-cn"
        uharfbuzz.shape(font, buffer, dict.fromkeys(features, True))
        widths = [0.0] * len(text)
        em = font.face.upem
        for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            widths[glyph.cluster] += position.x_advance / em
        return widths

    def _has(self, family: str, character: str) -> bool:
        face = self._faces[family]
        return face.may_set(character) and self._fonts[face.file].get_nominal_glyph(ord(character)) is not None


class _Glyphs(dict[str, Glyph]):
    """The glyphs of a chain, looked up when they are first met."""

    def __init__(self, faces: Faces, chain: Chain) -> None:
        super().__init__()
        self._faces = faces
        self._chain = chain

    def __missing__(self, character: str) -> Glyph:
        family = next(self._faces.families(self._chain, character), self._chain.families[-1])
        advance = partial(self._faces.advances, family)
        natural, stretched = sum(advance(character, ())), sum(advance(character, (_PROBE,)))
        half, gives = 0.0, False
        if character in MARKS:
            half = natural - sum(advance(character, HALF_FEATURES))
            gives = sum(advance(f"汉{character}", _SQUEEZES)) < sum(advance(f"汉{character}", ()))
        self[character] = glyph = Glyph(family, stretched > natural, half, gives)
        return glyph


def _open(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
