"""Bytes of a page to text: byte order mark, what the page says of itself, else as any manuscript."""

from __future__ import annotations

import codecs
import re

from bulletin.model.encoding import decode
from bulletin.model.problem import Outcome

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_HEAD_BYTES = 4096
_CLIPBOARD = re.compile(r"Version:[\d.]+\s+StartHTML:[^<]{0,400}")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}


def decode_page(content: bytes, name: str) -> Outcome[str]:
    """The text of a page, without what the clipboard of Windows writes before it."""
    declared = _DECLARED.search(content[:_HEAD_BYTES])
    has_mark = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = _as_declared(content, declared[1].decode("ascii").lower()) if declared and not has_mark else None
    if text is None:
        decoded = decode(content, name)
        if decoded.value is None:
            return decoded
        text = decoded.value
    clean = text.replace("\0", "")
    clipboard = _CLIPBOARD.match(clean)
    return Outcome(clean[clipboard.end() :] if clipboard else clean)


def _as_declared(content: bytes, encoding: str) -> str | None:
    """The text in the encoding that the page names, `None` where it is not in that."""
    try:
        codec = codecs.lookup(_WIDER.get(encoding, encoding))
        if not codec._is_text_encoding:
            return None
        return codec.decode(content)[0]
    except (LookupError, UnicodeError, ValueError):
        return None
