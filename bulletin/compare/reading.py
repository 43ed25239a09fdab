"""Printed pages as one text in reading order, each character with its glyph: folios and running heads left out, footnotes after
the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bulletin.model.comparison import PICTURE
from bulletin.model.page import NOTE_SIZE
from bulletin.model.printed import HOLE_EM, SAME_LINE_PT, PrintedGlyph, PrintedPage, PrintedPicture, lines_of

_FOLIO = re.compile(r"[—–-]?\d{1,4}[—–-]?")
_SAME_SIZE_PT = 0.1
_FIRST_PICTURE, _PICTURES = 0x100000, 0xFFF0
"""Each picture is a character of a private plane, by its digest: so a picture that changed is an edit like any other."""
_DESCENT_EM = 0.12
CELL_END = "\t"


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, the page of each character and its glyph; and the lines of each page without its folio."""

    text: str
    pages: tuple[int, ...]
    glyphs: tuple[PrintedGlyph, ...]
    lines: tuple[tuple[str, ...], ...]


def read_pages(pages: Sequence[PrintedPage]) -> Reading:
    """All pages put together. Text that stays the same, but stands on another page, is the same text."""
    body: list[tuple[int, PrintedGlyph]] = []
    notes: list[tuple[int, PrintedGlyph]] = []
    lines: list[tuple[str, ...]] = []
    heads = _running_heads(pages)
    for page in pages:
        kept = _without_furniture(page, heads)
        rows = tuple(line.text for line in lines_of(kept))
        kept = _without_repeated_head(kept, lines[-1] if lines else ())
        lines.append(rows)
        for glyph in _with_cell_ends(tuple(_with_pictures(kept, page.pictures))):
            is_note = abs(glyph.size_pt - NOTE_SIZE.size_pt) < _SAME_SIZE_PT
            (notes if is_note else body).append((page.number, glyph))
    placed = body + notes
    text = "".join(glyph.character for _, glyph in placed)
    return Reading(text, tuple(page for page, _ in placed), tuple(glyph for _, glyph in placed), tuple(lines))


def shown(text: str) -> str:
    """The text with one sign for every picture, and cells of tables one after the other."""
    return "".join(
        PICTURE if ord(character) >= _FIRST_PICTURE else character for character in text if character != CELL_END
    )


def _without_furniture(page: PrintedPage, heads: Collection[str]) -> tuple[PrintedGlyph, ...]:
    """The glyphs of a page without its folio and without a running head."""
    furniture = [line for line in lines_of(page.foot) if _FOLIO.fullmatch(line.text)]
    furniture += [line for line in lines_of(page.head) if line.text in heads]
    left_out = {id(glyph) for line in furniture for glyph in line.glyphs}
    return tuple(glyph for glyph in page.glyphs if id(glyph) not in left_out)


def _running_heads(pages: Iterable[PrintedPage]) -> frozenset[str]:
    """What stands above the type area of more than one page. (Pages of other programs may have text there.)"""
    counts = Counter(line.text for page in pages for line in lines_of(page.head))
    return frozenset(text for text, count in counts.items() if count > 1)


def _without_repeated_head(glyphs: tuple[PrintedGlyph, ...], above: Iterable[str]) -> tuple[PrintedGlyph, ...]:
    """Without the rows at the head of a page that the page before has too: the head of a table that goes on."""
    known, repeated = frozenset(above), set[int]()
    for line in lines_of(glyphs):
        if line.text not in known or not line.has_holes:
            break
        repeated |= {id(glyph) for glyph in line.glyphs}
    return tuple(glyph for glyph in glyphs if id(glyph) not in repeated)


def _with_cell_ends(glyphs: Sequence[PrintedGlyph]) -> Iterator[PrintedGlyph]:
    """The glyphs with a sign of no width after each cell of a table: numbers of two cells are not one number."""
    in_rows = {id(glyph) for line in lines_of(glyphs) if line.has_holes for glyph in line.glyphs}
    for glyph, following in pairwise((*glyphs, None)):
        if glyph is None:
            continue
        yield glyph
        if _ends_cell(glyph, following, in_row=id(glyph) in in_rows):
            yield PrintedGlyph(CELL_END, glyph.right_pt, glyph.y_pt, glyph.size_pt, glyph.right_pt)


def _ends_cell(glyph: PrintedGlyph, following: PrintedGlyph | None, *, in_row: bool) -> bool:
    """True if there is a hole after the glyph, if the text goes on higher up, or if its row of cells ends."""
    if following is None:
        return in_row
    rise = following.y_pt - glyph.y_pt
    if abs(rise) < SAME_LINE_PT:
        return following.x_pt - glyph.right_pt > HOLE_EM * glyph.size_pt
    return rise > 0 or in_row


def _with_pictures(glyphs: Iterable[PrintedGlyph], pictures: Iterable[PrintedPicture]) -> Iterator[PrintedGlyph]:
    """The glyphs with each picture before the first of them that stands lower."""
    left = sorted(pictures, key=lambda picture: -picture.foot_pt)
    for glyph in glyphs:
        while left and glyph.y_pt < left[0].foot_pt:
            yield _picture_glyph(left.pop(0))
        yield glyph
    yield from map(_picture_glyph, left)


def _picture_glyph(picture: PrintedPicture) -> PrintedGlyph:
    height = picture.top_pt - picture.foot_pt
    sign = chr(_FIRST_PICTURE + int(picture.digest[:8], 16) % _PICTURES)
    return PrintedGlyph(sign, picture.left_pt, picture.foot_pt + _DESCENT_EM * height, height, picture.right_pt)
