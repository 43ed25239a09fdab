"""A file of the site to the texts that are in it, whatever its kind, and whatever is packed in it."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import brotli

from bulletin.prove.leaks.binary import Unreadable, text_of, texts_among
from bulletin.prove.leaks.decoding import NOTHING_KNOWN, Known, guises, packed_in
from bulletin.prove.leaks.picture_texts import picture_texts

_MOST_DEPTH = 4
_MOST_BYTES = 256 * 1024 * 1024
_BROTLI_STEP = 1024 * 1024
_FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00", b"ttcf", b"true")
_TEXT_ENDINGS = frozenset({
    "html", "htm", "xml", "json", "js", "mjs", "css", "svg", "txt", "map", "atom", "rss", "csv", "webmanifest",
    "xsl", "md", "yaml", "yml", "conf", "htaccess",
})  # fmt: skip


class Content(NamedTuple):
    """The texts of a file; of an `unknown` kind only its bytes are looked at, and there may be more."""

    texts: tuple[str, ...]
    unknown: bool


def texts_of(path: str, content: bytes, known: Known = NOTHING_KNOWN) -> Content:
    """All texts of a file: its path, what it says in every guise, what is packed in it. What it is, its bytes say, not its name.

    Args:
        path: The file's, in the site.
        content: Its bytes.
        known: What of it need not be read.

    Raises:
        Unreadable: Something in it cannot be opened.
    """
    texts = tuple(dict.fromkeys((*guises(path), *_texts(path, content, known))))
    return Content(texts, not _of_known_kind(path, content))


def _texts(path: str, content: bytes, known: Known, depth: int = 0) -> Iterator[str]:
    if depth > _MOST_DEPTH:
        raise Unreadable(f"{path}: packed more than {_MOST_DEPTH} times")
    for begins, read in _PACKED:
        if content.startswith(begins):
            for name, member in _opened(path, content, read):
                yield from guises(name)
                yield from _texts(name, member, known, depth + 1)
            return
    if path.lower().endswith(".br"):
        yield from _texts(path[:-3], _unbrotli(path, content), known, depth + 1)
    elif content.startswith(b"%PDF-"):
        from bulletin.prove.leaks.pdf_texts import pdf_texts  # heavy: only where there is a PDF

        yield from pdf_texts(content, lambda name, member: _texts(name, member, known, depth + 1))
    else:
        yield from _plain(path, content, known, depth)


def _plain(path: str, content: bytes, known: Known, depth: int) -> Iterator[str]:
    text = text_of(content)
    if text is None:
        yield from picture_texts(content)
        for each in texts_among(content):
            yield from guises(each)
        return
    for guise in guises(text, known):
        yield guise
        for packed in packed_in(guise):
            if text_of(packed) is not None or _sniffed(packed):
                yield from _texts(path, packed, known, depth + 1)


def _opened(
    path: str, content: bytes, read: Callable[[bytes], Iterator[tuple[str, bytes]]]
) -> Iterator[tuple[str, bytes]]:
    try:
        for name, member in read(content):
            yield name or path.rpartition(".")[0], member
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise Unreadable(f"{path}: {fault}") from fault


def _gunzipped(content: bytes) -> Iterator[tuple[str, bytes]]:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        yield "", _bounded(packed.read(_MOST_BYTES + 1))
    end = content.find(b"\x00", 10)
    if content[3] & 8 and end > 0:  # RFC 1952, 2.3.1: the name of the file that was packed
        yield content[10:end].decode("utf-8", "replace"), b""


def _unzipped(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        yield "comment", packed.comment
        for member in packed.infolist():
            with packed.open(member) as file:
                yield member.filename, _bounded(file.read(_MOST_BYTES + 1))
            yield "comment", member.comment + member.extra


def _unbrotli(path: str, content: bytes) -> bytes:
    decoder, found = brotli.Decompressor(), bytearray()
    try:
        for start in range(0, len(content), _BROTLI_STEP):
            found += decoder.process(content[start : start + _BROTLI_STEP])
            _bounded(found)
    except brotli.error as fault:
        raise Unreadable(f"{path}: {fault}") from fault
    if not decoder.is_finished():
        raise Unreadable(f"{path}: cut off")
    return bytes(found)


def _bounded(content: bytes | bytearray) -> bytes:
    if len(content) > _MOST_BYTES:
        raise Unreadable(f"larger than {_MOST_BYTES} bytes when unpacked")
    return bytes(content)


_PACKED: tuple[tuple[bytes, Callable[[bytes], Iterator[tuple[str, bytes]]]], ...] = (
    (b"\x1f\x8b", _gunzipped),
    (b"PK\x03\x04", _unzipped),
    (b"PK\x05\x06", _unzipped),
)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x00\x00\x01\x00")


def _sniffed(content: bytes) -> bool:
    """True for the kinds that are known by how they begin."""
    return content.startswith((b"%PDF-", *_PICTURES, *_FONTS, *(begins for begins, _ in _PACKED)))


def _of_known_kind(path: str, content: bytes) -> bool:
    if _sniffed(content) or path.lower().endswith(".br"):
        return True
    ending = path.rpartition(".")[2].lower()
    return text_of(content) is not None and (ending in _TEXT_ENDINGS or "." not in path.rpartition("/")[2])
