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
from bulletin.prove.copy_objects import CopyStreams, check_additions, check_pages, check_sheets, read_streams
from bulletin.prove.glyph_lines import PrintedGlyph
from bulletin.prove.imposition import FoldedPlace, added_glyphs, folded_places, trimmed_glyphs
from bulletin.prove.print_edition import count_pages
from bulletin.prove.stamps import StampedPage, check_stamps

_ADVICE = message("这是程序的问题，做好的文件不可用，没有写出；请连同 print.pdf 报告维护人员")
_MOST = 10
"""Findings that are told."""


@dataclass(frozen=True, slots=True)
class RunFile:
    """A finished run, with what it was made from.

    `sheets` are those of one copy, proved before (`prove_press`); `order` are the pages that they hold, in reading order.
    """

    content: bytes
    sheets: bytes
    printed: bytes
    profile: PressProfile
    order: tuple[int, ...]
    stamps: tuple[CopyStamp, ...]
    stamping: Stamping


def prove_run(run: RunFile, span: Span) -> tuple[Problem, ...]:
    """Problems of a run, told at `span`: the first few."""
    return tuple(error("proof-copies", span, what, _ADVICE) for what in islice(_check_run(run), _MOST))


def _check_run(run: RunFile) -> Iterator[Message]:
    sides = count_pages(run.sheets)
    with pdfium.PdfDocument(run.content) as document:
        if len(document) != sides * len(run.stamps):
            yield _miscounted(len(document), sides * len(run.stamps))
            return
        yield from check_sheets(run.sheets, run.content)
        reader = _RunReader(run, document, sides)
        first: CopyStreams | None = None
        known = set[int]()
        for at, copy in enumerate(read_streams(run.content, run.sheets, len(run.stamps))):
            first = first or copy
            if (copy.shape, copy.rest) != (first.shape, first.rest) or not known.isdisjoint(copy.own):
                yield message("编号 {number} 与第一份不是同样的内容", number=run.stamps[at].number)
            known |= {*copy.own}
            yield from reader.check(at, copy.where_own if at else range(sides))


def _miscounted(found: int, wanted: int) -> Message:
    return message("编了号的文件有 {found} 面，应有 {wanted} 面", found=found, wanted=wanted)


class _RunReader:
    """Reads sides of a run as they are printed."""

    def __init__(self, run: RunFile, document: pdfium.PdfDocument, sides: int) -> None:
        self.run, self.document, self.sides = run, document, sides
        self.pages = _pages(run.printed)
        self.places: list[list[tuple[int, FoldedPlace]]] = [[] for _ in range(sides)]
        for number, place in zip(run.order, folded_places(sides, run.profile), strict=True):
            self.places[place.side].append((number, place))

    def check(self, at: int, sides: Sequence[int]) -> Iterator[Message]:
        """What is wrong with some sides of the copy at a place in the run."""
        stamp = self.run.stamps[at]
        label = self.document.get_page_label(at * self.sides)
        if label != f"{stamp.number}-1":
            yield message("编号 {number} 的页面标签是“{found}”", number=stamp.number, found=label)
        for side in sides:
            paper = self.document[at * self.sides + side]
            yield from self._check_side(paper, side, stamp)
            paper.close()

    def _check_side(self, paper: pdfium.PdfPage, side: int, stamp: CopyStamp) -> Iterator[Message]:
        left, foot, *_ = paper.get_trimbox()
        glyphs = trimmed_glyphs(paper)
        for number, place in self.places[side]:
            added = added_glyphs(self._page(number), place.page_glyphs(glyphs))
            if added is None:
                yield _altered(stamp, number)
            elif number != BLANK and self.run.stamping.bears(number):
                page = StampedPage(number, added, paper, (left + place.edge_pt, foot))
                yield from check_stamps(page, stamp, self.run.stamping)
            elif added:
                yield message("编号 {number} 的第 {page} 页多出了文字", number=stamp.number, page=number)

    def _page(self, number: int) -> tuple[PrintedGlyph, ...]:
        return self.pages[number - 1] if number != BLANK else ()


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
        yield message("编号 {number} 那一份不是以签发的 print.pdf 开头的", number=stamp.number)
        return
    yield from check_pages(printed, single.content, stamping)
    pages = _pages(printed)
    with pdfium.PdfDocument(single.content) as document:
        if len(document) != len(pages):
            yield _miscounted(len(document), len(pages))
            return
        for number, wanted in enumerate(pages, start=1):
            if not stamping.bears(number):
                continue
            paper = document[number - 1]
            added = added_glyphs(wanted, trimmed_glyphs(paper))
            if added is None:
                yield _altered(stamp, number)
            else:
                page = StampedPage(number, added, paper, paper.get_trimbox()[:2])
                yield from check_stamps(page, stamp, stamping)


def _altered(stamp: CopyStamp, page: int) -> Message:
    return message("编号 {number} 的第 {page} 页不是原样印出的", number=stamp.number, page=page)


def _pages(printed: bytes) -> tuple[tuple[PrintedGlyph, ...], ...]:
    with pdfium.PdfDocument(printed) as document:
        return tuple(map(trimmed_glyphs, document))
