"""What a picture says beside its pixels: comments, text chunks, EXIF, profiles."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image

from bulletin.prove.leaks.binary import text_of, texts_among

_EXIF_TEXT = b"UNICODE\x00"
_LEADS = (b"ASCII\x00\x00\x00", b"JIS\x00\x00\x00\x00\x00", b"\x00" * 8)


def picture_texts(content: bytes) -> Iterator[str]:
    """Every text of the picture's metadata; nothing where it is no picture. What Pillow does not read is among its bytes."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content)) as picture:
            warnings.simplefilter("ignore")  # of damaged metadata and large pictures; nothing is decoded here
            yield from _said(dict(picture.info))
            yield from _said(getattr(picture, "text", {}))
            exif = picture.getexif()
            yield from _said(dict(exif))
            for directory in ExifTags.IFD:
                yield from _said(exif.get_ifd(directory))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, Image.DecompressionBombError):
        return


def _said(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield from _decoded(value)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _said(name)
            yield from _said(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _said(each)


def _decoded(content: bytes) -> Iterator[str]:
    """Of EXIF: UTF-8, UTF-16 (titles of Windows), and texts that say what they are written in (CIPA DC-008, 4.6.6)."""
    for lead in (_EXIF_TEXT, *_LEADS):
        content = content.removeprefix(lead)
    text = text_of(content)
    if text is not None:
        yield text
    if len(content) % 2 == 0 and len(content) < 10_000:
        yield content.decode("utf-16-le", "replace")
        yield content.decode("utf-16-be", "replace")
    yield from texts_among(content)
