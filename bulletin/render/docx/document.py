"""An issue, or an article of it, as a Word file in a bureau's styles, for leaders to read and to change."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bulletin.model.edition import Article, Imprint
from bulletin.model.export import SOURCE_PROPERTY, Export
from bulletin.render.docx.blocks import Blocks, paragraph
from bulletin.render.docx.elements import element, first
from bulletin.render.docx.front import article_head, foot, front
from bulletin.render.docx.package import Package
from bulletin.render.docx.page_setup import FOOTERS, HEADERS, footer, header, notes_part, section, settings
from bulletin.render.docx.parts import OFFICE, Draft, bookmark, places_of
from bulletin.render.docx.styles import BODY, font_table, styles_part


def render_docx(export: Export) -> bytes:
    """The Word file: headings, lists and notes numbered by Word itself; the same export gives the same bytes.

    Each block of an article has a hidden bookmark; the property `bulletin-source` says what the file was made from.
    """
    edition = export.edition
    draft = Draft({picture.name: picture for picture in edition.pictures}, places_of(export.articles))
    package = Package()
    pages = {
        kind: {which: draft.relations.to(f"{OFFICE}/{kind}", name) for which, name in names.items()}
        for kind, names in (("header", HEADERS), ("footer", FOOTERS))
    }
    body = element("w:body", *_content(export, draft), section(pages["header"], pages["footer"]))
    _add_parts(package, draft, element("w:document", body))
    package.add_property(SOURCE_PROPERTY, export.source_text)
    return package.zipped()


def _content(export: Export, draft: Draft) -> Iterator[etree._Element]:
    """The first page, then each article, which begins a page, and the foot of the issue."""
    imprint = export.edition.imprint
    if export.whole:
        yield from front(export.edition, draft)
    for article in export.articles:
        opening, *rest = _article(article, draft)
        yield from (_on_a_new_page(opening) if export.whole else opening, *rest)
    if export.whole and isinstance(imprint, Imprint):
        yield from (*foot(imprint), paragraph(BODY, []))


def _article(article: Article, draft: Draft) -> Iterator[etree._Element]:
    draft.begin_article()
    yield from article_head(article, draft)
    for number, block in enumerate(article.blocks, start=1):
        yield from Blocks(draft, name=bookmark(article, number)).block(block)


def _on_a_new_page(opening: etree._Element) -> etree._Element:
    """The paragraph, at the top of a page."""
    kept = first(opening, "w:pPr")
    assert kept is not None
    opening.replace(kept, element("w:pPr", *kept, element("w:pageBreakBefore")))
    return opening


def _add_parts(package: Package, draft: Draft, document: etree._Element) -> None:
    """All parts that the document refers to."""
    others = {
        "styles": styles_part(draft.numbering.of_headings),
        "numbering": draft.numbering.part(),
        "settings": settings(),
        "fontTable": font_table(),
        "footnotes": notes_part(draft.notes),
    }
    for name, root in others.items():
        draft.relations.to(f"{OFFICE}/{name}", f"{name}.xml")
        package.add(f"{name}.xml", root, draft.note_relations if name == "footnotes" else None)
    for which in ("default", "even"):
        package.add(HEADERS[which], header())
        package.add(FOOTERS[which], footer(which))
    for name, part in draft.shown.items():
        package.parts[f"word/{part}"] = draft.pictures[name].content
    package.add("document.xml", document, draft.relations)
