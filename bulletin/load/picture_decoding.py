"""Pictures decoded, freed of metadata and encoded anew (safety, rows 10 to 16)."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from bulletin.load.pictures import refused_picture
from bulletin.model.picture import Picture
from bulletin.model.problem import Outcome, Span, message

PIXEL_LIMIT = 40_000_000
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg"}


def decode_picture(content: bytes, name: str, span: Span) -> Outcome[Picture]:
    """The picture of a file, freed of metadata and encoded anew; a problem at `span` where it is none that may be shown."""
    try:
        with _strict_decoding():
            return _decode(content, name, span)
    except Image.DecompressionBombError:
        return refused_picture(span, "picture-pixels", message("图片“{name}”的像素太多", name=name))
    except (OSError, SyntaxError, ValueError):
        return refused_picture(span, "picture-broken", message("图片“{name}”打不开，可能已损坏", name=name))


def shrink(picture: Picture, side_px: int) -> Picture:
    """The picture, no side longer than `side_px`."""
    if max(picture.width_px, picture.height_px) <= side_px:
        return picture
    image = Image.open(io.BytesIO(picture.content))
    image.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    return _encoded(image, picture.name, "PNG" if picture.media_type == "image/png" else "JPEG")


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """A picture that is cut short is refused, also where another library has told Pillow to take it as it is.

    Warnings are passed over: they are of odd metadata, which is not kept, and of size, where our own limit is lower.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decode(content: bytes, name: str, span: Span) -> Outcome[Picture]:
    try:
        image = Image.open(io.BytesIO(content), formats=tuple(_FORMATS))
    except UnidentifiedImageError:
        return refused_picture(span, "picture-kind", message("“{name}”不是 PNG 或 JPEG 图片", name=name))
    width, height = image.size
    if width * height > PIXEL_LIMIT:
        return refused_picture(
            span,
            "picture-pixels",
            message("图片“{name}”有 {width}×{height} 像素，太大", name=name, width=width, height=height),
        )
    kind = "PNG" if image.format == "PNG" else "JPEG"  # a telephone's MPO is a JPEG with more pictures behind it
    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGB" if kind == "JPEG" or upright.mode in ("CMYK", "YCbCr", "LAB") else upright.mode)
    clean = Image.new(upright.mode, upright.size)
    if upright.mode == "P" and upright.palette:
        upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
        clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return Outcome(_encoded(clean, name, kind))


def _encoded(image: Image.Image, name: str, kind: str) -> Picture:
    encoded = io.BytesIO()
    image.save(encoded, kind, **({"quality": 92, "subsampling": 0} if kind == "JPEG" else {}))
    content = encoded.getvalue()
    return Picture(name, _FORMATS[kind], *image.size, content, hashlib.sha256(content).hexdigest())
