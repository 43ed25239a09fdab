"""Rules about the text that a machine finds in the file: faces, characters, reading order, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Object

from bulletin.model.edition import Edition
from bulletin.model.problem import Message, Span, message
from bulletin.model.prose import Note, NumberedHeading
from bulletin.model.typeface import TYPEFACES
from bulletin.model.walk import visible_text, walk
from bulletin.prove.conformance.print_file import PrintFile, codes_of
from bulletin.prove.passages import note_passages, print_passages, squeezed

_FACES = frozenset(face.family for face in TYPEFACES)
_NO_CHARACTER = re.compile("[\0\ufeff\ufffe\ufffd\ue000-\uf8ff]")
_BOOKMARKED = range(1, 4)
"""Levels of headings that have a bookmark."""
_CONTEXT = 12


def check_embedding(file: PrintFile) -> Iterator[Message]:
    """Every face is embedded (ISO 19005-2, 6.2.11.4.1; ISO 14289-1, 7.21.4.1; MH 31-009)."""
    for name, font in _fonts(file):
        if not any(key in _descriptor(font) for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield message("字体“{name}”没有嵌入", name=name)


def check_faces(file: PrintFile) -> Iterator[Message]:
    """Only the bulletin's own faces are used, as subsets with Identity-H (safety, row 14; ISO 14289-1, 7.21.3)."""
    for name, font in _fonts(file):
        if name not in _FACES or font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
            yield message("用了规定以外的字体“{name}”", name=name)


def _fonts(file: PrintFile) -> Iterator[tuple[str, Object]]:
    """Each font once, with its name without the prefix of a subset."""
    fonts = {font.objgen: font for font in file.fonts.values()}
    return ((str(font.get("/BaseFont", "/")).removeprefix("/").split("+")[-1], font) for font in fonts.values())


def _descriptor(font: Object) -> Object:
    described: Object = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", Dictionary())
    return described


def check_characters(file: PrintFile) -> Iterator[Message]:
    """Every glyph that is shown stands for a character (ISO 19005-2, 6.2.11.7; ISO 14289-1, 7.21.7; MH 31-027 to 31-029)."""
    silent = {shown.font for page, shown in file.shown if _unknown(file, page, shown.font, shown.codes)}
    if silent:
        yield message("有的字复制、朗读时认不出来，共 {count} 种字体", count=len(silent))


def _unknown(file: PrintFile, page: int, font: str, codes: bytes) -> bool:
    known = file.characters(page, font)
    return any(not known.get(code) or _NO_CHARACTER.search(known[code]) for code in codes_of(codes))


def check_reading_order(file: PrintFile) -> Iterator[Message]:
    """The tags give the text of the edition, to the character, each footnote behind its mark (ISO 14289-1, 7.2; MH 09-001)."""
    if any(check_characters(file)):
        return  # what cannot be read cannot be compared
    read = squeezed("".join(file.texts.get(mark, "") for root in file.roots for mark in root.leaves()))
    wanted = "".join(_spoken(file.edition, _openings(file)))
    if read != wanted:
        at = next(
            (at for at, (a, b) in enumerate(zip(wanted, read, strict=False)) if a != b), min(len(wanted), len(read))
        )
        context = slice(max(0, at - _CONTEXT), at + _CONTEXT)
        yield message(
            "结构标签里的文字与原稿不一致：原稿是“{wanted}”，成品是“{found}”",
            wanted=wanted[context],
            found=read[context],
        )


def _openings(file: PrintFile) -> dict[int, int]:
    """The page of each article by its position, as the bookmarks have it: 要览 must say the same."""
    pages = {page.obj.objgen: number for number, page in enumerate(file.pdf.pages, start=1)}
    item, found = file.pdf.Root.get("/Outlines", Dictionary()).get("/First"), []
    while item is not None:
        found.append(pages.get(item.Dest[0].objgen, 0))
        item = item.get("/Next")
    return {article.position: page for article, page in zip(file.edition.articles, found, strict=False)}


def _spoken(edition: Edition, openings: dict[int, int]) -> Iterator[str]:
    """The text of the edition as it is read aloud."""
    notes = [passage.text for article in edition.articles for passage in note_passages(article)]
    marks = [note.mark for article in edition.articles for note in walk(article.blocks, Note)]
    following = iter(zip(marks, notes, strict=True))
    for passage in print_passages(edition, openings, Span("")):
        said = 0
        for offset, (mark, note) in zip(passage.marks, following):  # noqa: B905  the notes of later passages stay
            end = offset + len(mark)
            yield passage.text[said:end] + note
            said = end
        yield passage.text[said:]


def check_bookmarks(file: PrintFile) -> Iterator[Message]:
    """A bookmark for each article and each heading, in order, one below the other (ISO 14289-1, 7.17)."""
    found = list(_outlined(file.pdf.Root.get("/Outlines", Dictionary()), 1))
    wanted = list(_bookmarks(file.edition))
    if found != wanted:
        differing = [title for _, title in wanted if title not in {each for _, each in found}]
        missing = differing[0] if differing else "—"
        yield message(
            "书签有 {found} 条，文章和标题有 {wanted} 条；缺“{missing}”",
            found=len(found),
            wanted=len(wanted),
            missing=missing,
        )


def _outlined(parent: Object, level: int) -> Iterator[tuple[int, str]]:
    """Level and title of what is below an item of the outline (ISO 32000-1, 12.3.3)."""
    item = parent.get("/First")
    while item is not None:
        yield level, squeezed(str(item.Title))
        yield from _outlined(item, level + 1)
        item = item.get("/Next")


def _bookmarks(edition: Edition) -> Iterator[tuple[int, str]]:
    """Level and title of each, a heading one below the nearest that is above it."""
    for article in edition.articles:
        yield 1, squeezed(article.plain_title)
        above: list[int] = []
        for heading in walk(article.blocks, NumberedHeading):
            if heading.level in _BOOKMARKED:
                above = [*(level for level in above if level < heading.level), heading.level]
                yield len(above) + 1, squeezed(heading.label + visible_text(heading.content))
