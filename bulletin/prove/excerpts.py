"""Excerpts of a long run: some of its copies, with all that they are made of, as files that two libraries can read at ease.

A library that opens a run of ten thousand copies keeps every page that it passes, and begins again at the first when it is opened anew.
So a run is read a part at a time: a part has the very bytes of the run's objects, found by the run's own cross references, and nothing
written anew but the way to its pages. What is not written as runs are is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_STREAM = re.compile(rb"(\d+) 0 obj\s*<<(.*?)>>\s*stream\r?\n", re.DOTALL)
_END = re.compile(rb"\s*endstream\s+endobj\s*")
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_REFERENCE = re.compile(rb"(?<!\d)(\d+) 0 R\b")
_WIDTHS = (1, 4, 2)
"""Of the fields of a cross-reference row, in bytes."""
_ROOM = 4
"""Bytes of a file for each number up to its largest: qpdf takes numbers for damage in a file with less than 3. They are a comment: blanks alone, qpdf would
read one by one."""
_IN_FILE, _PACKED = 1, 2
"""Kinds of rows: an object that stands in the file by itself, and one in an object stream (ISO 32000-1, table 18)."""


class UnknownStructure(ValueError):
    """A file that is not written as runs are."""


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream as it stands in the file, from its number to its end, and the objects that are packed in it."""

    whole: bytes
    entries: bytes
    content: bytes
    objects: bytes = b""

    def numbers(self, name: bytes) -> list[int]:
        """The integers that an entry has; none where there is no such entry."""
        found = re.search(rb"/%b\s*(?:\[([\d\s]*)\]|(\d+))" % name, self.entries)
        return [int(word) for word in (found[1] or found[2]).split()] if found else []

    def decoded(self) -> bytes:
        if b"/Filter" not in self.entries:
            return self.content
        if b"/DecodeParms" in self.entries or not re.search(rb"/Filter\s*/FlateDecode", self.entries):
            raise UnknownStructure(f"stream {self.entries[:99]!r}")
        return zlib.decompress(self.content)


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of cross references: the rows of objects from `first` on."""

    first: int
    rows: bytes

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + len(self.rows) // sum(_WIDTHS))

    def row(self, number: int) -> tuple[int, int, int]:
        """The kind of an object, its place, and its place in an object stream."""
        at = (number - self.first) * sum(_WIDTHS)
        row = self.rows[at : at + sum(_WIDTHS)]
        return row[0], int.from_bytes(row[1:5], "big"), int.from_bytes(row[5:], "big")


class LongRun:
    """A run, of which excerpts are taken; what it was made from is its beginning.

    Raises:
        UnknownStructure: It is not written as runs are.
    """

    def __init__(self, content: bytes, sheets: bytes) -> None:
        if not content.startswith(sheets):
            raise UnknownStructure("not the sheets at the beginning")
        self._content, self._sheets = content, sheets
        self._before = _last_cross_references(sheets)
        (self._first,) = _stream_at(sheets, self._before).numbers(b"Size")
        self._sections: list[_Section] = []
        self._catalog = self._read_cross_references()
        self._root = self._reference(self._body(self._catalog), b"/Pages")

    def branches(self) -> tuple[int, ...]:
        """The nodes below the root of the page tree."""
        kids = re.search(rb"/Kids\s*\[([^\]]*)\]", self._body(self._root))
        return tuple(map(int, _REFERENCE.findall(kids[1]))) if kids else ()

    def excerpt(self, branch: int) -> bytes:
        """A file with the pages below a branch alone."""
        count = re.search(rb"/Count\s+(\d+)", self._body(branch))
        if not count:
            raise UnknownStructure("a node without a count")
        file, rows = bytearray(self._sheets), dict[int, bytes]()
        for number, stream in self._needed(branch).items():
            rows[number] = _row(_IN_FILE, len(file), 0)
            file += stream.whole
            rows |= {each: _row(_PACKED, number, at) for each, at in self._packed_in(number, stream)}
        for number, body in (
            (self._catalog, b"<</Type/Catalog/Pages %d 0 R>>" % self._root),
            (self._root, b"<</Type/Pages/Count %b/Kids[%d 0 R]>>" % (count[1], branch)),
        ):
            rows[number] = _row(_IN_FILE, len(file), 0)
            file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        return self._finished(file, rows)

    def _needed(self, branch: int) -> dict[int, _Stream]:
        """The streams that hold what a branch is made of, and what has taken the place of objects of the sheets."""
        needed, waiting = dict[int, _Stream](), {branch, *self._replaced()}
        while waiting := {holder for each in waiting - self._own_way if (holder := self._holder(each))} - needed.keys():
            found = {number: self._stream(number) for number in sorted(waiting)}
            needed |= found
            waiting = {
                int(each) for stream in found.values() for each in _REFERENCE.findall(stream.entries + stream.objects)
            }
        return needed

    def _replaced(self) -> set[int]:
        """The objects of the sheets that others have taken the place of.

        Raises:
            UnknownStructure: Some were taken away.
        """
        replaced = {each for section in self._sections if section.first < self._first for each in section.numbers} & {
            *range(self._first)
        }
        if not all(map(self._holder, replaced)):
            raise UnknownStructure("objects of the sheets taken away")
        return replaced

    @property
    def _own_way(self) -> set[int]:
        """What an excerpt has written anew."""
        return {self._catalog, self._root}

    def _holder(self, number: int) -> int:
        """The stream that an object is, or stands in; 0 of what is the sheets' own."""
        kind, place, _inner = self._row(number)
        return {_IN_FILE: number, _PACKED: place}.get(kind, 0)

    def _row(self, number: int) -> tuple[int, int, int]:
        found = (section.row(number) for section in self._sections if number in section.numbers)
        return next(found, (0, 0, 0))

    def _packed_in(self, holder: int, stream: _Stream) -> Iterator[tuple[int, int]]:
        """The objects that stand in an object stream and nowhere else by now, with their places there."""
        for at, number in enumerate(_heads(stream)[::2]):
            if number not in self._own_way and self._row(number) == (_PACKED, holder, at):
                yield number, at

    def _body(self, number: int) -> bytes:
        """An object that stands in an object stream, as it is written there."""
        kind, holder, at = self._row(number)
        stream = self._stream(holder) if kind == _PACKED else None
        heads = _heads(stream) if stream else []
        if stream is None or heads[2 * at : 2 * at + 1] != [number]:
            raise UnknownStructure(f"object {number}")
        (first,) = stream.numbers(b"First")
        places = [first + place for place in heads[1::2]]
        return stream.objects[places[at] : (*places, None)[at + 1]]

    def _stream(self, number: int) -> _Stream:
        """A stream by its number."""
        kind, place, _inner = self._row(number)
        found = _stream_at(self._content, place) if kind == _IN_FILE else None
        if found is None or not found.whole.startswith(b"%d 0 obj" % number):
            raise UnknownStructure(f"object {number}")
        return found

    def _read_cross_references(self) -> int:
        """Reads what was added to the sheets, the newest first; returns the number of the catalog."""
        place, catalog = _last_cross_references(self._content), 0
        while place >= len(self._sheets):
            stream = _stream_at(self._content, place)
            if tuple(stream.numbers(b"W")) != _WIDTHS:
                raise UnknownStructure(f"stream {stream.entries[:99]!r}")
            catalog = catalog or self._reference(stream.entries, b"/Root")
            rows, index = stream.decoded(), stream.numbers(b"Index")
            for first, count in zip(index[::2], index[1::2], strict=True):
                size = count * sum(_WIDTHS)
                self._sections.append(_Section(first, rows[:size]))
                rows = rows[size:]
            before, place = place, (stream.numbers(b"Prev") or [0])[0]
            if place >= before:
                raise UnknownStructure("cross references that go in a circle")
        if not self._sections:
            raise UnknownStructure("nothing added")
        return catalog

    @staticmethod
    def _reference(entries: bytes, name: bytes) -> int:
        found = re.search(rb"%b\s+(\d+) 0 R" % name, entries)
        if not found:
            raise UnknownStructure(f"no {name.decode()}")
        return int(found[1])

    def _finished(self, file: bytearray, rows: dict[int, bytes]) -> bytes:
        """The file with its cross references behind."""
        size = max(section.numbers.stop for section in self._sections) + 1
        file += b"%%%b\n" % (b" " * (_ROOM * size - len(file)))
        rows[size - 1] = _row(_IN_FILE, len(file), 0)
        numbers = sorted(rows)
        content = b"".join(rows[number] for number in numbers)
        file += b"%d 0 obj\n<</Type/XRef/W[1 4 2]/Index[%b]/Size %d/Prev %d/Root %d 0 R/Length %d>>\nstream\n" % (
            *(size - 1, _index(numbers), size, self._before, self._catalog, len(content)),
        )
        start = rows[size - 1][1:5]
        file += content + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % int.from_bytes(start, "big")
        return bytes(file)


