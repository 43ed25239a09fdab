"""Whether pages look alike: what their text cannot tell, such as rules, colours and faces."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from bulletin.model.page import left_margin_pt
from bulletin.model.printed import AREA_FOOT_PT

_NOTICED = 64
"""Greys that differ by less are the same: pages that stand a little to the side are drawn with other edges."""


def other_looks(old: bytes, new: bytes, pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Those of the pairs of pages (by their numbers from 1) that do not look alike above their folios."""
    with pdfium.PdfDocument(old) as one, pdfium.PdfDocument(new) as other:
        return frozenset(
            pair
            for pair in pairs
            if _differ(_picture(one[pair[0] - 1], pair[0]), _picture(other[pair[1] - 1], pair[1]))
        )


def _differ(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return True
    noticed = ImageChops.difference(one, other).point([255 * (grey > _NOTICED) for grey in range(256)] * 3)
    return noticed.getbbox() is not None


def _picture(page: pdfium.PdfPage, number: int) -> Image.Image:
    """The page without its foot, drawn as if it were an odd one: the margins of odd and even pages are mirrored."""
    width, height = (round(side) for side in page.get_size())
    picture = pdfium.PdfBitmap.new_native(width, height - round(AREA_FOOT_PT), pdfium_c.FPDFBitmap_BGRx)
    picture.fill_rect((255, 255, 255, 255), 0, 0, picture.width, picture.height)
    place = pdfium_c.FS_MATRIX(1, 0, 0, 1, left_margin_pt(1) - left_margin_pt(number), 0)
    clip = pdfium_c.FS_RECTF(0, 0, picture.width, picture.height)
    pdfium_c.FPDF_RenderPageBitmapWithMatrix(
        picture.raw, page.raw, ctypes.byref(place), ctypes.byref(clip), pdfium_c.FPDF_ANNOT
    )
    drawn: Image.Image = picture.to_pil()
    return drawn.convert("RGB")
