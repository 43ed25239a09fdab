"""A PDF as a foreign document: pages to lines, lines to paragraphs; folios and running heads dropped and told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from bulletin.convert.pdf.assembling import assemble, page_asides
from bulletin.convert.pdf.drawing import drawn_on
from bulletin.convert.pdf.gate import TooMuch, check_content
from bulletin.convert.pdf.glyphs import raw_characters, read_glyphs
from bulletin.convert.pdf.page import Page, Standing
from bulletin.convert.pdf.pictures import Album
from bulletin.convert.pdf.refusals import (
    broken,
    garbled,
    pictures_left,
    recognised,
    refused,
    too_long,
    too_much,
    turned,
    without_text,
)
from bulletin.convert.pdf.tags import Tags, read_tags
from bulletin.model.foreign import ForeignDocument, ForeignPicture
from bulletin.model.problem import Outcome, Problem

PAGE_LIMIT = 2_000
CHARACTER_LIMIT = 3_000_000
_READABLE = 0.7
"""Share of the characters that must be characters, not codes of a font."""


def read_pdf(content: bytes, name: str) -> Outcome[ForeignDocument]:
    """The text of a PDF in reading order; no value, and why, where it has none that can be read.

    Args:
        content: The file.
        name: Its name, for messages.
    """
    try:
        if not check_content(content):
            return Outcome(None, (broken(name),))
        with pdfium.PdfDocument(content) as document:
            if len(document) > PAGE_LIMIT:
                return Outcome(None, (too_long(name, "pages", PAGE_LIMIT),))
            opened = _open(document, read_tags(content) if document.is_tagged() else Tags())
    except TooMuch:
        return Outcome(None, (too_much(name),))
    except pdfium.PdfiumError as fault:
        return Outcome(None, (refused(fault, name),))
    unreadable = _unreadable(opened, name)
    return Outcome(None, (unreadable,)) if unreadable else _read(opened, name)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The pages, all characters by a second look, and whether the text is that behind scanned pages."""

    pages: tuple[Page, ...]
    census: str
    pictures: tuple[ForeignPicture, ...] = ()
    without: tuple[int, ...] = ()
    """Pages with pictures that were left out."""
    scanned: bool = False

    def count(self, standing: Standing) -> int:
        return sum(glyph.standing is standing for page in self.pages for glyph in page.glyphs)


def _open(document: pdfium.PdfDocument, tags: Tags) -> _Opened:
    """The pages as far as the limit of characters."""
    pages, census, album, left = list[Page](), list[str](), Album(), CHARACTER_LIMIT
    for number, page in enumerate(document, start=1):
        glyphs, drawn = tuple(read_glyphs(page, tags.blocks[number - 1])), drawn_on(page)
        width, height = page.get_size()
        pictures = album.add(page, drawn.pictures, number, tags.alternatives[number - 1])
        pages.append(Page(number, width, height, glyphs, tuple(drawn.rules), pictures))
        census.append(raw_characters(page))
        page.close()
        left -= len(glyphs)
        if left < 0:
            break
    without = tuple(dict.fromkeys(album.left_out))
    opened = _Opened(tuple(pages), "".join("".join(census).split()), tuple(album.pictures), without)
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
    made = assemble(opened.pages)
    document = ForeignDocument(
        name,
        "pdf",
        tuple(made.blocks),
        tuple(made.notes),
        opened.pictures,
        dropped=(*made.dropped, *page_asides(opened.pages)),
        census=opened.census,
    )
    return Outcome(document, tuple(_doubts(opened, name)))


def _doubts(opened: _Opened, name: str) -> Iterator[Problem]:
    if opened.scanned:
        yield recognised(name)
    pages = [page.number for page in opened.pages if any(each.standing is Standing.TURNED for each in page.glyphs)]
    if pages:
        yield turned(name, pages)
    if opened.without and not opened.scanned:
        yield pictures_left(name, opened.without)