def _last_cross_references(content: bytes) -> int:
    """Where a file says that its cross references are."""
    found = _STARTXREF.search(content, max(0, len(content) - 1024))
    return int(found[1]) if found else 0


def _stream_at(content: bytes, place: int) -> _Stream:
    head = _STREAM.match(content, place)
    length = re.search(rb"/Length\s+(\d+)(?!\s+\d+\s+R)", head[2]) if head else None
    if not head or not length:
        raise UnknownStructure(f"at {place}")
    end = _END.match(content, head.end() + int(length[1]))
    if not end:
        raise UnknownStructure(f"at {place}")
    stream = _Stream(content[place : end.end()], head[2], content[head.end() : head.end() + int(length[1])])
    return replace(stream, objects=stream.decoded()) if b"/ObjStm" in stream.entries else stream


def _heads(stream: _Stream) -> list[int]:
    """The number and the place of each object of an object stream, in turn (ISO 32000-1, 7.5.7); none of other streams."""
    if not stream.objects:
        return []
    (count,), (first,) = stream.numbers(b"N"), stream.numbers(b"First")
    heads = [int(word) for word in stream.objects[:first].split()]
    if len(heads) != 2 * count:
        raise UnknownStructure(f"object stream of {count}")
    return heads


def _row(kind: int, place: int, inner: int) -> bytes:
    return b"".join(field.to_bytes(width, "big") for field, width in zip((kind, place, inner), _WIDTHS, strict=True))


def _index(numbers: Iterable[int]) -> bytes:
    """Stretches of numbers, in order: the first of each, and how many."""
    stretches = list[list[int]]()
    for number in numbers:
        if stretches and sum(stretches[-1]) == number:
            stretches[-1][1] += 1
        else:
            stretches.append([number, 1])
    return b" ".join(b"%d %d" % (first, count) for first, count in stretches)
