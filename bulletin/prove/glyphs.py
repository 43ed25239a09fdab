"""Every character of the edition has a glyph in the declared faces (safety, row 14), and in its own face if that can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import uharfbuzz

from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.printed_text import PrintedText, printed_texts
from bulletin.model.problem import Problem, error, hint, message
from bulletin.model.publication import Publication
from bulletin.model.typeface import CHAINS, SONG, Typeface, label_among

_ADVICE = message("换一个字；或在 bulletin.yaml 的 fonts 里写上收有它的字库")


def prove_glyphs(issue: Issue, edition: Edition) -> tuple[Problem, ...]:
    """An error for each character that would be printed as an empty box, a hint for each that another face stands in for.

    A character that no face has is told wherever it stands, one that is replaced once a face, where it is first met.
    """
    faces = _Faces(issue.publication.faces)
    found: dict[tuple[str, str], Problem] = {}
    for printed in printed_texts(issue, edition):
        for key, problem in faces.problems(printed):
            found.setdefault(key, problem)
    return tuple(found.values())


def missing_characters(texts: Iterable[str], publication: Publication) -> tuple[str, ...]:
    """The characters of the texts that none of the faces has which may stand in for one another in 宋体."""
    faces = _Faces(publication.faces)
    chain = faces.chains[SONG]
    used = {character for text in texts for character in text if not character.isspace()}
    return tuple(character for character in sorted(used) if chain.setter(character, faces.has) is None)


class _Faces:
    """The characters that the faces of a publication have."""

    def __init__(self, faces: tuple[tuple[str, str], ...]) -> None:
        self.files = dict(faces)
        self.characters = {file: _characters(path) for file, path in faces}
        self.chains = {chain: chain.among(self.files) for chain in CHAINS}

    def problems(self, printed: PrintedText) -> Iterator[tuple[tuple[str, str], Problem]]:
        """What is wrong with the characters of a text, each with what makes it the same as another."""
        chain = self.chains[printed.chain]
        for character in sorted({*printed.text} - {*filter(str.isspace, printed.text)}):
            wanted, setter = chain.wanted(character), chain.setter(character, self.has)
            if setter is None:
                code = f"U+{ord(character):04X}"
                what = message("字库里没有“{character}”（{code}）", character=character, code=code)
                yield (str(printed.span), character), error("glyph-missing", printed.span, what, _ADVICE)
            elif setter.family not in chain.own:
                stand_in = label_among(setter, self.files)
                what = message("{face}里没有“{character}”，用{stand_in}代替",
                               face=wanted.label, character=character, stand_in=stand_in)  # fmt: skip
                yield (wanted.label, character), hint("face-substituted", printed.span, what)

    def has(self, face: Typeface, character: str) -> bool:
        return character in self.characters[face.file]


def _characters(path: str) -> frozenset[str]:
    return frozenset(map(chr, uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)).unicodes))
