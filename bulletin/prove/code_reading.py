"""Codes found in the picture of a page, however it was taken: scanned or photographed, askew, in a shadow, faint (ZXing)."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter, ImageOps
from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

_FORMATS = BarcodeFormats([BarcodeFormat.QRCode, BarcodeFormat.DataMatrix])
_PAPER = 8
"""How much smaller the picture is in which the brightness of the paper is looked for."""
_BROUGHT_OUT = ((1, 3.0), (2, 3.0), (1, 6.0))
"""By how many pixels ink is spread, so that the dots of a screen run together, and how much darker it is made. The first reads
most prints, the second coarse screens, the third fine ones."""


def read_codes(picture: Image.Image, *, thoroughly: bool = True) -> tuple[str, ...]:
    """The texts of the QR codes and DataMatrices in a grey picture, each once.

    Args:
        picture: It may be turned, and distorted as a photograph is.
        thoroughly: Faint ones are looked for too, if no DataMatrix is seen at once.
    """
    found = _read(picture)
    if thoroughly and BarcodeFormat.DataMatrix not in found.values():
        found |= next((seen for attempt in _attempts(picture) if (seen := _read(attempt))), {})
    return tuple(found)


def _read(picture: Image.Image) -> dict[str, BarcodeFormat]:
    return {code.text: code.format for code in read_barcodes(picture, formats=_FORMATS)}


def _attempts(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture with its paper made white and what is little darker than that brought out."""
    for spread, darker in _BROUGHT_OUT:
        soft = picture.filter(ImageFilter.GaussianBlur(spread))
        small = soft.resize((max(1, soft.width // _PAPER), max(1, soft.height // _PAPER)), Image.Resampling.BOX)
        paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4))
        ink = ImageChops.subtract(paper.resize(soft.size, Image.Resampling.BILINEAR), soft, 1 / darker)
        yield ImageOps.invert(ink)
