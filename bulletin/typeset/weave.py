"""Inlines to runs and back: a paragraph's tree is laid out flat for the line composer, its lines are woven into the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import assert_never

from bulletin.model.line import Line, Spacing
from bulletin.model.marks import OPENING, foreign_words, is_han
from bulletin.model.page import CODE_SIZE_PT, MARK_SIZE_PT
from bulletin.model.prose import (
    Code,
    ComposedInline,
    CrossLink,
    Emphasis,
    LineBreak,
    Note,
    SetInline,
    SetText,
    Spaced,
    Strong,
    Text,
    WebLink,
)
from bulletin.model.typeface import HEI, KAI, SONG, Chain
from bulletin.typeset.strip import Run, Style

Content = tuple[ComposedInline, ...]
SetNote = Callable[["Note[ComposedInline]"], "Note[SetInline]"]

_NEEDLESS_BLANK = re.compile("(?<=[\u3400-\u9fff〇]) +(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%‰]) +(?=[\u3400-\u9fff〇])")
"""Han–Latin white belongs to the layout, not to the text (CLREQ; one policy an issue)."""


def merged(content: Content) -> Content:
    """The content with adjacent texts made one: the layout engine sees no border between them."""
    joined: list[ComposedInline] = []
    for is_text, group in groupby(content, key=lambda inline: isinstance(inline, Text)):
        inlines = list(group)
        joined += [Text("".join(part.content for part in inlines if isinstance(part, Text)))] if is_text else inlines
    return tuple(joined)


def runs_of(content: Content, chain: Chain, size_pt: float) -> Iterator[Run | None]:
    """The runs of a paragraph in order, `None` where the author asked for a line break; `chain` is the paragraph's own."""
    for inline in merged(content):
        match inline:
            case Text(text):
                yield Run(text, Style(chain))
            case Code(text):
                yield Run(text, Style(SONG, CODE_SIZE_PT / size_pt, rigid=True))
            case LineBreak():
                yield None
            case Strong():
                yield from runs_of(inline.content, HEI, size_pt)
            case Emphasis():
                yield from runs_of(inline.content, KAI, size_pt)
            case WebLink() | CrossLink():
                yield from runs_of(inline.content, chain, size_pt)
            case Note():
                yield Run(inline.mark, Style(SONG, MARK_SIZE_PT / size_pt, rigid=True, glued=True))
            case _:
                assert_never(inline)


