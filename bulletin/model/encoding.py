"""Bytes to text: byte order mark, then UTF-8, then UTF-16 by its zero bytes, then GB18030 (safety, row 24)."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from bulletin.model.original import Original
from bulletin.model.problem import Outcome, Problem, Span, error, hint, message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_RARE_SHARE = 0.25
"""More Han outside GB 2312 level 1 than this is text of another encoding taken for GB18030."""


class _Decoded(NamedTuple):
    """A text, what its encoding is called, and how to encode it again."""

    text: str
    name: str
    codec: str
    mark: bytes = b""


def decode(content: bytes, path: str) -> Outcome[str]:
    """The text that `content` encodes, with `\\n` line ends and without byte order mark.

    Whatever is not plain UTF-8 with `\\n` is read right and reported as one hint at `path`.
    """
    decoded = _decode_any(content)
    if decoded is None:
        return Outcome(None, (_unknown_encoding(path),))
    unified = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return Outcome(unified, tuple(_encoding_hints(path, decoded.name)))


def decode_original(content: bytes, path: str) -> Outcome[Original]:
    """The same with the line ends of the file, and how it is to be encoded again."""
    decoded = _decode_any(content)
    if decoded is None:
        return Outcome(None, (_unknown_encoding(path),))
    return Outcome(Original(path, decoded.text, decoded.codec, decoded.mark))


def _unknown_encoding(path: str) -> Problem:
    what = message("文件的文字编码无法识别")
    return error("encoding", Span(path), what, message("请在编辑器里用“另存为”把编码改成 UTF-8"))


def _decode_any(content: bytes) -> _Decoded | None:
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            decoded = _try(content[len(mark) :], codec, name)
            return decoded._replace(mark=mark) if decoded else None
    if b"\x00" in content[:4096]:
        codec = "utf-16-le" if content[1::2].count(0) >= content[0::2].count(0) else "utf-16-be"
        return _try(content, codec, "UTF-16")
    return _try(content, "utf-8", "UTF-8") or _try_gb18030(content)


def _try(content: bytes, codec: str, name: str) -> _Decoded | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else _Decoded(text, name, codec)


def _try_gb18030(content: bytes) -> _Decoded | None:
    """GB18030 takes almost any bytes, so the result must also look like Chinese of today."""
    decoded = _try(content, "gb18030", "GB18030")
    if decoded is None:
        return None
    han = [character for character in decoded.text if "\u3400" <= character <= "\u9fff"]
    rare = sum(1 for character in decoded.text if _foreign(character))
    return decoded if han and rare <= _RARE_SHARE * len(han) else None


def _foreign(character: str) -> bool:
    """True for what today's Chinese hardly has: rarer Han, kana, Cyrillic, private use."""
    if "\u3400" <= character <= "\u9fff":
        return not _in_gb2312_level_1(character)
    return "\u0400" <= character <= "\u04ff" or "\u3040" <= character <= "\u312f" or "\ue000" <= character <= "\uf8ff"


def _in_gb2312_level_1(character: str) -> bool:
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7


def _encoding_hints(path: str, name: str) -> list[Problem]:
    if name == "UTF-8":
        return []
    return [
        hint(
            "encoding",
            Span(path),
            message("文件的编码是 {encoding}，已正确读取，不影响制作", encoding=name),
            message("如要多人合用，可另存为 UTF-8"),
        )
    ]
