"""The head of the issue, its 要览, the head of an article, the foot of the issue."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bulletin.model.edition import CONTENTS_HEADING, Article, DistributionLine, Edition, Imprint
from bulletin.render.docx.blocks import Blocks, paragraph
from bulletin.render.docx.elements import element, said
from bulletin.render.docx.inlines import PLAIN, Look, lines, link_inside, words
from bulletin.render.docx.parts import Draft, bookmark
from bulletin.render.docx.styles import BODY_PT, indents, spacing
from bulletin.render.docx.tables import WIDTH_TWIPS, cell, grid

_LABEL_TWIPS = 860
_THICK, _THIN = 8, 6
"""Eighths of a point: 0.35 and 0.25 mm (GB/T 9704-2012, 7.4.1)."""


def front(edition: Edition, draft: Draft) -> Iterator[etree._Element]:
    """The first page of an issue."""
    masthead = edition.masthead
    for line in edition.marking:
        yield paragraph("Marking", words(line))
    yield paragraph("Masthead", words(masthead.title))
    yield paragraph("Numbering", words(masthead.numbering))
    yield paragraph("Issuer", words(f"{masthead.publisher}\t{masthead.date_text}"))
    yield paragraph("ContentsHead", words(CONTENTS_HEADING))
    opened = {article.position: article for article in edition.articles}
    for highlight in edition.highlights:
        shown = words(highlight.text)
        leads_to = opened.get(highlight.position)
        linked = [link_inside(bookmark(leads_to), shown)] if leads_to else shown
        yield paragraph("Contents", linked, indents(-2, 4) if highlight.nested else None)
    for block in edition.editors_note:
        yield from Blocks(draft).block(block)


def article_head(article: Article, draft: Draft) -> Iterator[etree._Element]:
    """Title and what stands around it; a blank line after it."""
    for block in article.editors_note:
        yield from Blocks(draft).block(block)
    parts = [
        ("Title", lines(article.title)),
        ("Subtitle", words(article.subtitle)),
        ("Date", words(article.dateline)),
        ("Byline", _byline(article)),
    ]
    shown = [(style, content) for style, content in parts if content]
    if article.label:
        yield paragraph("Attachment", words(article.label))
    for place, (style, content) in enumerate(shown):
        named = draft.bookmarked(bookmark(article), content) if place == 0 else content
        before = 1.0 if style == "Title" else 0.0
        last = place == len(shown) - 1
        yield paragraph(style, named, spacing(before, 1.0) if last else None)


def _byline(article: Article) -> list[etree._Element]:
    """Names of two and three characters are spread over the width of more, without blanks."""
    name = article.byline
    if not (article.spaced_byline and len(name) in (2, 3)):
        return words(name)
    spread = Look(spacing_twips=round(BODY_PT * 20 * (1.0 if len(name) == 2 else 0.5)))
    return [*words(name[:-1], spread), *words(name[-1], PLAIN)]


def foot(imprint: Imprint) -> Iterator[etree._Element]:
    """报尾: 报, 送, 发 over editors and print run, between rules (GB/T 9704-2012, 7.4)."""
    rows = [_addressed(line) for line in imprint.distribution]
    rows.append(element("w:tr", element("w:trPr", element("w:cantSplit")), _closing(imprint)))
    borders = element("w:tblBorders", *(_edge(name, _THICK) for name in ("top", "bottom")))
    properties = element(
        "w:tblPr",
        element("w:tblW", w=WIDTH_TWIPS, type="dxa"),
        borders,
        element("w:tblLayout", type="fixed"),
    )
    yield element("w:tbl", properties, grid([_LABEL_TWIPS, WIDTH_TWIPS - _LABEL_TWIPS]), *rows)


def _addressed(line: DistributionLine) -> etree._Element:
    """A row: 报, 送 or 发, and the ranks under each other."""
    label = cell([paragraph("ImprintLabel", words(line.label))], _LABEL_TWIPS)
    ranks = cell([paragraph("Imprint", words(rank)) for rank in line.ranks], WIDTH_TWIPS - _LABEL_TWIPS)
    return element("w:tr", element("w:trPr", element("w:cantSplit")), label, ranks)


def _closing(imprint: Imprint) -> etree._Element:
    """Editors, and the print run to the right, under a rule."""
    content: list[etree._Element] = []
    for place, (label, names) in enumerate(imprint.editors):
        content += [*(words("　") if place else []), *words(label, Look("ImprintMark")), *words(names)]
    run = paragraph("Imprint", words(imprint.print_run_text), said("w:jc", "right"))
    rule = element("w:tcBorders", _edge("top", _THIN))
    return cell([paragraph("Imprint", content), run], WIDTH_TWIPS, said("w:gridSpan", 2), rule)


def _edge(name: str, width: int) -> etree._Element:
    return element(f"w:{name}", val="single", sz=width, space=0, color="000000")
