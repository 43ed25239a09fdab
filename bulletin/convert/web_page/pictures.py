"""Pictures that a page holds itself (`data:`), decoded within limits; those that stand elsewhere are not fetched."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from urllib.parse import unquote_to_bytes

from lxml import etree
from PIL import Image

from bulletin.convert.web_page.numbering import whole
from bulletin.model.foreign import ForeignPicture

BYTE_LIMIT = 20 * 1024**2
PIXEL_LIMIT = 40_000_000
PICTURE_LIMIT = 200
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp)(?:;[\w=-]{1,40}){0,3}?(;base64)?,", re.IGNORECASE)
_KEPT = {"PNG": "png", "JPEG": "jpg"}
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")


def source_of(element: etree._Element) -> str:
    """Where the picture stands: WeChat writes it into `data-src`, and a spacer into `src`."""
    return (element.get("data-src") or element.get("src") or "").strip()


def is_spacer(element: etree._Element) -> bool:
    """True for pictures of one point that count visitors or push things apart."""
    return any((whole(element.get(side)) or 9) <= 1 for side in ("width", "height"))


def picture_of(source: str, number: int, alternative: str) -> ForeignPicture | None:
    """The picture of a `data:` address, as PNG or JPEG; `None` where it is none, too big or broken."""
    found = _DATA.match(source)
    if not found or len(source) > 2 * BYTE_LIMIT:
        return None
    try:
        content = unquote_to_bytes(source[found.end() :])
        if found[1]:
            content = base64.b64decode(re.sub(rb"\s", b"", content) + b"==")
        kind, content = _shown(content)
    except (binascii.Error, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return ForeignPicture(f"picture-{number}.{_KEPT[kind]}", content, alternative)


def _shown(content: bytes) -> tuple[str, bytes]:
    """The kind and the bytes of a picture, as PNG where it was neither that nor JPEG.

    Raises:
        OSError, ValueError, SyntaxError: It is broken or has too many pixels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
        width, height = image.size
        if width * height > PIXEL_LIMIT or len(content) > BYTE_LIMIT:
            raise ValueError(image.size)
        if image.format in _KEPT:
            return image.format, content
        made = io.BytesIO()
        image.convert("RGBA").save(made, "PNG")
    return "PNG", made.getvalue()
