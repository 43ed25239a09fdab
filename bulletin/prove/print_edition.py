"""The print PDF read back by another engine than the one that made it, and compared with the edition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2 as pdfium

from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition
from bulletin.model.page import POINTS_PER_MM, left_margin_pt
from bulletin.model.pages import TypesetEdition
from bulletin.model.problem import Problem, Span, error, message, warning
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, imprint_passages, note_passages, print_passages, squeezed

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


def prove_print(edition: Edition, typeset: TypesetEdition, artifact: Artifact, issue_file: Span) -> tuple[Problem, ...]:
    """Problems if the PDF's text is not the edition's, character for character, an article is not on the page that 要览
    promises, or anything but folio and running head stands outside the type area."""
    pages = read_pages(artifact.content)
    openings = dict(typeset.openings)
    notes = [passage for article in edition.articles for passage in note_passages(article)]
    expected = list(print_passages(edition, openings, issue_file))
    read = _assemble(pages, expected, [note.text for note in notes])
    changed = tuple(compare_text(expected, "".join(read.bodies), message("印刷版")))
    return (
        *changed,
        *compare_text(notes, read.notes, message("印刷版脚注")),
        *_check_note_pages(read, expected, notes),
        *(() if changed else _check_openings(edition, openings, read, expected)),
        *_check_margins(pages, typeset, issue_file),
    )


def count_pages(content: bytes) -> int:
    """The number of pages of a PDF."""
    with pdfium.PdfDocument(content) as document:
        return len(document)


def count_closing_pages(edition: Edition, content: bytes) -> int:
    """How many pages at the end of a print PDF belong together: the imprint's page where it has one of its own, else all from
    the last page that begins with an article; 0 where there is none."""
    bodies = [page.body for page in read_pages(content)]
    if bodies[-1] == "".join(passage.text for passage in imprint_passages(edition, Span(""))):
        return 1
    titles = tuple(squeezed("".join(article.title)) for article in edition.articles)
    return next((back for back, body in enumerate(reversed(bodies), start=1) if body.startswith(titles)), 0)


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


def _check_openings(
    edition: Edition, openings: Mapping[int, int], read: _Assembled, expected: Sequence[Passage]
) -> Iterator[Problem]:
    """Every article begins on the page that 要览 names."""
    ends = list(accumulate(len(body) for body in read.bodies))
    starts = list(accumulate((len(passage.text) for passage in expected), initial=0))
    for article in edition.articles:
        place = next(
            start
            for start, passage in zip(starts, expected, strict=False)
            if passage.span.path == article.source and passage.text == squeezed(article.title[0])
        )
        page = bisect_right(ends, place) + 1
        if page != openings[article.position]:
            what = message(
                "《{title}》在第 {page} 页，不在第 {promised} 页",
                title=article.plain_title,
                page=page,
                promised=openings[article.position],
            )
            yield error("proof-opening", Span(article.source, 1), what)


def _check_margins(pages: Sequence[Page], typeset: TypesetEdition, span: Span) -> Iterator[Problem]:
    """Every page has its number and nothing else, but a blank one and what comes after it (GB/T 9704-2012, 7.5)."""
    if len(pages) != len(typeset.pages):
        what = message("应有 {wanted} 页，排成了 {found} 页", wanted=len(typeset.pages), found=len(pages))
        yield error("proof-pages", span, what, message("请检查刊物自己的模板和样式"))
    blank = next((number for number, page in enumerate(pages, start=1) if not page.body), len(pages) + 1)
    head = squeezed(typeset.running_head)
    for number, page in enumerate(pages, start=1):
        wanted = f"{head if number > 1 else ''}—{number}—" if number < blank else ""
        if page.outside != wanted:
            what = message("第 {page} 页的页码处是“{found}”", page=number, found=page.outside[:40])
            yield error("proof-folio", span, what, message("版心以外只能有页码和书眉；请检查模板和样式"))
        if page.beside:
            what = message("第 {page} 页有文字伸出版心：“{found}”", page=number, found=page.beside[:40])
            yield error("proof-width", span, what, message("多半是太长的网址、英文，或表格列太多；请缩短或拆开"))
