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


@dataclass(frozen=True, slots=True, eq=False)
class ProofText:
    """One paragraph, heading, cell, field …: its characters as they are printed, without markup. Each is itself and no other, whatever it says.

    `anchors` begin with one of offset 0 and rise. `level` is that of a heading, 0 of other texts. `verbatim` are the stretches (start, end)
    that are code or addresses, `strong` those in bold, `altered` those that stand otherwise in the file: entities, escapes, line ends that
    became a blank. `field` is the path of a field (`title.0`; `title` where it is no list); empty in the body.
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
    altered: tuple[tuple[int, int], ...] = ()

    def span(self, offset: int) -> Span:
        """Where the character at `offset` stands; of the end of the text, just after the last one."""
        at = self._anchor(max(0, min(offset, len(self.content) - 1)))
        return Span(self.path, at.line, at.column + offset - at.offset)

    def contiguous(self, start: int, end: int) -> bool:
        """True if these characters stand in the file as they do here, with nothing between them."""
        after = bisect_right(self.anchors, start, key=lambda anchor: anchor.offset)
        whole = after == len(self.anchors) or self.anchors[after].offset >= end
        return whole and not any(left < max(end, start + 1) and start < right for left, right in self.altered)

    def end_span(self, offset: int) -> Span:
        """The place just after the character before `offset`: where words that end there end in the file."""
        if not offset:
            return self.span(0)
        last = self.span(offset - 1)
        return Span(last.path, last.line, last.column + 1)

    def _anchor(self, offset: int) -> Anchor:
        place = bisect_right(self.anchors, offset, key=lambda anchor: anchor.offset)
        return self.anchors[max(0, place - 1)]


_SENTENCE_ENDS = "。！？；\n"
_LONGEST = 1_000
"""No sentence is looked for further than this, so that many findings in a text without a mark take no more than their time."""


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
        return self.text.end_span(self.end) if self.end > self.start else self.span

    @property
    def sentence(self) -> str:
        """The sentence that they stand in, by which a decision about them is known again when lines move."""
        content, limit = self.text.content, self.end + _LONGEST
        after = [place for mark in _SENTENCE_ENDS if (place := content.find(mark, self.end, limit)) >= 0]
        return content[self._sentence_start : min(after, default=limit) + 1]

    @property
    def place(self) -> int:
        """How many characters of their sentence stand before them."""
        return self.start - self._sentence_start

    @property
    def _sentence_start(self) -> int:
        first = max(0, self.start - _LONGEST)
        return max(first - 1, *(self.text.content.rfind(mark, first, self.start) for mark in _SENTENCE_ENDS)) + 1


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the source of an article: what it says, where it begins, and the texts that it is about.

    These are the text that it stands in, or those of the block that it stands before (of a table or a list: all); none at the end of the file.
    """

    content: str
    span: Span
    texts: tuple[ProofText, ...]


@dataclass(frozen=True, slots=True)
class ProofTexts:
    """All texts of an article in the order of reading, or those of `issue.yaml` (its slug is empty)."""

    slug: str
    path: str
    texts: tuple[ProofText, ...]
    remarks: tuple[Remark, ...] = ()
