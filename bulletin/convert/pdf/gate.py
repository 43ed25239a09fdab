"""What a page would make of a reader: content that unpacks to more than any page has is refused before it is read.

Content streams may be packed a thousandfold, and forms may show forms that show forms; each page is counted as it would be drawn.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

PAGE_LIMIT_BYTES = 6 * 1024**2
"""Of a page with text."""
DRAWING_LIMIT_BYTES = 32 * 1024**2
"""Of a page, as of a map, that has no text."""
DOCUMENT_LIMIT_BYTES = 600 * 1024**2
_DEEPEST = 20
_SHOWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_TEXT = re.compile(rb"[\])>]\s*(?:TJ|Tj|'|\")")


class TooMuch(Exception):
    """The content is more than a page of a manuscript can have."""


def check_content(content: bytes) -> bool:
    """True if the pages of a PDF can be read with the memory and time of a manuscript; false if it is broken.

    Raises:
        TooMuch: They cannot.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _Counting().document(pdf)
    except pikepdf.PasswordError:
        return True  # PDFium says it better
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, OSError, OverflowError):
        return False
    return True


@dataclass(slots=True)
class _Counting:
    """Bytes that each form unpacks to, with all that it shows."""

    forms: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)

    def document(self, pdf: pikepdf.Pdf) -> None:
        whole = 0
        for page in pdf.pages:
            size, has_text = self._shown(_contents(page.obj), page.resources, 0)
            whole += size
            if size > (PAGE_LIMIT_BYTES if has_text else DRAWING_LIMIT_BYTES) or whole > DOCUMENT_LIMIT_BYTES:
                raise TooMuch

    def _shown(
        self, streams: Iterator[pikepdf.Stream], resources: pikepdf.Object | None, depth: int
    ) -> tuple[int, bool]:
        """The size of the streams and of what they show, and whether there is text among it."""
        size, has_text, shown = 0, False, Counter[str]()
        for stream in streams:
            data = unpacked(stream, DRAWING_LIMIT_BYTES)
            size += len(data)
            has_text = has_text or bool(_TEXT.search(data))
            shown.update(name.decode("latin-1") for name in _SHOWS.findall(data))
            if size > DRAWING_LIMIT_BYTES:
                raise TooMuch
        for form, times in _forms(resources, shown):
            inner, with_text = self._form(form, resources, depth + 1)
            size += times * inner
            has_text = has_text or with_text
        return size, has_text

    def _form(self, form: pikepdf.Stream, outer: pikepdf.Object | None, depth: int) -> tuple[int, bool]:
        if depth > _DEEPEST:
            raise TooMuch
        key = form.objgen
        if key not in self.forms:
            self.forms[key] = (0, False)  # what shows itself is not drawn twice
            self.forms[key] = self._shown(iter((form,)), form.get("/Resources", outer), depth)
        return self.forms[key]


def _contents(page: pikepdf.Object) -> Iterator[pikepdf.Stream]:
    contents = page.get("/Contents")
    each = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return (stream for stream in each if isinstance(stream, pikepdf.Stream))


def _forms(resources: pikepdf.Object | None, shown: Counter[str]) -> Iterator[tuple[pikepdf.Stream, int]]:
    """The forms that are shown, and how often."""
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary):
        return
    for name, times in shown.items():
        each = objects.get(f"/{name}")
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form":
            yield each, times


def unpacked(stream: pikepdf.Stream, most: int) -> bytes:
    """The bytes of a stream.

    Raises:
        TooMuch: They are more than `most`, or packed in a way that nobody packs text.
    """
    filters = stream.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)] if filters else []
    raw = stream.read_raw_bytes()
    if names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        return _inflated(raw, most)
    if sum(name in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode") for name in names) > 1:
        raise TooMuch
    if names:
        return stream.read_bytes() if len(raw) <= most // 100 else b" " * min(most, len(raw))
    return raw


def _inflated(raw: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(raw, most + 1)
    except zlib.error:
        return raw
    if len(data) > most:
        raise TooMuch
    return data
