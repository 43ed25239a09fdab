"""Looking at printed pages as a printer does: where rules, glyphs and colours are, in millimetres from the top left of the sheet."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

MM = 72 / 25.4
DPI = 600
_PIXEL_MM = 25.4 / DPI


@dataclass(frozen=True)
class Glyph:
    """A character, the left end of its baseline in mm, its size in pt, its face and its colour."""

    character: str
    x_mm: float
    y_mm: float
    size_pt: float
    face: str
    colour: tuple[int, int, int]


@dataclass(frozen=True)
class Rule:
    """A horizontal rule, in mm."""

    left: float
    right: float
    top: float
    thickness: float


def glyphs_of(content: bytes, number: int) -> list[Glyph]:
    """The glyphs of a page (from 1) in the order in which they are written."""
    with pdfium.PdfDocument(content) as document:
        page = document[number - 1]
        return list(_glyphs(page.get_textpage(), page.get_height()))


def _glyphs(text: pdfium.PdfTextPage, height: float) -> Iterator[Glyph]:
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    parts = [ctypes.c_uint() for _ in range(4)]
    for index in range(raw.FPDFText_CountChars(text.raw)):
        character = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if character.isspace() or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        raw.FPDFText_GetMatrix(text.raw, index, matrix)
        raw.FPDFText_GetFillColor(text.raw, index, *parts)
        name = ctypes.create_string_buffer(100)
        raw.FPDFText_GetFontInfo(text.raw, index, name, 100, ctypes.c_int())
        size = raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d)
        face = name.value.decode().split("+")[-1]
        red, green, blue, _ = (part.value for part in parts)
        yield Glyph(character, x.value / MM, (height - y.value) / MM, size, face, (red, green, blue))


def rules_of(content: bytes, number: int, is_ink: Callable[[tuple[int, ...]], bool]) -> list[Rule]:
    """The horizontal rules of a page, longer than 100 mm, whose colour is wanted."""
    with pdfium.PdfDocument(content) as document:
        image = document[number - 1].render(scale=DPI / 72).to_pil().convert("RGB")
    middle = image.width // 2
    rows = [row for row in range(image.height) if is_ink(image.getpixel((middle, row)))]
    found = []
    for _, group in groupby(enumerate(rows), key=lambda item: item[1] - item[0]):
        band = [row for _, row in group]
        left, right = _extent(image, band[len(band) // 2], middle, is_ink)
        if (right - left) * _PIXEL_MM > 100:
            found.append(Rule(left * _PIXEL_MM, right * _PIXEL_MM, band[0] * _PIXEL_MM, len(band) * _PIXEL_MM))
    return found


def _extent(image: Image.Image, row: int, middle: int, is_ink: Callable[[tuple[int, ...]], bool]) -> tuple[int, int]:
    left = right = middle
    while left > 0 and is_ink(image.getpixel((left - 1, row))):
        left -= 1
    while right < image.width and is_ink(image.getpixel((right, row))):
        right += 1
    return left, right


def ink_of(content: bytes, number: int, area: tuple[float, float, float, float]) -> tuple[float, float]:
    """The highest and the lowest ink of an area (left, top, right, bottom) of a page, in mm from the top of the sheet."""
    with pdfium.PdfDocument(content) as document:
        image = document[number - 1].render(scale=DPI / 72).to_pil().convert("L")
    left, top, right, bottom = (round(edge / _PIXEL_MM) for edge in area)
    box = image.crop((left, top, right, bottom)).point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box
    return (top + box[1]) * _PIXEL_MM, (top + box[3]) * _PIXEL_MM
