"""A PDF with objects added behind its end: what is there stays as it is, byte for byte, and may be as long as it likes.

A library that knows every object of a file needs memory for each: 3,400 copies of 66 pages took 1.1 GB and 8 s, 10,000 more than the
machine gives. Here an object is forgotten when it is written: 10,000 copies take 30 MB and 4 s.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib

import pikepdf

_PACKED = 200
"""Objects of an object stream."""
_ROW = 7
"""Bytes of an object's row in the cross-reference stream: 1 for its kind, 4 for its place, 2 for its place in an object stream."""
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


class Appendix:
    """An incremental update of a PDF that has cross-reference streams, as ours have (ISO 32000-1, 7.5.6 to 7.5.8).

    Objects are given, and referred to, as they stand in a file. `pdf` is the file that is added to, for reading alone.
    """

    def __init__(self, base: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(base), inherit_page_attributes=False)
        self._base = base
        self._previous = _last_cross_references(base)
        self._written = bytearray()
        self._first = self._next = int(self.pdf.trailer.Size)
        self._rows = bytearray()
        self._replaced: dict[int, bytes] = {}
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """The number of an object that will come."""
        self._rows += bytes(_ROW)
        self._next += 1
        return self._next - 1

    def add(self, body: bytes, number: int | None = None) -> bytes:
        """Writes an object: a new one, or the one of that number, or another in place of it; returns the reference to it."""
        number = self.reserve() if number is None else number
        self._waiting.append((number, body))
        if len(self._waiting) == _PACKED:
            self.pack()
        return reference(number)

    def add_stream(self, content: bytes, entries: bytes = b"", number: int | None = None) -> bytes:
        """Writes a stream, compressed unless `entries`, of its dictionary, say that it is; returns the reference to it."""
        number = self.reserve() if number is None else number
        if b"/Filter" not in entries:
            content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
        head = b"%d 0 obj\n<<%b/Length %d>>\nstream\n" % (number, entries, len(content))
        self._note(number, 1, len(self._base) + len(self._written), 0)
        self._written += head + content + b"\nendstream\nendobj\n"
        return reference(number)

    def adopt(self, foreign: pikepdf.Object) -> bytes:
        """Writes an object of another file with all that it refers to; returns the reference to it."""
        return _Adoption(self).reference_to(foreign)

    def finished(self) -> bytes:
        """The whole file; its identifier says that it is a version of the other (ISO 32000-1, 14.4)."""
        self.pack()
        number, start = self.reserve(), len(self._base) + len(self._written)
        self._note(number, 1, start, 0)
        replaced = sorted(self._replaced.items())
        index = b"".join(b"%d 1 " % each for each, _ in replaced) + b"%d %d" % (self._first, self._next - self._first)
        rows = b"".join(row for _, row in replaced) + self._rows
        kept = b"".join(
            b"%b %b" % (key.encode(), pikepdf.Array([self.pdf.trailer[key]]).unparse()[2:-2])
            for key in ("/Root", "/Info")
            if key in self.pdf.trailer
        )
        identity = self.pdf.trailer.ID
        digest = hashlib.md5(bytes(identity[1]) + self._written, usedforsecurity=False).hexdigest()
        entries = b"/Type/XRef/W[1 4 2]/Index[%b]/Size %d/Prev %d%b/ID[<%b><%b>]" % (
            *(index, self._next, self._previous, kept),
            *(bytes(identity[0]).hex().encode(), digest.encode()),
        )
        self.add_stream(rows, entries, number)
        self.pdf.close()
        return b"".join((self._base, self._written, b"startxref\n%d\n%%%%EOF\n" % start))

    def pack(self) -> None:
        """Writes what waits as an object stream (ISO 32000-1, 7.5.7): what comes after it does not stand among what came before."""
        if not self._waiting:
            return
        number, places, offset = self.reserve(), list[bytes](), 0
        for place, (each, body) in enumerate(self._waiting):
            places.append(b"%d %d" % (each, offset))
            offset += len(body) + 1
            self._note(each, 2, number, place)
        head = b" ".join(places) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self._waiting), len(head))
        self.add_stream(head + b"\n".join(body for _, body in self._waiting), entries, number)
        self._waiting.clear()

    def _note(self, number: int, kind: int, place: int, inner: int) -> None:
        row = kind.to_bytes(1, "big") + place.to_bytes(4, "big") + inner.to_bytes(2, "big")
        if number < self._first:
            self._replaced[number] = row
        else:
            at = (number - self._first) * _ROW
            self._rows[at : at + _ROW] = row


def _last_cross_references(base: bytes) -> int:
    """Where a file has its cross-reference stream.

    Raises:
        ValueError: It has none.
    """
    found = _STARTXREF.search(base, max(0, len(base) - 1024))
    if not found or base.startswith(b"xref", int(found[1])):
        raise ValueError("a PDF without a cross-reference stream at its end")
    return int(found[1])


class _Adoption:
    """Copies objects of another file, each once."""

    def __init__(self, appendix: Appendix) -> None:
        self.appendix = appendix
        self.known: dict[tuple[int, int], int] = {}

    def reference_to(self, thing: pikepdf.Object) -> bytes:
        if thing.objgen not in self.known:
            number = self.known[thing.objgen] = self.appendix.reserve()
            if isinstance(thing, pikepdf.Stream):
                self.appendix.add_stream(thing.read_raw_bytes(), self.entries(thing), number)
            else:
                self.appendix.add(self.written(thing), number)
        return reference(self.known[thing.objgen])

    def entries(self, thing: pikepdf.Object) -> bytes:
        kept = (name for name in sorted(thing.keys()) if name != "/Length")
        return b"".join(pikepdf.Name(name).unparse() + b" " + self.value(thing[name]) for name in kept)

    def value(self, value: object) -> bytes:
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            return self.reference_to(value)
        return self.written(value)

    def written(self, value: object) -> bytes:
        if isinstance(value, pikepdf.Dictionary):
            return b"<<" + self.entries(value) + b">>"
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(map(self.value, value)) + b"]"
        return pikepdf.Array([value]).unparse()[2:-2]


def reference(number: int) -> bytes:
    """To the object of that number."""
    return b"%d 0 R" % number


def with_entries(thing: pikepdf.Object, entries: bytes, *without: str) -> bytes:
    """A dictionary of the file that is added to, with entries in addition to, or in place of, its own."""
    kept = pikepdf.Dictionary({name: value for name, value in thing.items() if name not in without})
    return b"<<" + entries + kept.unparse()[2:]
