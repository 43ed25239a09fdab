"""All texts of a PDF: of its pages by PDFium, of everything else by pikepdf, and of streams that nothing refers to any more.

A page that was deleted from a PDF is often still in the file, and so is what an older revision said (safety, finding 4): so streams
are found in the bytes too, and what they show is decoded by the maps of all fonts of that name.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import pikepdf
import pypdfium2

from bulletin.prove.leaks.binary import Unreadable, texts_among
from bulletin.prove.leaks.letters import LINE_END

CMap: TypeAlias = Mapping[int, str]
Fonts: TypeAlias = Mapping[str, tuple[tuple[int, CMap], ...]]
"""By the name of a font in resources: bytes of a code, and what each code means, for every font that has the name."""
Members: TypeAlias = Callable[[str, bytes], Iterator[str]]

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWS_TEXT = re.compile(rb"[\])>]\s*(?:TJ|Tj|'|\")|\bBDC\b")
_TOKEN = re.compile(
    rb"/([^\s/<>\[\]()]+)\s+-?[\d.]+\s+Tf\b|<([0-9A-Fa-f\s]*)>|\(((?:\\.|[^\\()])*)\)|\b(ET|T\*)\b", re.DOTALL
)
_BF_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_LITERAL_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r?\n)|(.))", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_texts(content: bytes, members: Members) -> Iterator[str]:
    """Every text of the file; `members` gives those of what is packed in a stream, as of an attached file.

    Raises:
        Unreadable: By `members`, or where the file cannot be opened, as no PDF of ours has a password.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            fonts = _fonts(pdf)
            for thing in pdf.objects:
                yield from _strings(thing)
                if isinstance(thing, pikepdf.Stream):
                    yield from _stream_texts(_decoded(thing), fonts, members)
        yield from _page_texts(content)
    except (pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, RecursionError) as fault:
        raise Unreadable(str(fault).partition(": ")[2] or str(fault)) from fault
    for raw in _STREAM.findall(content):
        yield from _stream_texts(_inflated(raw), fonts, members)
    yield from _literals(_STREAM.sub(b" ", content), {})


def _page_texts(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            text = page.get_textpage()
            yield LINE_END.join(text.get_text_bounded().splitlines())
            text.close()
            page.close()
    finally:
        document.close()


def _strings(thing: pikepdf.Object) -> Iterator[str]:
    """The strings, names and keys of an object; what it refers to is an object of its own."""
    waiting = [(thing, True)]
    while waiting:
        each, first = waiting.pop()
        if not isinstance(each, pikepdf.Object):
            continue
        if each.is_indirect and not first:
            continue
        if isinstance(each, pikepdf.String):
            yield str(each)
            yield from _as_utf_8(bytes(each))
        elif isinstance(each, pikepdf.Name):
            yield str(each)
        elif isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
            yield " ".join(each.keys())
            waiting += [(value, False) for value in each.values()]
        elif isinstance(each, pikepdf.Array):
            waiting += [(value, False) for value in each]


def _as_utf_8(content: bytes) -> Iterator[str]:
    """ISO 32000-2, 7.9.2.2: strings may be in UTF-8; some write them so without saying it."""
    if any(byte > 0x7F for byte in content) and not content.startswith(b"\xfe\xff"):
        yield content.decode("utf-8", "replace")


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # of pictures: what is in them is looked at as it stands
        return stream.read_raw_bytes()


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw)
    except zlib.error:
        return raw


def _stream_texts(content: bytes, fonts: Fonts, members: Members) -> Iterator[str]:
    if b"begincmap" in content:
        return
    if _SHOWS_TEXT.search(content):
        yield from _literals(content, fonts)
        yield from texts_among(re.sub(rb"[ -~\s]{2,}", b"\n", content))
    elif content[:1].isdigit() and b"<<" in content:  # an object stream: its objects are read as such
        yield from _literals(content, {})
    else:
        yield from members("", content)


