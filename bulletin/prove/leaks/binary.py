"""Texts among bytes that are no text: in pictures, in streams of a PDF, in files of a kind that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UTF_8 = re.compile(rb"(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}")
_GB18030 = re.compile(rb"(?:[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39])|[ -~]){8,}")
_UTF_16 = (
    ("utf-16-le", re.compile(rb"(?:[\x00-\xff][\x20\x30\x34-\x9f\xd8-\xdf\xff]|[ -~]\x00){8,}", re.DOTALL)),
    ("utf-16-be", re.compile(rb"(?:[\x20\x30\x34-\x9f\xd8-\xdf\xff][\x00-\xff]|\x00[ -~]){8,}", re.DOTALL)),
)
"""Han, ASCII, and the marks of Chinese."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2}.*?[\u4e00-\u9fff]{2}", re.DOTALL)
"""Two words at least, which may have figures and marks between them."""
_TWO_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_LONG_ENOUGH = 16


class Unreadable(ValueError):
    """Something that cannot be opened, so that nobody can say what is in it."""


def text_of(content: bytes) -> str | None:
    """The content as text, by its mark of order or as UTF-8; none where it is neither."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def texts_among(content: bytes) -> Iterator[str]:
    """Runs of bytes that are text in UTF-8, UTF-16 or GB18030, and too long to come about by chance, as a drive of Windows among pixels."""
    for run in _UTF_8.findall(content):
        text = run.decode("utf-8", "replace")
        if len(text) >= _LONG_ENOUGH or _TWO_HAN.search(text):
            yield text
    for run in _GB18030.findall(content):
        text = run.decode("gb18030", "replace")
        if _HAN.search(text):
            yield text
    for encoding, pattern in _UTF_16:
        for run in pattern.findall(content):
            text = run.decode(encoding, "replace")
            if _HAN.search(text):
                yield text
