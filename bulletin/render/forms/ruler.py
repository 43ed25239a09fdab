"""How wide a text is in the print faces, and how many lines it takes: what decides how large a label is set."""

from __future__ import annotations

import re
from functools import cache

import uharfbuzz

from bulletin.model.publication import Publication
from bulletin.model.typeface import Chain, Typeface

_UNBROKEN = re.compile(r"[\d－]+|[!-~]+|\s+|.")
"""What stands on one line: a range of copy numbers, a Latin word, a blank, or a Han character."""


class Ruler:
    """Measures texts in the faces of a publication, in em."""

    def __init__(self, publication: Publication) -> None:
        self._files = tuple(dict(publication.faces))
        self._fonts = {name: _open(path) for name, path in publication.faces}
        self._advance = cache(self._measure)

    def width_em(self, text: str, chain: Chain) -> float:
        return sum(self._advance(character, chain) for character in text)

    def lines(self, text: str, chain: Chain, room_em: float) -> int:
        """How many lines the text takes where each has so much room; a word that is wider than a line counts for more."""
        count, used = 1, 0.0
        for word in _UNBROKEN.findall(text):
            width = self.width_em(word, chain)
            if used and used + width > room_em:
                count, used = count + 1, 0.0
            used += width
            if used > room_em:
                return _NEVER
        return count

    def _measure(self, character: str, chain: Chain) -> float:
        among = chain.among(self._files)
        face = among.setter(character, self._has)
        if face is None:
            return 1.0
        font = self._fonts[face.file]
        glyph = font.get_nominal_glyph(ord(character))
        return float(font.get_glyph_h_advance(glyph or 0) / font.face.upem)

    def _has(self, face: Typeface, character: str) -> bool:
        return self._fonts[face.file].get_nominal_glyph(ord(character)) is not None


_NEVER = 10_000


def _open(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
