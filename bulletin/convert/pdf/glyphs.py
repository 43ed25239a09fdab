"""The characters of a page with their places (PDFium)."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from bulletin.convert.pdf.page import Box, Glyph, Standing
from bulletin.model.foreign import Look

_HYPHENS = "\u0002\ufffe"
"""PDFium's ways to write a hyphen at the end of a line."""
_NOTHING = frozenset("\0\r\n")
_NAME_BYTES = 256
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|heavy|black", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique", re.IGNORECASE)
_BOLD_WEIGHT = 600
_STROKED = 2
_UNSEEN_MODE = 3
_SMALLEST_PT = 1.0
_SLANT = 0.1
_ASIDE = 0.1
"""Of the size: how far a character is put aside when it is written twice to look bold."""
_UPRIGHT = 0.1
"""Sine of the angle at which a line still counts as level."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the characters of one text object have in common."""

    size: float
    look: Look
    standing: Standing
    block: int


@dataclass(slots=True)
class Turn:
    """Places of a page's own space as places on the page as it is shown, for pages that are turned or cut."""

    angle: int
    crop: tuple[float, float, float, float]

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Turn:
        return cls(page.get_rotation(), page.get_cropbox())

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.crop
        match self.angle:
            case 90:
                return y - bottom, right - x
            case 180:
                return right - x, top - y
            case 270:
                return top - y, x - left
            case _:
                return x - left, y - bottom

    def direction(self, x: float, y: float) -> tuple[float, float]:
        match self.angle:
            case 90:
                return y, -x
            case 180:
                return -x, -y
            case 270:
                return -y, x
            case _:
                return x, y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def read_glyphs(page: pdfium.PdfPage, blocks: Mapping[int, int]) -> Iterator[Glyph]:
    """The characters of a page in the order of the file, blanks that it holds among them.

    Args:
        page: The page.
        blocks: The number of the tagged paragraph by the number of marked content (MCID).
    """
    text = page.get_textpage()
    try:
        yield from _once(_spread(_joined(_Reading(page, text, blocks).glyphs())))
    finally:
        text.close()


def raw_characters(page: pdfium.PdfPage) -> str:
    """All characters of the page as PDFium's own text extraction gives them: a second, cruder look."""
    text = page.get_textpage()
    try:
        characters: str = text.get_text_range(errors="replace")
    finally:
        text.close()
    return "".join("-" if each in _HYPHENS else each for each in characters)


@dataclass(slots=True)
class _Reading:
    page: pdfium.PdfPage
    text: pdfium.PdfTextPage
    blocks: Mapping[int, int]
    settings: dict[int, _Setting] = field(default_factory=dict)
    turn: Turn = field(init=False)

    def __post_init__(self) -> None:
        self.turn = Turn.of(self.page)

    def glyphs(self) -> Iterator[Glyph]:
        handle = self.text.raw
        width, height = self.page.get_size()
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
        at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        for index in range(pdfium_c.FPDFText_CountChars(handle)):
            character = chr(pdfium_c.FPDFText_GetUnicode(handle, index))
            text_object = pdfium_c.FPDFText_GetTextObject(handle, index)
            if character in _NOTHING or not text_object or pdfium_c.FPDFText_IsGenerated(handle, index):
                continue
            key = ctypes.addressof(text_object.contents)
            setting = self.settings.get(key) or self.settings.setdefault(key, self._setting(text_object, index))
            pdfium_c.FPDFText_GetCharOrigin(handle, index, at_x, at_y)
            pdfium_c.FPDFText_GetLooseCharBox(handle, index, at_box)
            left, base = self.turn.point(x.value, y.value)
            right = self.turn.box(box.left, box.bottom, box.right, box.top).right
            seen = -setting.size <= left <= width and -setting.size <= base <= height
            yield Glyph(
                "-" if character in _HYPHENS else character,
                left,
                max(right, left + setting.size) if _is_wide(character) else max(right, left),
                base,
                setting.size,
                setting.look,
                setting.standing if seen else Standing.OUTSIDE,
                setting.block,
            )

    def _setting(self, text_object: object, index: int) -> _Setting:
        matrix, mode = pdfium_c.FS_MATRIX(), pdfium_c.FPDFTextObj_GetTextRenderMode(text_object)
        pdfium_c.FPDFText_GetMatrix(self.text.raw, index, matrix)
        size = float(pdfium_c.FPDFText_GetFontSize(self.text.raw, index)) * math.hypot(matrix.c, matrix.d)
        face, weight = self._face(index), pdfium_c.FPDFText_GetFontWeight(self.text.raw, index)
        along = self.turn.direction(matrix.a, matrix.b)
        upwards = self.turn.direction(matrix.c, matrix.d)
        slanted = abs(upwards[0]) > _SLANT * abs(upwards[1])
        look = Look(
            face,
            round(size, 1),
            bold=bool(_BOLD.search(face)) or weight >= _BOLD_WEIGHT or mode == _STROKED,
            italic=bool(_SLANTED.search(face)) or slanted,
        )
        standing, block = Standing.TEXT, self.blocks.get(pdfium_c.FPDFPageObj_GetMarkedContentID(text_object), 0)
        if "Artifact" in _marks(text_object):
            standing = Standing.FURNITURE
        elif along[0] <= 0 or abs(along[1]) > _UPRIGHT * abs(along[0]):
            standing = Standing.TURNED
        elif size < _SMALLEST_PT:
            standing = Standing.OUTSIDE
        elif mode == _UNSEEN_MODE:
            standing = Standing.UNSEEN
        return _Setting(max(size, _SMALLEST_PT), look, standing, block)

    def _face(self, index: int) -> str:
        name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
        pdfium_c.FPDFText_GetFontInfo(self.text.raw, index, name, _NAME_BYTES, flags)
        return _SUBSET.sub("", _decoded(name.value))


