"""Running text as a proofreader reads it: the characters that are printed, and where each of them stands in its file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

from bulletin.model.problem import Span


class Role(Enum):
    """What a text is in its article or its issue."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SPEAKER = "speaker"
    POSITION = "position"
    ORGANIZATION = "organization"
    EDITORS_NOTE = "editors-note"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CELL = "cell"
    CAPTION = "caption"
    NOTE = "note"
    HIGHLIGHT = "highlight"
    FIELD = "field"
    """A field of `issue.yaml`: an addressee, an editor, a marking."""


PROSE = frozenset({Role.PARAGRAPH, Role.ITEM, Role.QUOTE, Role.NOTE, Role.EDITORS_NOTE})
"""Texts of whole sentences; the others are titles, names and cells."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """From character `offset` of a text on, up to the next anchor, characters stand one after another in the file, from this place
    (line and column from 1, in code points)."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ProofText:
    """One paragraph, heading, cell, field …: its characters as they are printed, without markup.

    `anchors` begin with one of offset 0 and rise. `level` is that of a heading, 0 of other texts. `verbatim` are the stretches (start, end)
    that are code or addresses, `strong` those in bold. `field` is the path of a field (`title.0`); empty in the body.
    """

    path: str
    slug: str
    role: Role
    content: str
    anchors: tuple[Anchor, ...]
    level: int = 0
    verbatim: tuple[tuple[int, int], ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    field: str = ""

    def span(self, offset: int) -> Span:
        """Where the character at `offset` stands; of the end of the text, just after the last one."""
        at = self._anchor(max(0, min(offset, len(self.content) - 1)))
        return Span(self.path, at.line, at.column + offset - at.offset)

    def contiguous(self, start: int, end: int) -> bool:
        """True if these characters stand in the file as they do here, with nothing between them."""
        return not any(start < anchor.offset < end for anchor in self.anchors)

    def _anchor(self, offset: int) -> Anchor:
        place = bisect_right(self.anchors, offset, key=lambda anchor: anchor.offset)
        return self.anchors[max(0, place - 1)]


_SENTENCE_ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a text: from `start` up to `end`."""

    text: ProofText
    start: int
    end: int

    @property
    def content(self) -> str:
        return self.text.content[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.text.span(self.start)

    @property
    def end_span(self) -> Span:
        """The place just after the last of them."""
        if self.end <= self.start:
            return self.span
        last = self.text.span(self.end - 1)
        return Span(last.path, last.line, last.column + 1)

    @property
    def sentence(self) -> str:
        """The sentence that they stand in, by which a decision about them is known again when lines move."""
        content = self.text.content
        after = [place for mark in _SENTENCE_ENDS if (place := content.find(mark, self.end)) >= 0]
        return content[self._sentence_start : min(after, default=len(content)) + 1]

    @property
    def place(self) -> int:
        """How many characters of their sentence stand before them."""
        return self.start - self._sentence_start

    @property
    def _sentence_start(self) -> int:
        return max(self.text.content.rfind(mark, 0, self.start) for mark in _SENTENCE_ENDS) + 1


@dataclass(frozen=True, slots=True)
class ProofTexts:
    """All texts of an article in the order of reading, or those of `issue.yaml` (its slug is empty)."""

    slug: str
    path: str
    texts: tuple[ProofText, ...]
