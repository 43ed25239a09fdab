"""Every character of the edition has a glyph in the declared faces (safety, row 14)."""

from __future__ import annotations

from collections.abc import Iterator

import uharfbuzz

from bulletin.model.edition import Edition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.typeface import FANG, TYPEFACES
from bulletin.prove.passages import note_passages, print_passages


def prove_glyphs(edition: Edition, faces: tuple[tuple[str, str], ...], issue_file: Span) -> tuple[Problem, ...]:
    """A problem for each passage with a character that would be printed as an empty box.

    Args:
        edition: The edition to be printed.
        faces: The file name of each print face, and where it lies.
        issue_file: Where problems outside the articles are reported.
    """
    return tuple(_missing_glyphs(edition, dict(faces), issue_file))


def _missing_glyphs(edition: Edition, paths: dict[str, str], issue_file: Span) -> Iterator[Problem]:
    passages = [*print_passages(edition, {}, issue_file)]
    passages += [passage for article in edition.articles for passage in note_passages(article)]
    missing = {character for passage in passages for character in passage.text}
    for file in (face.file for face in TYPEFACES if face.family in FANG.families):
        missing -= {chr(code) for code in uharfbuzz.Face(uharfbuzz.Blob.from_file_path(paths[file])).unicodes}
    for passage in passages:
        for character in sorted(missing & set(passage.text)):
            what = message("字库里没有“{character}”（{code}）", character=character, code=f"U+{ord(character):04X}")
            yield error("glyph-missing", passage.span, what, message("换一个字，或在 assets/fonts 里换上收有它的字库"))
