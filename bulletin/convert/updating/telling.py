"""What became of a text, told in pieces: what stays, what goes, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.convert.updating.items import PARAGRAPH_END
from bulletin.convert.updating.strands import NOTE, PICTURE
from bulletin.model.comparison import Edit
from bulletin.model.updating import Piece

_SIGNS = str.maketrans({NOTE: "〔注〕", PICTURE: "〔图〕", PARAGRAPH_END: "¶"})


def told(old: str, new: str, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """The texts piece by piece, equal ones and different ones in turn."""
    return tuple(_pieces(old, new, edits))


def _pieces(old: str, new: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    at = 0
    for edit in (*edits, Edit(len(old), len(old), len(new), len(new))):
        if edit.old_start > at:
            same = shown(old[at : edit.old_start])
            yield Piece(same, same)
        if edit.old_end > edit.old_start or edit.new_end > edit.new_start:
            yield Piece(shown(old[edit.old_start : edit.old_end]), shown(new[edit.new_start : edit.new_end]))
        at = edit.old_end


def shown(text: str) -> str:
    """The text with words for the marks of notes, pictures, ends of paragraphs."""
    return text.translate(_SIGNS)
