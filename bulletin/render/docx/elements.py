"""Elements of a Word file, whose parts stand in the order that the schema asks for (ECMA-376 part 1; Word is strict about it)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap"
    " overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc"
    " textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern"
    " position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout"
    " tblCellMar tblLook tblCaption tblDescription",
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote"
    " titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "w:style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply"
    " rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "w:lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "w:settings": "writeProtection view zoom mirrorMargins defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat themeFontLang"
    " decimalSymbol listSeparator",
}
"""The children of each element, in their order."""
_PLACES = {parent: {f"w:{name}": place for place, name in enumerate(names.split())} for parent, names in ORDERS.items()}


def element(tag: str, *children: etree._Element | None, **attributes: str | int) -> etree._Element:
    """The element `w:p`, with its children in the order of the schema; those that are `None` are left out.

    `val=3` is the attribute `w:val`, `r_id` is `r:id`, and of elements that are not `w:` plain names are plain attributes.
    """
    made = etree.Element(name_of(tag), nsmap=NAMESPACES if tag in _ROOTS else None)
    for name, value in attributes.items():
        made.set(_attribute(tag, name), str(value))
    kept = [child for child in children if child is not None]
    places = _PLACES.get(tag)
    if places is not None:
        kept.sort(key=lambda child: places[_short(child)])
    made.extend(kept)
    return made


def said(tag: str, value: str | int) -> etree._Element:
    """An element that says one thing: `<w:jc w:val="center"/>`."""
    return element(tag, val=value)


def text_element(text: str) -> etree._Element:
    """`w:t`, whose blanks count."""
    made = element("w:t")
    made.text = text
    if text != text.strip() or "  " in text:
        made.set(_XML_SPACE, "preserve")
    return made


def name_of(tag: str) -> str:
    """The name with its namespace: `{http…}p`."""
    prefix, _, name = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{name}" if name else tag


def part_bytes(root: etree._Element) -> bytes:
    """The part of the package, the same bytes each time."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def first(elements: Iterable[etree._Element], tag: str) -> etree._Element | None:
    """The first element of that name."""
    return next((each for each in elements if each.tag == name_of(tag)), None)


_ROOTS = ("w:document", "w:styles", "w:numbering", "w:footnotes", "w:settings", "w:hdr", "w:ftr", "w:fonts")


def _attribute(tag: str, name: str) -> str:
    prefix, _, rest = name.partition("_")
    if rest and prefix in NAMESPACES:
        return name_of(f"{prefix}:{rest}")
    return name_of(f"w:{name}") if tag.startswith("w:") else name


def _short(child: etree._Element) -> str:
    return f"w:{etree.QName(child).localname}"
