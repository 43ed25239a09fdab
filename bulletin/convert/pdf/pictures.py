"""Pictures of a PDF as PNG or JPEG, within limits of size (PDFium)."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from bulletin.convert.pdf.page import Box, Placed
from bulletin.model.foreign import ForeignPicture

PIXEL_LIMIT = 40_000_000
ALL_PIXELS_LIMIT = 400_000_000
PICTURE_LIMIT = 500
_SMALLEST_PT = 12.0
"""Smaller pictures are bullets, lines and dots."""
_WHOLE_PAGE = 0.9
_JPEG = b"\xff\xd8\xff"


@dataclass(slots=True)
class Album:
    """The pictures that were read; those that were left out are told by their page."""

    pictures: list[ForeignPicture] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    _pixels: int = ALL_PIXELS_LIMIT
    _names: dict[str, str] = field(default_factory=dict)

    def add(
        self, page: pdfium.PdfPage, drawn: Iterable[tuple[object, Box]], number: int, alternatives: Mapping[int, str]
    ) -> tuple[Placed, ...]:
        """The pictures of a page where they stand; the same picture on many pages is kept once.

        Args:
            page: The page.
            drawn: Its objects that are pictures, with their places.
            number: The number of the page.
            alternatives: What stands for its pictures, by the number of marked content.
        """
        width, height = page.get_size()
        placed = []
        for each, box in drawn:
            if min(box.width, box.height) < _SMALLEST_PT:
                continue
            if box.width >= _WHOLE_PAGE * width and box.height >= _WHOLE_PAGE * height:
                self.left_out.append(number)  # a scanned page, or a ground
                continue
            name = self._name(page, each, alternatives.get(pdfium_c.FPDFPageObj_GetMarkedContentID(each), ""))
            if name:
                placed.append(Placed(name, number, box))
            else:
                self.left_out.append(number)
        return tuple(placed)

    def _name(self, page: pdfium.PdfPage, each: object, alternative: str) -> str:
        """The name of a picture, nothing where it cannot be had."""
        facts = pdfium_c.FPDF_IMAGEOBJ_METADATA()
        if not pdfium_c.FPDFImageObj_GetImageMetadata(each, page.raw, facts):
            return ""
        pixels = facts.width * facts.height
        if not 0 < pixels <= min(PIXEL_LIMIT, self._pixels) or len(self.pictures) >= PICTURE_LIMIT:
            return ""
        self._pixels -= pixels
        try:
            image = pdfium.PdfImage(each, page)
            ending, content = _jpeg(image, facts.colorspace) or _png(image)
        except (pdfium.PdfiumError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return ""
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._names:
            self._names[digest] = f"picture-{len(self._names) + 1}.{ending}"
            self.pictures.append(ForeignPicture(self._names[digest], content, alternative))
        return self._names[digest]


def _jpeg(image: pdfium.PdfImage, space: int) -> tuple[str, bytes] | None:
    """The picture as the file holds it where that is a JPEG in the colours of screens, whole and without anything before it."""
    if space not in (
        pdfium_c.FPDF_COLORSPACE_DEVICERGB,
        pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
        pdfium_c.FPDF_COLORSPACE_ICCBASED,
    ):
        return None
    content = bytes(image.get_data())
    if not content.startswith(_JPEG):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
            if opened.mode not in ("RGB", "L") or opened.width * opened.height > PIXEL_LIMIT:
                return None
            opened.load()
    return "jpg", content


def _png(image: pdfium.PdfImage) -> tuple[str, bytes]:
    bitmap = image.get_bitmap()
    made = io.BytesIO()
    bitmap.to_pil().save(made, "PNG")
    return "png", made.getvalue()
