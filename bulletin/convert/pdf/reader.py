"""A PDF as a foreign document: pages to lines, lines to paragraphs; folios and running heads dropped and told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from bulletin.convert.pdf.frame import frames_of
from bulletin.convert.pdf.furniture import furniture_of
from bulletin.convert.pdf.glyphs import raw_characters, read_glyphs
from bulletin.convert.pdf.lines import Line, lines_of
from bulletin.convert.pdf.page import Glyph, Page, Standing
from bulletin.convert.pdf.paragraphs import layout_of, paragraph_of, paragraphs_of
from bulletin.convert.pdf.refusals import garbled, recognised, refused, too_long, turned, without_text
from bulletin.model.foreign import DropKind, Dropped, ForeignDocument, ForeignParagraph, Place
from bulletin.model.problem import Outcome, Problem

PAGE_LIMIT = 2_000
CHARACTER_LIMIT = 3_000_000
_SIDES = 2
_READABLE = 0.7
"""Share of the characters that must be characters, not codes of a font."""


def read_pdf(content: bytes, name: str) -> Outcome[ForeignDocument]:
    """The text of a PDF in reading order; no value, and why, where it has none that can be read.

    Args:
        content: The file.
        name: Its name, for messages.
    """
    try:
        with pdfium.PdfDocument(content) as document:
            if len(document) > PAGE_LIMIT:
                return Outcome(None, (too_long(name, "pages", PAGE_LIMIT),))
            opened = _open(document)
    except pdfium.PdfiumError as fault:
        return Outcome(None, (refused(fault, name),))
    unreadable = _unreadable(opened, name)
    return Outcome(None, (unreadable,)) if unreadable else _read(opened, name)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The pages, all characters by a second look, and whether the text is that behind scanned pages."""

    pages: tuple[Page, ...]
    census: str
    scanned: bool = False

    def count(self, standing: Standing) -> int:
        return sum(glyph.standing is standing for page in self.pages for glyph in page.glyphs)


def _open(document: pdfium.PdfDocument) -> _Opened:
    """The pages as far as the limit of characters."""
    pages, census, left = [], [], CHARACTER_LIMIT
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        glyphs = tuple(read_glyphs(page, {}))
        pages.append(Page(number, width, height, glyphs))
        census.append(raw_characters(page))
        page.close()
        left -= len(glyphs)
        if left < 0:
            break
    opened = _Opened(tuple(pages), "".join("".join(census).split()))
    if opened.count(Standing.UNSEEN) <= opened.count(Standing.TEXT):
        return opened
    return replace(opened, pages=tuple(_unveiled(page) for page in pages), scanned=True)


def _unveiled(page: Page) -> Page:
    """A scanned page, the text behind it as its text."""
    glyphs = (
        replace(each, standing=Standing.TEXT) if each.standing is Standing.UNSEEN else each for each in page.glyphs
    )
    return replace(page, glyphs=tuple(glyphs))


def _unreadable(opened: _Opened, name: str) -> Problem | None:
    if len(opened.census) > CHARACTER_LIMIT:
        return too_long(name, "characters", CHARACTER_LIMIT)
    characters = [each.character for page in opened.pages for each in page.glyphs if not each.is_blank]
    if not characters:
        return without_text(name)
    unread = sum(unicodedata.category(each) in ("Cc", "Cn", "Co", "Cs") or each == "\ufffd" for each in characters)
    if unread > (1 - _READABLE) * len(characters):
        return garbled(name, round(100 * unread / len(characters)))
    return None


def _read(opened: _Opened, name: str) -> Outcome[ForeignDocument]:
    pages = opened.pages
    lines = {page.number: lines_of(_of(page, Standing.TEXT), page.number) for page in pages}
    furniture = furniture_of({page.number: (page, lines[page.number]) for page in pages})
    text = {
        number: tuple(line for line in each if (number, line.number) not in furniture) for number, each in lines.items()
    }
    heads = tuple(
        Dropped(kind, lines[number][line - 1].text, Place(0, number, line))
        for (number, line), kind in furniture.items()
    )
    document = ForeignDocument(
        name, "pdf", tuple(_paragraphs(text, pages)), dropped=(*heads, *_asides(pages)), census=opened.census
    )
    return Outcome(document, tuple(_doubts(opened, name)))


def _paragraphs(text: Mapping[int, tuple[Line, ...]], pages: tuple[Page, ...]) -> Iterator[ForeignParagraph]:
    layout = layout_of(text, frames_of(text, {page.number: _side(page) for page in pages}))
    groups = paragraphs_of((line for lines in text.values() for line in lines), layout)
    for number, group in enumerate(groups, start=1):
        yield paragraph_of(group, layout, number)


def _of(page: Page, standing: Standing) -> Iterator[Glyph]:
    return (glyph for glyph in page.glyphs if glyph.standing is standing)


_ASIDES = {Standing.UNSEEN: DropKind.HIDDEN, Standing.OUTSIDE: DropKind.HIDDEN, Standing.TURNED: DropKind.MARKUP}


def _asides(pages: tuple[Page, ...]) -> Iterator[Dropped]:
    """What is no text of a page."""
    for page in pages:
        for standing, kind in _ASIDES.items():
            text = "".join(glyph.character for glyph in _of(page, standing))
            if text.strip():
                yield Dropped(kind, text, Place(0, page.number))
        for line in lines_of(_of(page, Standing.FURNITURE), page.number):
            kind = DropKind.HEADER if line.base > page.height / 2 else DropKind.FOOTER
            yield Dropped(kind, line.text, Place(0, page.number))


def _doubts(opened: _Opened, name: str) -> Iterator[Problem]:
    if opened.scanned:
        yield recognised(name)
    pages = tuple(str(page.number) for page in opened.pages if any(_of(page, Standing.TURNED)))
    if pages:
        yield turned(name, pages)


def _side(page: Page) -> tuple[int, int, int]:
    """What pages with the same margins have in common: size, and side of the leaf."""
    return round(page.width), round(page.height), page.number % _SIDES
