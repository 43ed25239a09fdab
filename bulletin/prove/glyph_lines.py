"""Printed pages read back from a PDF: every glyph with its place (PDFium)."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from bulletin.model.printed import (
    AREA_FOOT_PT,
    PrintedFont,
    PrintedGlyph,
    PrintedLine,
    PrintedPage,
    PrintedPicture,
    lines_of,
)

__all__ = ["PrintedGlyph", "PrintedLine", "glyphs_on", "lines_of", "read_glyphs", "read_page", "read_printed"]

_UNPRINTED = frozenset("\0\n\r \xa0\u200b")
_HYPHENS = "\u0002\ufffe"
"""PDFium's ways to write a hyphen at the end of a line."""
_NAME_BYTES = 256
_DEEPEST = 4
"""Forms within forms that are looked into."""


def read_printed(content: bytes) -> tuple[PrintedPage, ...]:
    """The pages of a PDF.

    Raises:
        pypdfium2.PdfiumError: It is none, or cannot be opened without a password.
    """
    with pdfium.PdfDocument(content) as document:
        return tuple(read_page(page, number) for number, page in enumerate(document, start=1))


def read_glyphs(content: bytes) -> Iterator[tuple[PrintedGlyph, ...]]:
    """The glyphs of each page of a PDF in the order in which they are written, blanks left out."""
    with pdfium.PdfDocument(content) as document:
        for page in document:
            yield glyphs_on(page)


def glyphs_on(page: pdfium.PdfPage) -> tuple[PrintedGlyph, ...]:
    """The glyphs of a page in the order in which they are written, blanks left out."""
    return tuple(_Glyphs(page.get_textpage()))


def read_page(page: pdfium.PdfPage, number: int) -> PrintedPage:
    """A page by its number from 1."""
    text = page.get_textpage()
    glyphs = tuple(_Glyphs(text))
    found = _PageObjects(page)
    width, height = page.get_size()
    return PrintedPage(
        number, width, height, glyphs, tuple(found.pictures), frozenset(found.fonts), _dash_pt(text, glyphs)
    )


@dataclass(slots=True)
class _Glyphs:
    """Iterates over the glyphs of a page; the size is asked for once a text object, not once a glyph."""

    text: pdfium.PdfTextPage

    def __iter__(self) -> Iterator[PrintedGlyph]:
        handle, sizes = self.text.raw, dict[int, float]()
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
        at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        unicode_of, object_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetTextObject
        origin_of, box_of = pdfium_c.FPDFText_GetCharOrigin, pdfium_c.FPDFText_GetLooseCharBox
        for index in range(pdfium_c.FPDFText_CountChars(handle)):
            character = chr(unicode_of(handle, index))
            if character in _UNPRINTED:
                continue
            if character in _HYPHENS:
                character = "-"
            origin_of(handle, index, at_x, at_y)
            box_of(handle, index, at_box)
            key = ctypes.addressof(object_of(handle, index).contents)
            size = sizes.get(key) or sizes.setdefault(key, _size_of(handle, index))
            yield PrintedGlyph(character, x.value, y.value, size, box.right)


def _size_of(text: object, index: int) -> float:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text, index, matrix)
    return float(pdfium_c.FPDFText_GetFontSize(text, index) * abs(matrix.d))


def _dash_pt(text: pdfium.PdfTextPage, glyphs: tuple[PrintedGlyph, ...]) -> float | None:
    """Where the ink of the folio's dash stands: the middle of its tight box."""
    if not any(glyph.y_pt < AREA_FOOT_PT and glyph.character == "—" for glyph in glyphs):
        return None
    for index in reversed(range(text.count_chars())):
        _, bottom, _, top = text.get_charbox(index)
        if pdfium_c.FPDFText_GetUnicode(text.raw, index) == ord("—") and top < AREA_FOOT_PT:
            return float((bottom + top) / 2)
    return None


class _PageObjects:
    """What a page is made of: its pictures, and which fonts in which sizes."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.pictures: list[PrintedPicture] = []
        self.fonts: set[PrintedFont] = set()
        for each in page.get_objects(max_depth=_DEEPEST):
            if each.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                digest = hashlib.sha256(bytes(each.get_data())).hexdigest()
                self.pictures.append(PrintedPicture(digest, *each.get_bounds()))
            elif each.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self.fonts.add(_font_of(each.raw))


def _font_of(text_object: object) -> PrintedFont:
    font, name = pdfium_c.FPDFTextObj_GetFont(text_object), ctypes.create_string_buffer(_NAME_BYTES)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
    size, matrix = ctypes.c_float(), pdfium_c.FS_MATRIX()
    pdfium_c.FPDFTextObj_GetFontSize(text_object, size)
    pdfium_c.FPDFPageObj_GetMatrix(text_object, matrix)
    embedded = pdfium_c.FPDFFont_GetIsEmbedded(font) == 1
    return PrintedFont(name.value.decode("utf-8", "replace"), float(round(size.value * abs(matrix.d), 2)), embedded)