def _literals(content: bytes, fonts: Fonts) -> Iterator[str]:
    """The strings of PDF syntax: joined where they show one text, in each way in which the font of that name may mean it."""
    meant: dict[int, list[str]] = {}
    ways: tuple[tuple[int, CMap], ...] = ()
    for font, written, literal, ends in _TOKEN.findall(content):
        if font:
            ways = fonts.get(font.decode("latin-1"), ())
        elif ends:
            for texts in meant.values():
                texts.append(LINE_END)
        else:
            code = _unhexed(written) if written else _unescaped(literal)
            yield from _plain_string(code)
            for way, (width, cmap) in enumerate(ways):
                meant.setdefault(way, []).append(_mapped(code, width, cmap))
    yield from ("".join(texts) for texts in meant.values())


def _plain_string(code: bytes) -> Iterator[str]:
    if code.startswith(b"\xfe\xff"):
        yield code[2:].decode("utf-16-be", "replace")
    elif len(code) > 1:
        yield from _as_utf_8(code) if max(code) > 0x7F else (code.decode("ascii"),)


def _unhexed(written: bytes) -> bytes:
    digits = b"".join(written.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _unescaped(literal: bytes) -> bytes:
    def character(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return bytes([int(found[1], 8) & 0xFF])
        return b"" if found[2] else _CONTROL.get(found[3], found[3])

    return _LITERAL_ESCAPE.sub(character, literal) if b"\\" in literal else literal


def _mapped(code: bytes, width: int, cmap: CMap) -> str:
    return "".join(
        cmap.get(int.from_bytes(code[place : place + width], "big"), "") for place in range(0, len(code), width)
    )


def _fonts(pdf: pikepdf.Pdf) -> Fonts:
    """The fonts of all resources in the file, by their names there."""
    found: dict[str, dict[tuple[int, int], tuple[int, CMap]]] = {}
    for thing in pdf.objects:
        resources = thing.get("/Font") if isinstance(thing, pikepdf.Dictionary) else None
        for holder in (thing, resources):
            if not isinstance(holder, pikepdf.Dictionary):
                continue
            for name, font in holder.items():
                if isinstance(font, pikepdf.Dictionary) and isinstance(font.get("/ToUnicode"), pikepdf.Stream):
                    width = 2 if font.get("/Subtype") == "/Type0" else 1
                    by_place = found.setdefault(name.removeprefix("/"), {})
                    if font.objgen not in by_place:
                        by_place[font.objgen] = (width, _cmap(font["/ToUnicode"].read_bytes()))
    return {name: tuple(by_place.values()) for name, by_place in found.items()}


def _cmap(content: bytes) -> CMap:
    """ISO 32000-1, 9.10.3: what each code of a font means."""
    found: dict[int, str] = {}
    for kind, block in _BF_BLOCK.findall(content):
        tokens = [
            (written if not opens and not closes else (opens or closes))
            for written, opens, closes in _HEX.findall(block)
        ]
        if kind == b"char":
            for code, meant in zip(tokens[::2], tokens[1::2], strict=False):
                found[int(code, 16)] = _meant(meant)
        else:
            _read_ranges(tokens, found)
    return found


def _read_ranges(tokens: list[bytes], found: dict[int, str]) -> None:
    place = 0
    while place + 2 < len(tokens):
        first, last = int(tokens[place], 16), int(tokens[place + 1], 16)
        if tokens[place + 2] == b"[":
            end = tokens.index(b"]", place)
            found.update(zip(range(first, last + 1), map(_meant, tokens[place + 3 : end]), strict=False))
            place = end + 1
            continue
        meant = _meant(tokens[place + 2])
        found.update(
            (code, meant[:-1] + chr(ord(meant[-1]) + code - first)) for code in range(first, last + 1) if meant
        )
        place += 3


def _meant(written: bytes) -> str:
    return _unhexed(written).decode("utf-16-be", "replace")
