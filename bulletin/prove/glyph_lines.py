"""Printed lines read back from a PDF: every glyph with its place (PDFium)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_UNPRINTED = frozenset("\0\n\r \xa0\u200b\ufffe")
_SAME_LINE_PT = 4.0
"""Baselines that are nearer than this belong to one line."""


@dataclass(frozen=True, slots=True)
class PrintedGlyph:
    """A glyph on a page: its origin from the left and the foot of the sheet, its size and the right edge of its box; in points."""

    character: str
    x_pt: float
    y_pt: float
    size_pt: float
    right_pt: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The glyphs of a line from left to right."""

    glyphs: tuple[PrintedGlyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def baseline_pt(self) -> float:
        return self.glyphs[0].y_pt

    @property
    def pairs(self) -> Iterator[tuple[PrintedGlyph, PrintedGlyph]]:
        """Each glyph with the next."""
        return pairwise(self.glyphs)


def read_glyphs(content: bytes) -> Iterator[tuple[PrintedGlyph, ...]]:
    """The glyphs of each page of a PDF in the order in which they are written, blanks left out."""
    with pdfium.PdfDocument(content) as document:
        for page in document:
            yield tuple(_page_glyphs(page.get_textpage()))


def _page_glyphs(text: pdfium.PdfTextPage) -> Iterator[PrintedGlyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, box = pdfium_c.FS_MATRIX(), pdfium_c.FS_RECTF()
    for index in range(pdfium_c.FPDFText_CountChars(text.raw)):
        character = chr(pdfium_c.FPDFText_GetUnicode(text.raw, index))
        if character in _UNPRINTED or pdfium_c.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        pdfium_c.FPDFText_GetCharOrigin(text.raw, index, x, y)
        pdfium_c.FPDFText_GetMatrix(text.raw, index, matrix)
        pdfium_c.FPDFText_GetLooseCharBox(text.raw, index, box)
        size = pdfium_c.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d)
        yield PrintedGlyph(character, x.value, y.value, size, box.right)


def lines_of(glyphs: Iterator[PrintedGlyph] | tuple[PrintedGlyph, ...]) -> tuple[PrintedLine, ...]:
    """The lines that glyphs of one page stand in, from the top."""
    rows: list[list[PrintedGlyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y_pt):
        if rows and rows[-1][0].y_pt - glyph.y_pt < _SAME_LINE_PT:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return tuple(PrintedLine(tuple(sorted(row, key=lambda glyph: glyph.x_pt))) for row in rows)
