"""Numbered copies read back: every copy bears its own number and code at their places, and is else what was signed.

Two libraries look at the finished file, neither of which wrote it. PDFium reads pages as they are printed: all of the first copy,
and of each other copy one page for each stream that is its own. The structure, as pikepdf has it, shows that all
else is the very same objects. A run in which every number stood on every copy passed all syntax checks (safety, 5.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium

from bulletin.model.press import PressProfile
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.sheets import BLANK
from bulletin.model.stamp import CopyStamp, Stamping
from bulletin.prove.copy_objects import (
    CopyStreams,
    check_additions,
    check_first_copy,
    check_pages,
    read_streams,
    shared_streams,
)
from bulletin.prove.excerpts import LongRun, UnknownStructure
from bulletin.prove.glyph_lines import PrintedGlyph
from bulletin.prove.imposition import (
    FoldedPlace,
    added_glyphs,
    check_sheets,
    folded_places,
    read_side,
    read_sides,
    trimmed_glyphs,
)
from bulletin.prove.print_edition import count_pages
from bulletin.prove.stamps import StampedPage, check_stamps

_ADVICE = message("这是程序的问题，做好的文件不可用，没有写出；请连同 print.pdf 报告维护人员")
_MOST = 10
"""Findings that are told."""


@dataclass(frozen=True, slots=True)
class RunFile:
    """A finished run, with what it was made from.

    `sheets` are those of one copy, without a number; `order` are the pages that they hold, in reading order: all pages of a copy if
    it is `complete`, else the sheets are proved before (`prove_parts`).
    """

    content: bytes
    sheets: bytes
    printed: bytes
    profile: PressProfile
    order: tuple[int, ...]
    stamps: tuple[CopyStamp, ...]
    stamping: Stamping
    complete: bool = True


def prove_run(run: RunFile, span: Span) -> tuple[Problem, ...]:
    """Problems of a run, told at `span`: the first few."""
    return tuple(error("proof-copies", span, what, _ADVICE) for what in islice(_check_run(run), _MOST))


def _check_run(run: RunFile) -> Iterator[Message]:
    sides = count_pages(run.sheets)
    with pdfium.PdfDocument(run.content) as document:
        if len(document) != sides * len(run.stamps):
            yield _miscounted(len(document), sides * len(run.stamps))
            return
        yield from _check_labels(document, run.stamps, sides)
    reader = _RunReader(run, sides)
    try:
        whole = LongRun(run.content, run.sheets)
        for branch in whole.branches():
            yield from reader.check_part(whole.excerpt(branch))
    except UnknownStructure as fault:
        yield message("打了份号的文件不是照份号文件的样子写成的：{reason}", reason=str(fault))
        return
    if reader.copies != len(run.stamps):
        yield _miscounted(sides * reader.copies, sides * len(run.stamps))


def _check_labels(document: pdfium.PdfDocument, stamps: Sequence[CopyStamp], sides: int) -> Iterator[Message]:
    """What is wrong with the labels by which viewers and print dialogs name the first side of each copy."""
    for at, stamp in enumerate(stamps):
        if (label := document.get_page_label(at * sides)) != f"{stamp.number}-1":
            yield message("份号 {number} 的页面标签是“{found}”", number=stamp.number, found=label)


def _miscounted(found: int, wanted: int) -> Message:
    return message("打了份号的文件有 {found} 面，应有 {wanted} 面", found=found, wanted=wanted)


class _RunReader:
    """Reads a run part by part, each after the one before: sides as they are printed, and what they are made of."""

    def __init__(self, run: RunFile, sides: int) -> None:
        self.run, self.sides = run, sides
        self.copies = 0
        self.pages = read_sides(run.printed)
        self.shared = shared_streams(run.sheets)
        self.known = set[int]()
        self.first: CopyStreams | None = None
        self.places: list[list[tuple[int, FoldedPlace]]] = [[] for _ in range(sides)]
        for number, place in zip(run.order, folded_places(sides, run.profile), strict=True):
            self.places[place.side].append((number, place))

    def check_part(self, part: bytes) -> Iterator[Message]:
        """What is wrong with the next copies, as an excerpt has them."""
        if self.copies == 0:
            yield from check_first_copy(self.run.sheets, part)
        with pdfium.PdfDocument(part) as document:
            for at, copy in enumerate(read_streams(part, self.shared, self.sides)):
                if self.copies == len(self.run.stamps):
                    return
                yield from self._check_copy(copy, document, at * self.sides)
                self.copies += 1

    def _check_copy(self, copy: CopyStreams, document: pdfium.PdfDocument, start: int) -> Iterator[Message]:
        """What is wrong with the next copy, whose first side has that place in the document."""
        first, stamp = self.first or copy, self.run.stamps[self.copies]
        if (copy.shape, copy.rest) != (first.shape, first.rest) or not self.known.isdisjoint(copy.own):
            yield message("份号 {number} 与第一份不是同样的内容", number=stamp.number)
        self.known |= {*copy.own}
        if self.first is None:
            self.first = copy
            yield from self.check_streams(copy)
            yield from self.check_first([document[side] for side in range(self.sides)])
            return
        for side in copy.where_own:
            paper = document[start + side]
            yield from self._check_side(side, paper, trimmed_glyphs(paper), stamp)

    def check_streams(self, first: CopyStreams) -> Iterator[Message]:
        """Whether a side of the first copy has a stream of its own for each stamp, and no other: what is painted twice over looks
        and reads as if it were painted once."""
        for number, streams in enumerate(first.shape):
            own = [stream for stream in streams if stream < 0]
            stamped = [page for page, _place in self.places[number] if page != BLANK and self.run.stamping.bears(page)]
            if len(own) != len(stamped) or len(set(own)) != len(own):
                yield message(
                    "第一份的第 {side} 面打了 {found} 次，应是 {wanted} 次",
                    side=number + 1,
                    found=len(own),
                    wanted=len(stamped),
                )

    def check_first(self, papers: Sequence[pdfium.PdfPage]) -> Iterator[Message]:
        """What is wrong with the first copy, all of which is read."""
        sides = [read_side(paper) for paper in papers]
        if self.run.complete:
            yield from check_sheets(self.pages, sides, self.run.profile, self.run.order)
        for number, (paper, side) in enumerate(zip(papers, sides, strict=True)):
            yield from self._check_side(number, paper, side.glyphs, self.run.stamps[0])

    def _check_side(
        self, side: int, paper: pdfium.PdfPage, glyphs: Sequence[PrintedGlyph], stamp: CopyStamp
    ) -> Iterator[Message]:
        left, foot, *_ = paper.get_trimbox()
        for number, place in self.places[side]:
            added = added_glyphs(self._page(number), place.page_glyphs(glyphs))
            if added is None:
                yield _altered(stamp, number)
            elif number != BLANK and self.run.stamping.bears(number):
                page = StampedPage(number, added, paper, (left + place.edge_pt, foot))
                yield from check_stamps(page, stamp, self.run.stamping)
            elif added:
                yield message("份号 {number} 的第 {page} 页多出了文字", number=stamp.number, page=number)

    def _page(self, number: int) -> tuple[PrintedGlyph, ...]:
        return self.pages[number - 1].glyphs if BLANK < number <= len(self.pages) else ()


@dataclass(frozen=True, slots=True)
class SingleFile:
    """A finished file of one copy, with the print PDF that it was made from."""

    content: bytes
    printed: bytes
    stamp: CopyStamp
    stamping: Stamping


def prove_single(single: SingleFile, span: Span) -> tuple[Problem, ...]:
    """Problems of a single copy: it is the print PDF, byte for byte, and behind that nothing but what it bears.

    Whether it still conforms is for `prove_conformance` to say, of one such file; `prove_alike` says it of the others.
    """
    found = islice(_check_single(single), _MOST)
    return tuple(error("proof-copies", span, what, _ADVICE) for what in found)


def prove_alike(one: SingleFile, other: SingleFile, span: Span) -> tuple[Problem, ...]:
    """Problems if two copies of one print PDF differ in more than what the stamps draw, apart from the text."""
    found = islice(check_additions(one.printed, one.content, other.content), _MOST)
    return tuple(error("proof-copies", span, what, _ADVICE) for what in found)


def _check_single(single: SingleFile) -> Iterator[Message]:
    stamp, stamping, printed = single.stamp, single.stamping, single.printed
    if not single.content.startswith(printed):
        yield message("份号 {number} 那一份不是以签发的 print.pdf 开头的", number=stamp.number)
        return
    yield from check_pages(printed, single.content, stamping)
    with pdfium.PdfDocument(single.content) as document, pdfium.PdfDocument(printed) as before:
        if len(document) != len(before):
            yield _miscounted(len(document), len(before))
            return
        for number in range(1, len(before) + 1):
            if stamping.bears(number):
                paper = document[number - 1]
                added = added_glyphs(trimmed_glyphs(before[number - 1]), trimmed_glyphs(paper))
                if added is None:
                    yield _altered(stamp, number)
                else:
                    page = StampedPage(number, added, paper, paper.get_trimbox()[:2])
                    yield from check_stamps(page, stamp, stamping)


def _altered(stamp: CopyStamp, page: int) -> Message:
    return message("份号 {number} 的第 {page} 页不是原样印出的", number=stamp.number, page=page)
