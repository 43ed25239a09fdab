"""The print PDF read back by another engine than the one that made it, and compared with the edition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2 as pdfium

from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition
from bulletin.model.page import POINTS_PER_MM, left_margin_pt
from bulletin.model.problem import Problem, Span, error, message, warning
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, note_passages, print_passages, squeezed

_TYPE_AREA_TOP_MM = 297 - 37
_TYPE_AREA_FOOT_MM = 35
_SLACK_MM = 3
"""Glyph boxes reach a little out of their lines."""
_HYPHENS = str.maketrans({"\u0002": "-", "\ufffe": "-"})
"""PDFium's ways to write a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page without white space: in the type area, above or below it, and beside it."""

    body: str
    outside: str
    beside: str


def prove_print(edition: Edition, artifact: Artifact, issue_file: Span) -> tuple[Problem, ...]:
    """Problems if the PDF's text is not the edition's, character for character, or anything but the folio stands outside
    the type area."""
    pages = read_pages(artifact.content)
    notes = [passage for article in edition.articles for passage in note_passages(article)]
    expected = list(print_passages(edition, issue_file))
    read = _assemble(pages, expected, [note.text for note in notes])
    return (
        *compare_text(expected, "".join(read.bodies), message("印刷版")),
        *compare_text(notes, read.notes, message("印刷版脚注")),
        *_check_note_pages(read, expected, notes),
        *_check_margins(pages, issue_file),
    )


def read_pages(content: bytes) -> tuple[Page, ...]:
    """The text of each page of a PDF."""
    pages = []
    with pdfium.PdfDocument(content) as document:
        for number, page in enumerate(document, start=1):
            pages.append(_read_page(page, number))
    return tuple(pages)


def _read_page(page: pdfium.PdfPage, number: int) -> Page:
    """A page of mirrored double-sided printing: the wide margin is on the left of odd pages."""
    width, height = page.get_size()
    left, right = (left_margin_pt(page) - _SLACK_MM * POINTS_PER_MM for page in (number, number + 1))
    top = (_TYPE_AREA_TOP_MM + _SLACK_MM) * POINTS_PER_MM
    foot = (_TYPE_AREA_FOOT_MM - _SLACK_MM) * POINTS_PER_MM
    text = page.get_textpage()
    outside = text.get_text_bounded(0, top, width, height) + text.get_text_bounded(0, 0, width, foot)
    beside = text.get_text_bounded(0, foot, left, top) + text.get_text_bounded(width - right, foot, width, top)
    return Page(_read(text.get_text_bounded(0, foot, width, top)), _read(outside), _read(beside))


def _read(text: str) -> str:
    return squeezed(text.translate(_HYPHENS))


@dataclass(frozen=True, slots=True)
class _Assembled:
    """The pages put together: the body of each without repeated table heads, the footnotes, the page of each note."""

    bodies: tuple[str, ...]
    notes: str
    note_pages: tuple[int, ...]


def _assemble(pages: Sequence[Page], expected: Sequence[Passage], notes: Sequence[str]) -> _Assembled:
    wanted = "".join(passage.text for passage in expected)
    heads = _heads_by_offset(expected)
    bodies: list[str] = []
    note_pages: list[int] = []
    offset = 0
    for number, page in enumerate(pages):
        text = page.body
        for last in range(len(notes), len(note_pages), -1):
            foot = "".join(notes[len(note_pages) : last])
            if text.endswith(foot):
                text = text.removesuffix(foot)
                note_pages += [number] * (last - len(note_pages))
                break
        head = heads.get(offset, "")
        if head and text.startswith(head) and not wanted.startswith(head, offset):
            text = text.removeprefix(head)
        bodies.append(text)
        offset += len(text)
    return _Assembled(tuple(bodies), "".join(notes[: len(note_pages)]), tuple(note_pages))


def _check_note_pages(read: _Assembled, expected: Sequence[Passage], notes: Sequence[Passage]) -> Iterator[Problem]:
    """A footnote belongs on the page of its mark; the layout engine sometimes has it on the next."""
    starts = accumulate((len(passage.text) for passage in expected), initial=0)
    marks = [start + mark for start, passage in zip(starts, expected, strict=False) for mark in passage.marks]
    ends = list(accumulate(len(body) for body in read.bodies))
    for mark, note, note_page in zip(marks, notes, read.note_pages, strict=False):
        page = bisect_right(ends, mark)
        if page != note_page:
            what = message("第 {page} 页的脚注印到了第 {other} 页", page=page + 1, other=note_page + 1)
            yield warning("proof-note", note.span, what, message("在前面增删几个字，或把脚注移到别的句子"))


def _heads_by_offset(expected: Sequence[Passage]) -> dict[int, str]:
    """For each place where a page may end inside a table: the head that is repeated on the next."""
    heads: dict[int, str] = {}
    offset = 0
    for passage in expected:
        if passage.head:
            heads[offset] = passage.head
        offset += len(passage.text)
    return heads


def _check_margins(pages: Sequence[Page], span: Span) -> Iterator[Problem]:
    for number, page in enumerate(pages, start=1):
        if page.outside != f"—{number}—":
            what = message("第 {page} 页的页码处是“{found}”", page=number, found=page.outside[:40])
            yield error("proof-folio", span, what, message("版心以外只能有页码；请检查模板和样式"))
        if page.beside:
            what = message("第 {page} 页有文字伸出版心：“{found}”", page=number, found=page.beside[:40])
            yield error("proof-width", span, what, message("多半是太长的网址、英文，或表格列太多；请缩短或拆开"))
