"""The print PDF read back by another engine than the one that made it, and compared with the edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, note_passages, print_passages, squeezed

_POINTS_PER_MM = 72 / 25.4
_TYPE_AREA_TOP_MM = 297 - 37
_TYPE_AREA_FOOT_MM = 35
_SLACK_MM = 3
"""Glyph boxes reach a little out of their lines."""
_HYPHENS = str.maketrans({"\u0002": "-", "\ufffe": "-"})
"""PDFium's ways to write a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page without white space: in the type area, and outside it."""

    body: str
    outside: str


def prove_print(edition: Edition, artifact: Artifact, issue_file: Span) -> tuple[Problem, ...]:
    """Problems if the PDF's text is not the edition's, character for character, or a folio is not the page's number."""
    pages = read_pages(artifact.content)
    notes = [passage for article in edition.articles for passage in note_passages(article)]
    expected = list(print_passages(edition, issue_file))
    body, noted = _assemble(pages, expected, [note.text for note in notes])
    return (
        *compare_text(expected, body, message("印刷版")),
        *compare_text(notes, noted, message("印刷版脚注")),
        *_check_folios(pages, issue_file),
    )


def count_pages(artifact: Artifact) -> int:
    """The number of pages of a PDF."""
    with pdfium.PdfDocument(artifact.content) as document:
        return len(document)


def read_pages(content: bytes) -> tuple[Page, ...]:
    """The text of each page of a PDF."""
    top, foot = (_TYPE_AREA_TOP_MM + _SLACK_MM) * _POINTS_PER_MM, (_TYPE_AREA_FOOT_MM - _SLACK_MM) * _POINTS_PER_MM
    pages = []
    with pdfium.PdfDocument(content) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            outside = text.get_text_bounded(0, top, width, height) + text.get_text_bounded(0, 0, width, foot)
            pages.append(Page(_read(text.get_text_bounded(0, foot, width, top)), _read(outside)))
    return tuple(pages)


def _read(text: str) -> str:
    return squeezed(text.translate(_HYPHENS))


def _assemble(pages: Sequence[Page], expected: Sequence[Passage], notes: Sequence[str]) -> tuple[str, str]:
    """The body text and the footnote text of all pages, repeated table heads left out."""
    wanted = "".join(passage.text for passage in expected)
    heads = _heads_by_offset(expected)
    body, noted = "", ""
    next_note = 0
    for page in pages:
        text = page.body
        for last in range(len(notes), next_note, -1):
            foot = "".join(notes[next_note:last])
            if text.endswith(foot):
                text, noted, next_note = text.removesuffix(foot), noted + foot, last
                break
        head = heads.get(len(body), "")
        if head and text.startswith(head) and not wanted.startswith(head, len(body)):
            text = text.removeprefix(head)
        body += text
    return body, noted


def _heads_by_offset(expected: Sequence[Passage]) -> dict[int, str]:
    """For each place where a page may end inside a table: the head that is repeated on the next."""
    heads: dict[int, str] = {}
    offset = 0
    for passage in expected:
        if passage.head:
            heads[offset] = passage.head
        offset += len(passage.text)
    return heads


def _check_folios(pages: Sequence[Page], span: Span) -> Iterator[Problem]:
    for number, page in enumerate(pages, start=1):
        if page.outside != f"—{number}—":
            what = message("第 {page} 页的页码处是“{found}”", page=number, found=page.outside[:40])
            yield error("proof-folio", span, what, message("版心以外只能有页码；请检查模板和样式"))
