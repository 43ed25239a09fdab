"""A source file as it lies on the disk: its text with its own line ends, and how its bytes are made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from bulletin.model.problem import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in place of the characters from `start` up to `end`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Original:
    """`text` is what the file says, without its byte order mark `mark` (empty where there is none), encoded in `codec`."""

    path: str
    text: str
    codec: str = "utf-8"
    mark: bytes = b""

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.mark + self.text.encode(self.codec)

    @property
    def unified(self) -> str:
        """The text as loaders read it: every line ends with `\\n`."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def _lines(self) -> tuple[tuple[int, int], ...]:
        """Where each line begins and ends, without its line end."""
        ends = [(found.start(), found.end()) for found in _LINE_END.finditer(self.text)]
        starts = [0, *(end for _start, end in ends)]
        return tuple(zip(starts, [*(start for start, _end in ends), len(self.text)], strict=True))

    def line(self, number: int) -> str:
        """The line of that number (from 1); empty where there is none."""
        if not 0 < number <= len(self._lines):
            return ""
        start, end = self._lines[number - 1]
        return self.text[start:end]

    def offset(self, span: Span) -> int:
        """How many characters stand before this place."""
        number = min(max(span.line, 1), len(self._lines))
        start, end = self._lines[number - 1]
        return min(start + max(span.column, 1) - 1, end)

    def byte_offset(self, offset: int) -> int:
        """How many bytes stand before the character at `offset`."""
        return len(self.mark) + len(self.text[:offset].encode(self.codec))

    def utf16_column(self, span: Span) -> int:
        """The column, from 1, where a character beyond U+FFFF counts for two, as many programs for writing count."""
        before = self.line(span.line)[: max(span.column, 1) - 1]
        return len(before.encode("utf-16-le")) // 2 + 1

    def edited(self, edits: Iterable[Edit]) -> Original:
        """The same with the edits made, which do not overlap."""
        text = self.text
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.replacement + text[edit.end :]
        return replace(self, text=text)
