"""The Word file of an edition or of an article: its parts, in a container whose bytes are the same each time (ECMA-376, parts 1 and 2)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

from bulletin.model.edition import CONTENTS_HEADING, Article, Edition, Imprint
from bulletin.render.docx.body import Body
from bulletin.render.docx.styles import GRID, NOTE_MARK, PAGE, styles_xml
from bulletin.render.docx.xml import HEAD, NAMESPACES, attribute, paragraph, text_run

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SOURCE_PROPERTY = "bulletin-source"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MOMENT = (1980, 1, 1, 0, 0, 0)


class Source(NamedTuple):
    """The file that an article was written in, and the SHA-256 of its bytes when it was exported."""

    path: str
    sha256: str


def render_docx(edition: Edition, sources: tuple[Source, ...], only: str = "") -> bytes:
    """The edition as a Word file; only the article with the slug `only`, if one is named.

    `sources` are told in a property of the file (`bulletin-source`), so that what comes back is known again. It has no author, no dates, no copy number.
    """
    body = Body({picture.name: picture for picture in edition.pictures})
    articles = [article for article in edition.articles if only in ("", article.slug)]
    parts = [*([] if only else _front(edition)), *_articles(articles, body, apart=not only)]
    parts += [] if only else _foot(edition)
    document = f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(parts)}{_SECTION}</w:body></w:document>"
    return _packed(_parts(document, body, sources))


_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdF1"/><w:footerReference w:type="even" r:id="rIdF2"/>'
    f"{PAGE}{GRID}</w:sectPr>"
)


def _front(edition: Edition) -> Iterator[str]:
    """The head of the issue (报头) and its 要览."""
    head = edition.masthead
    yield from (paragraph(text_run(line), "Marking") for line in edition.marking)
    yield paragraph(text_run(head.title), "Masthead")
    yield paragraph(text_run(head.numbering), "Numbering")
    tab = '<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>'
    yield paragraph(text_run(f"{head.publisher}\t{head.date_text}"), "Publisher", tab)
    yield paragraph(text_run(CONTENTS_HEADING), "Contents")
    yield from (paragraph(text_run(highlight.text), "Highlight") for highlight in edition.highlights)


def _articles(articles: Iterable[Article], body: Body, *, apart: bool) -> Iterator[str]:
    for article in articles:
        body.numbers.begin_article()
        first = "<w:pageBreakBefore/>" if apart else ""
        yield from body.blocks(article.editors_note)
        if article.label:
            yield paragraph(text_run(article.label), "Salutation", first)
            first = ""
        yield paragraph(text_run("\n".join(article.title)), "Title", first)
        lines = ((article.subtitle, "Subtitle"), (article.dateline, "Dateline"), (article.byline, "Byline"))
        yield from (paragraph(text_run(text), style) for text, style in lines if text)
        yield from body.blocks(article.blocks)


def _foot(edition: Edition) -> Iterator[str]:
    imprint = edition.imprint
    if not isinstance(imprint, Imprint):
        return
    for line in imprint.distribution:
        yield paragraph(text_run(line.label + "".join(line.ranks)), "Imprint")
    yield paragraph(text_run("　".join(label + names for label, names in imprint.editors)), "Imprint")
    yield paragraph(text_run(imprint.print_run_text), "Signature")


def _parts(document: str, body: Body, sources: tuple[Source, ...]) -> Iterator[tuple[str, bytes]]:
    media = [(name, body.pictures[name]) for name in body.shown]
    kinds = sorted({(_ending(name), picture.media_type) for name, picture in media})
    yield "[Content_Types].xml", _content_types(kinds).encode()
    yield "_rels/.rels", _relationships((("rId1", "officeDocument", "word/document.xml", ""), ("rId2", "custom-properties", "docProps/custom.xml", ""))).encode()  # fmt: skip
    yield "docProps/custom.xml", _custom(sources).encode()
    yield "word/document.xml", document.encode()
    yield "word/_rels/document.xml.rels", _relationships(_of_document(body)).encode()
    yield "word/styles.xml", styles_xml().encode()
    yield "word/numbering.xml", body.numbers.xml().encode()
    yield "word/settings.xml", _SETTINGS.encode()
    yield "word/footnotes.xml", _footnotes(body).encode()
    yield "word/footer1.xml", _footer("right").encode()
    yield "word/footer2.xml", _footer("left").encode()
    for place, (name, picture) in enumerate(media, start=1):
        yield f"word/media/picture{place}.{_ending(name)}", picture.content


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


_SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:evenAndOddHeaders/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
_PARTS = (
    ("document", "main"),
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("footnotes", "footnotes"),
    ("footer1", "footer"),
    ("footer2", "footer"),
)


def _content_types(kinds: Iterable[tuple[str, str]]) -> str:
    defaults = [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), *kinds]  # fmt: skip
    named = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults)
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{"document.main" if kind == "main" else kind}+xml"/>'
        for name, kind in _PARTS
    )
    custom = '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{named}{parts}{custom}</Types>'


def _of_document(body: Body) -> Iterator[tuple[str, str, str, str]]:
    for name, kind in _PARTS[1:]:
        key = {"footer1": "rIdF1", "footer2": "rIdF2"}.get(name, f"rId-{name}")
        yield key, kind, f"{name}.xml", ""
    for place, url in enumerate(body.links, start=1):
        yield f"rIdL{place}", "hyperlink", url, "External"
    for place, name in enumerate(body.shown, start=1):
        yield f"rIdP{place}", "image", f"media/picture{place}.{_ending(name)}", ""


def _relationships(related: Iterable[tuple[str, str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target={attribute(target)}{" TargetMode=" + chr(34) + mode + chr(34) if mode else ""}/>'
        for key, kind, target, mode in related
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _footnotes(body: Body) -> str:
    """The notes, after the two lines that part them from the text (17.11.9)."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for place, kind, mark in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
    )
    mark = f"<w:r><w:rPr>{NOTE_MARK}</w:rPr><w:footnoteRef/></w:r>"
    notes = "".join(
        f'<w:footnote w:id="{place}">{paragraph(mark + body.inlines(content), "FootnoteText")}</w:footnote>'
        for place, content in enumerate(body.notes, start=1)
    )
    return f"{HEAD}<w:footnotes {NAMESPACES}>{lines}{notes}</w:footnotes>"


def _footer(side: str) -> str:
    """`— 1 —`, outside (GB/T 9704-2012, 7.5)."""
    size = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体"/><w:sz w:val="28"/>'
    field = f'<w:fldSimple w:instr=" PAGE "><w:r><w:rPr>{size}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    inside = text_run("— ", size) + field + text_run(" —", size)
    where = f'<w:ind w:{side}="320" w:{side}Chars="100"/><w:jc w:val="{side}"/>'
    return f"{HEAD}<w:ftr {NAMESPACES}>{paragraph(inside, 'Normal', where)}</w:ftr>"


def _custom(sources: tuple[Source, ...]) -> str:
    """`docProps/custom.xml`: where the text came from."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006"
    told = "\n".join(f"{source.path} {source.sha256}" for source in sources)
    return (
        f'{HEAD}<Properties xmlns="{kind}/custom-properties" xmlns:vt="{kind}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{SOURCE_PROPERTY}"><vt:lpwstr>{escape(told)}</vt:lpwstr></property>'
        "</Properties>"
    )


def _packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
