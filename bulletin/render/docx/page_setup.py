"""The page: A4, type area 156 × 225 mm, grid of 22 lines by 28 characters, page numbers outside (GB/T 9704-2012, 5.2, 7.5)."""

from __future__ import annotations

from lxml import etree

from bulletin.model.page import FORE_EDGE_MM, GUTTER_MM
from bulletin.render.docx.elements import element, said
from bulletin.render.docx.inlines import words
from bulletin.render.docx.styles import LINE_TWIPS, indents

_TWIPS_PER_MM = 1440 / 25.4
_TOP_MM, _BOTTOM_MM = 37, 35
_FOLIO_MM = 24.6
"""From the lower edge of the sheet to that of the box of the page number: its dash is 7 mm below the type area."""
_HEADER_MM = 20
_DRAFT = "送审稿"
FOOTERS = {"default": "footer1.xml", "even": "footer2.xml"}
HEADERS = {"default": "header1.xml", "even": "header2.xml"}


def section(headers: dict[str, str], footers: dict[str, str]) -> etree._Element:
    """The properties of all pages; ids of headers and footers by the pages that they are for.

    Notes are counted through the whole file: LibreOffice gives some of them a 0 where each section should begin anew.
    """
    pages = [element("w:headerReference", type=kind, r_id=key) for kind, key in headers.items()]
    pages += [element("w:footerReference", type=kind, r_id=key) for kind, key in footers.items()]
    return element(
        "w:sectPr",
        *pages,
        element("w:footnotePr", said("w:numFmt", "decimalEnclosedCircleChinese")),
        element("w:pgSz", w=11906, h=16838),
        element(
            "w:pgMar",
            top=_mm(_TOP_MM),
            right=_mm(FORE_EDGE_MM),
            bottom=_mm(_BOTTOM_MM),
            left=_mm(GUTTER_MM),
            header=_mm(_HEADER_MM),
            footer=_mm(_FOLIO_MM),
            gutter=0,
        ),
        element("w:docGrid", type="linesAndChars", linePitch=LINE_TWIPS),
    )


def header() -> etree._Element:
    """送审稿: what is handed out is no finished issue."""
    properties = element("w:pPr", said("w:pStyle", "Header"))
    return element("w:hdr", element("w:p", properties, *words(_DRAFT)))


def footer(kind: str) -> etree._Element:
    """`— 1 —`, one character from the outer edge."""
    odd = kind == "default"
    properties = element(
        "w:pPr",
        said("w:pStyle", "Footer"),
        element("w:snapToGrid", val=0),
        indents(0, right=1) if odd else indents(0, left=1),
        said("w:jc", "right" if odd else "left"),
    )
    number = element("w:fldSimple", *words("1"), instr=" PAGE ")
    return element("w:ftr", element("w:p", properties, *words("— "), number, *words(" —")))


def settings() -> etree._Element:
    """`settings.xml`: sheets printed on both sides, odd and even pages unlike; nothing asks a question when the file is opened."""
    mode = element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    separators = [element("w:footnote", id=key) for key in (-1, 0)]
    return element(
        "w:settings",
        element("w:mirrorMargins"),
        element("w:evenAndOddHeaders"),
        said("w:defaultTabStop", 420),
        said("w:characterSpacingControl", "compressPunctuation"),
        element("w:footnotePr", *separators),
        element("w:compat", element("w:doNotExpandShiftReturn"), mode),
        element("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def notes_part(notes: list[etree._Element]) -> etree._Element:
    """`footnotes.xml`: the rules over notes, which Word asks for, then the notes."""
    rules = [
        element("w:footnote", element("w:p", element("w:r", element(f"w:{kind}"))), type=kind, id=key)
        for key, kind in ((-1, "separator"), (0, "continuationSeparator"))
    ]
    return element("w:footnotes", *rules, *notes)


def _mm(length: float) -> int:
    return round(length * _TWIPS_PER_MM)