def without_needless_blanks(runs: Sequence[Run]) -> list[Run]:
    """The runs without blanks between Han and Latin, and with one where there were several, or a tab."""
    runs = [replace(run, text=run.text.replace("\t", " ")) for run in runs]
    text = "".join(run.text for run in runs)
    needless = {place for found in _NEEDLESS_BLANK.finditer(text) for place in range(*found.span())}
    needless |= {place for place in range(1, len(text)) if text[place - 1 : place + 1] == "  "}
    if not needless:
        return runs
    starts = accumulate((len(run.text) for run in runs), initial=0)
    return [
        replace(run, text="".join(one for place, one in enumerate(run.text, start) if place not in needless))
        for run, start in zip(runs, starts, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class _Piece:
    content: str
    spacing: Spacing
    apart: bool = False
    """In a box of its own, even if it is spaced like what is around it."""


class Weaver:
    """Weaves the lines of one paragraph into its tree."""

    def __init__(self, texts: Iterable[str], lines: Sequence[Line], usual: Spacing, set_note: SetNote) -> None:
        """`texts` are those of the runs in order; offsets of `lines` are into all of them together."""
        self._texts = iter(texts)
        self._lines = lines
        self._usual = usual
        self._set_note = set_note
        self._offset = 0
        self._line = 0

    def weave(self, content: Content) -> SetText:
        """The content with its line ends; contents of one paragraph are given one after another."""
        return tuple(inline for part in merged(content) for inline in self._woven(part))

    def _woven(self, inline: ComposedInline) -> Iterator[SetInline]:
        match inline:
            case Text():
                yield from self._set_text(next(self._texts))
            case Code():
                yield Code("".join(piece.content for piece in self._pieces(next(self._texts))))
            case LineBreak():
                yield Text("\n")
            case Strong(content):
                yield Strong(self.weave(content))
            case Emphasis(content):
                yield Emphasis(self.weave(content))
            case WebLink(url, content):
                yield WebLink(url, self.weave(content))
            case CrossLink(slug, anchor, content):
                yield CrossLink(slug, anchor, self.weave(content))
            case Note():
                yield self._set_note(inline)
                if "".join(piece.content for piece in self._pieces(next(self._texts))).endswith("\n"):
                    yield Text("\n")
            case _:
                assert_never(inline)

    def _set_text(self, text: str) -> Iterator[SetInline]:
        for (spacing, apart), group in groupby(self._pieces(text), key=lambda piece: (piece.spacing, piece.apart)):
            pieces = list(group)
            contents = [piece.content for piece in pieces] if apart else ["".join(piece.content for piece in pieces)]
            for content in contents:
                yield Text(content) if spacing == self._usual and not apart else Spaced(content, spacing)

    def _pieces(self, text: str) -> Iterator[_Piece]:
        """The text of a run, cut where a line ends or its spacing changes, with a newline where a line ends in it.

        The blank between two words is kept before the newline: what is read aloud or copied is not run together (ISO 32000-1,
        14.8.2.5).
        """
        start, end = self._offset, self._offset + len(text)
        self._offset = end
        while self._line < len(self._lines):
            line = self._lines[self._line]
            stop = min(line.end, end)
            pieces = list(self._line_pieces(line, text, start, max(line.start, start), stop))
            if line.end > end or (not pieces and line.start >= end):
                yield from pieces
                return
            if pieces and not line.last:
                blank = " " if text[stop - start : stop - start + 1] == " " else ""
                pieces[-1] = replace(pieces[-1], content=f"{pieces[-1].content}{blank}\n")
            yield from pieces
            self._line += 1

    def _line_pieces(self, line: Line, text: str, origin: int, start: int, stop: int) -> Iterator[_Piece]:
        """The part of a line that lies in the run, which begins at `origin`."""
        place, plain = start, replace(line.spacing, gap=0, words=0)
        for first, last, spacing in sorted(_exceptions(line, text, origin, start, stop), key=lambda item: item[0]):
            if place < first:
                yield _Piece(text[place - origin : first - origin], plain)
            yield _Piece(text[first - origin : last - origin], spacing, apart=True)
            place = last
        if place < stop:
            yield _Piece(text[place - origin : stop - origin], plain)


def _exceptions(line: Line, text: str, origin: int, start: int, stop: int) -> Iterator[tuple[int, int, Spacing]]:
    """Stretches of a line that need a box of their own: halved marks, characters with white after them, foreign words."""
    halved = [place for place in line.halved if start <= place < stop]
    plain = replace(line.spacing, gap=0, words=0)
    for first, last in _stretches(halved):
        opening = text[first - origin] in OPENING
        yield first, last, replace(plain, outdent=True) if opening else Spacing(half=True)
    gapped = {place for place in line.gapped if start <= place < stop}
    for word_start, word_end in foreign_words(text, start - origin, stop - origin):
        first, last = origin + word_start, origin + word_end
        if last - 1 in gapped:
            last -= 1  # the white is that of the last letter alone
        if first < last:
            words = line.spacing.words if text[word_start] == " " else 0
            yield first, last, replace(plain, words=words)
    for place in gapped:  # the wider glyph of a Han character has no stretch of its own
        stretch = line.stretch if is_han(text[place - origin]) else 0
        yield place, place + 1, replace(plain, gap=line.spacing.gap + stretch)


def _stretches(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of adjacent places as first and one past the last."""
    for _, group in groupby(enumerate(places), key=lambda item: item[1] - item[0]):
        members = [place for _, place in group]
        yield members[0], members[-1] + 1