def _decoded(name: bytes) -> str:
    """A face's name: in UTF-8, or in GBK as older programs write it."""
    for codec in ("utf-8", "gb18030"):
        try:
            return name.decode(codec)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _marks(text_object: object) -> frozenset[str]:
    """The names of the marked content that the object is in."""
    return frozenset(
        _mark_name(pdfium_c.FPDFPageObj_GetMark(text_object, number))
        for number in range(min(pdfium_c.FPDFPageObj_CountMarks(text_object), _NAME_BYTES))
    )


def _mark_name(mark: object) -> str:
    name, length = (pdfium_c.FPDF_WCHAR * _NAME_BYTES)(), ctypes.c_ulong()
    if not pdfium_c.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length):
        return ""
    return bytes(name)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


def _is_wide(character: str) -> bool:
    """True for what is one em wide in every face: Han. Some fonts give no widths that can be read."""
    return "\u4e00" <= character <= "\u9fff"


def _joined(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """The glyphs with the halves of rare Han made one."""
    first: Glyph | None = None
    for glyph in glyphs:
        if first is not None and "\udc00" <= glyph.character <= "\udfff":
            pair = (first.character + glyph.character).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            yield replace(first, character=pair, right=max(first.right, glyph.right))
            first = None
            continue
        if "\ud800" <= glyph.character <= "\udbff":
            first = glyph
        else:
            yield glyph


def _spread(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """The glyphs, with the characters of a ligature beside one another: PDFium puts them all in its place."""
    group: list[Glyph] = []
    for glyph in glyphs:
        if group and (glyph.left, glyph.base, glyph.look) != (group[0].left, group[0].base, group[0].look):
            yield from _parted(group)
            group = []
        group.append(glyph)
    yield from _parted(group)


def _parted(group: list[Glyph]) -> Iterator[Glyph]:
    if len(group) < 2:
        yield from group
        return
    left, right = group[0].left, max(glyph.right for glyph in group)
    step = (right - left) / len(group)
    for number, glyph in enumerate(group):
        yield replace(glyph, left=left + number * step, right=left + (number + 1) * step)


def _once(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """The glyphs; one that was there before, a little aside, is marked as doubled."""
    seen: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        step = _ASIDE * glyph.size
        column, row = round(glyph.left / step), round(glyph.base / step)
        near = ((glyph.character, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if not glyph.is_blank and any(place in seen for place in near):
            yield replace(glyph, standing=Standing.DOUBLED)
            continue
        seen.add((glyph.character, column, row))
        yield glyph
