"""The print faces as their files are: which one has a character, how wide it sets it, what it can give and take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import uharfbuzz

from bulletin.model.line import BASE_FEATURES, HALF_FEATURES
from bulletin.model.marks import MARKS
from bulletin.model.typeface import CHAINS, FACES, Chain, Typeface

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
        self._fonts = {name: _open(path) for name, path in paths.items()}
        self._chains = {chain: chain.among(paths) for chain in CHAINS}
        self._glyphs = {chain: _Glyphs(self, chain) for chain in CHAINS}

    def glyphs(self, chain: Chain) -> Mapping[str, Glyph]:
        """What each character is in the chain; the last family stands where none has it."""
        return self._glyphs[chain]

    def family(self, chain: Chain, character: str) -> str:
        """The family that sets the character; the last of the chain where none has it."""
        asked = self._chains[chain]
        found = asked.setter(" " if character == _UNBROKEN_BLANK else character, self._has)
        return found.family if found else asked.families[-1]

    def families_of_name(self, chain: Chain, name: str) -> tuple[str, ...]:
        """The families that a name is set in, whole; empty where those of the chain do."""
        asked = self._chains[chain]
        whole = asked.whole(name, self._has)
        return whole.families if whole != asked else ()

    def advances(self, family: str, text: str, features: Sequence[str] = BASE_FEATURES) -> list[float]:
        """The width of each character of `text` in em: the first of a cluster has the width of all, the others 0."""
        font = self._fonts[FACES[family].file]
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

    def _has(self, face: Typeface, character: str) -> bool:
        return self._fonts[face.file].get_nominal_glyph(ord(character)) is not None


class _Glyphs(dict[str, Glyph]):
    """The glyphs of a chain, looked up when they are first met."""

    def __init__(self, faces: Faces, chain: Chain) -> None:
        super().__init__()
        self._faces = faces
        self._chain = chain

    def __missing__(self, character: str) -> Glyph:
        family = self._faces.family(self._chain, character)
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
