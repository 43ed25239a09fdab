"""The styles of a bureau's document in Word: faces, sizes, indents (GB/T 9704-2012, 5.2, 7.3)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from bulletin.model.page import (
    BODY_SIZES,
    CAPTION_SIZE_PT,
    CELL_LINE_PT,
    CELL_SIZE,
    CODE_SIZE_PT,
    IMPRINT_LINE_PT,
    IMPRINT_SIZE_PT,
    LINE_PT,
    NOTE_LINE_PT,
    NOTE_SIZE,
    TITLE_SIZE_PT,
)
from bulletin.render.docx.elements import element, said

FANG, KAI, HEI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
STAND_INS = {FANG: "仿宋", KAI: "楷体", TITLE: "方正小标宋_GBK"}
"""What Word takes where a computer does not have a face."""
BODY_PT = 16.0
"""三号, as Word has it: 28 characters of it are wider than the type area, so they are drawn in."""
DRAWN_IN_TWIPS = -5
"""A grid of characters closer than their size would do it too, but LibreOffice lets each take two places of it then."""
PITCH_PT = BODY_SIZES["16"].pitch_pt
LINE_TWIPS = round(LINE_PT * 20)
MASTHEAD_PT = 48.0
RED = "D7000F"
_GREY_PT = 9.0


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs, or, where `run` is true, of words.

    `indent` is that of the first line, `left` and `right` those of all, in characters of the text. `line_pt` is exact; where it is 0, lines are as high as
    what stands in them. `before` and `after` are in lines. `level` is that of a heading.
    """

    key: str
    name: str
    face: str = ""
    size_pt: float = 0.0
    run: bool = False
    bold: bool = False
    red: bool = False
    alignment: str = ""
    indent: int = 0
    left: int = 0
    right: int = 0
    line_pt: float | None = None
    before: float = 0.0
    after: float = 0.0
    level: int = 0
    keep_next: bool = False
    based_on: str = "Normal"
    own: bool = False
    """It is not one of Word's."""


NORMAL, BODY = "Normal", "BodyText"
PARAGRAPH_STYLES = (
    Style(NORMAL, "Normal", FANG, BODY_PT, alignment="both", line_pt=LINE_PT, based_on=""),
    Style(BODY, "Body Text", indent=2),
    Style("Heading1", "heading 1", HEI, indent=2, level=1, keep_next=True),
    Style("Heading2", "heading 2", KAI, indent=2, level=2, keep_next=True),
    Style("Heading3", "heading 3", bold=True, indent=2, level=3, keep_next=True),
    Style("Heading4", "heading 4", bold=True, indent=2, level=4, keep_next=True),
    Style("Title", "Title", TITLE, TITLE_SIZE_PT, alignment="center", before=1, line_pt=32.0, keep_next=True),
    Style("Subtitle", "Subtitle", KAI, alignment="center", keep_next=True),
    Style("Date", "Date", KAI, alignment="center"),
    Style("Byline", "题下署名", KAI, alignment="center", own=True),
    Style("Salutation", "Salutation", keep_next=True),
    Style("Quote", "Quote", KAI, indent=2, left=2, right=2),
    Style("ListBullet", "List Bullet"),
    Style("ListNumber", "List Number"),
    Style("ListContinue", "List Continue"),
    Style("Figure", "图片", alignment="center", line_pt=0, before=0.3, keep_next=True, own=True),
    Style("Caption", "caption", HEI, CAPTION_SIZE_PT, alignment="center"),
    Style("Code", "Code", SONG, CODE_SIZE_PT, alignment="left", own=True),
    Style("TableHead", "表头", HEI, CELL_SIZE.size_pt, alignment="center", line_pt=CELL_LINE_PT, own=True),
    Style("TableText", "表文", size_pt=CELL_SIZE.size_pt, alignment="left", line_pt=CELL_LINE_PT, own=True),
    Style("AttachmentNote", "附件说明", left=5, indent=-3, alignment="left", own=True),
    Style("Signature", "Signature", alignment="right", keep_next=True),
    Style("Attachment", "附件", HEI, keep_next=True, own=True),
    Style("FootnoteText", "footnote text", SONG, NOTE_SIZE.size_pt, line_pt=NOTE_LINE_PT),
    Style("Header", "header", SONG, _GREY_PT, alignment="right", line_pt=0),
    Style("Footer", "footer", SONG, IMPRINT_SIZE_PT, line_pt=18.0),
    Style("Marking", "标识", HEI, alignment="left", own=True),
    Style("Masthead", "报头", TITLE, MASTHEAD_PT, red=True, alignment="center", line_pt=0, before=1, own=True),
    Style("Numbering", "期号", KAI, alignment="center", after=1, own=True),
    Style("Issuer", "编印", KAI, alignment="left", after=1, own=True),
    Style("ContentsHead", "要览标题", HEI, alignment="center", after=1, own=True),
    Style("Contents", "要览", alignment="left", left=2, indent=-2, own=True),
    Style(
        "ImprintLabel",
        "报尾标签",
        HEI,
        IMPRINT_SIZE_PT,
        alignment="left",
        line_pt=IMPRINT_LINE_PT,
        keep_next=True,
        own=True,
    ),
    Style(
        "Imprint", "报尾", size_pt=IMPRINT_SIZE_PT, alignment="left", line_pt=IMPRINT_LINE_PT, keep_next=True, own=True
    ),
)
RUN_STYLES = (
    Style("Strong", "Strong", HEI, run=True, bold=True, based_on=""),
    Style("Lead2", "二级段首标题", KAI, run=True, bold=True, based_on="", own=True),
    Style("Emphasis", "Emphasis", KAI, run=True, based_on=""),
    Style("CodeWords", "代码", SONG, CODE_SIZE_PT, run=True, based_on="", own=True),
    Style("Hyperlink", "Hyperlink", run=True, based_on=""),
    Style("ImprintMark", "报尾名目", HEI, run=True, based_on="", own=True),
)
_KNOWN = {style.key: style for style in (*PARAGRAPH_STYLES, *RUN_STYLES)}


def style_named(key: str) -> Style:
    return _KNOWN[key]


def styles_part(heading_list: int) -> etree._Element:
    """`styles.xml`; headings are numbered by the list of that id."""
    defaults = element(
        "w:docDefaults",
        element("w:rPrDefault", element("w:rPr", fonts(FANG), *_size(BODY_PT), _language())),
        element("w:pPrDefault"),
    )
    made = [_paragraph_style(style, heading_list) for style in PARAGRAPH_STYLES]
    return element("w:styles", defaults, *made, *map(_run_style, RUN_STYLES), _note_mark(), _table_style())


def fonts(face: str) -> etree._Element:
    """The face of Han, and that of letters and digits: 黑体 and 宋体 set their own."""
    latin = face if face in (HEI, SONG) else LATIN
    return element("w:rFonts", ascii=latin, eastAsia=face, hAnsi=latin, cs=latin)


def indents(first: float, left: float = 0, right: float = 0) -> etree._Element | None:
    """Indents in characters of the text, and in twips for programs that do not count characters."""
    if not (first or left or right):
        return None
    said_as: dict[str, str | int] = {}
    for name, characters in (("left", left), ("right", right), ("firstLine" if first >= 0 else "hanging", abs(first))):
        if characters:
            said_as[f"{name}Chars"] = round(characters * 100)
            said_as[name] = _twips(characters)
    return element("w:ind", **said_as)


def spacing(before: float = 0.0, after: float = 0.0, line_pt: float | None = None) -> etree._Element | None:
    """White over and under a paragraph, in lines, and the height of its lines: exact in points, or, with 0, by what is in them."""
    said_as: dict[str, str | int] = {}
    if before:
        said_as["before"] = round(before * LINE_TWIPS)
    if after:
        said_as["after"] = round(after * LINE_TWIPS)
    if line_pt is not None:
        said_as |= {"line": round(line_pt * 20) or 240, "lineRule": "exact" if line_pt else "auto"}
    return element("w:spacing", **said_as) if said_as else None


def _twips(characters: float) -> int:
    return round(characters * PITCH_PT * 20)


def _paragraph_style(style: Style, heading_list: int) -> etree._Element:
    numbered = None
    if style.level:
        numbered = element(
            "w:numPr", said("w:ilvl", style.level - 1) if style.level > 1 else None, said("w:numId", heading_list)
        )
    paragraph = element(
        "w:pPr",
        element("w:keepNext") if style.keep_next else None,
        numbered,
        _rule() if style.key == "Issuer" else None,
        _issuer_tabs() if style.key == "Issuer" else None,
        spacing(style.before, style.after, style.line_pt),
        indents(style.indent, style.left, style.right),
        said("w:jc", style.alignment) if style.alignment else None,
        said("w:outlineLvl", style.level - 1) if style.level else None,
    )
    goes_on = BODY if style.level or style.key in ("Salutation", "Subtitle", "Byline", "Date") else ""
    flags = {"customStyle": 1} if style.own else {}
    if style.key == NORMAL:
        flags["default"] = 1
    return element(
        "w:style",
        said("w:name", style.name),
        said("w:basedOn", style.based_on) if style.based_on else None,
        said("w:next", goes_on) if goes_on else None,
        element("w:qFormat"),
        paragraph if len(paragraph) else None,
        _look(style),
        type="paragraph",
        styleId=style.key,
        **flags,
    )


def _run_style(style: Style) -> etree._Element:
    flags = {"customStyle": 1} if style.own else {}
    return element(
        "w:style",
        said("w:name", style.name),
        element("w:qFormat"),
        _look(style),
        type="character",
        styleId=style.key,
        **flags,
    )


def _note_mark() -> etree._Element:
    look = element("w:rPr", fonts(SONG), said("w:vertAlign", "superscript"))
    name = said("w:name", "footnote reference")
    return element("w:style", name, look, type="character", styleId="FootnoteReference")


def _table_style() -> etree._Element:
    """What Word takes for a table that names no style."""
    margins = element(
        "w:tblCellMar",
        element("w:top", w=0, type="dxa"),
        element("w:left", w=108, type="dxa"),
        element("w:bottom", w=0, type="dxa"),
        element("w:right", w=108, type="dxa"),
    )
    properties = element("w:tblPr", element("w:tblInd", w=0, type="dxa"), margins)
    name = said("w:name", "Normal Table")
    return element("w:style", name, properties, type="table", default=1, styleId="TableNormal")


def _look(style: Style) -> etree._Element | None:
    made = element(
        "w:rPr",
        fonts(style.face) if style.face else None,
        element("w:b") if style.bold else None,
        element("w:bCs") if style.bold else None,
        said("w:color", RED) if style.red else None,
        said("w:spacing", DRAWN_IN_TWIPS if style.key == NORMAL else 0) if style.size_pt else None,
        *_size(style.size_pt),
    )
    return made if len(made) else None


def _size(size_pt: float) -> tuple[etree._Element, ...]:
    half_points = round(size_pt * 2)
    return (said("w:sz", half_points), said("w:szCs", half_points)) if half_points else ()


def _language() -> etree._Element:
    return element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _rule() -> etree._Element:
    """The red rule under the head of the issue."""
    return element("w:pBdr", element("w:bottom", val="single", sz=12, space=4, color=RED))


def _issuer_tabs() -> etree._Element:
    """Publisher to the left, date to the right."""
    return element("w:tabs", element("w:tab", val="right", pos=_twips(28)))


def font_table() -> etree._Element:
    """`fontTable.xml`: what to take for a face that is missing."""
    fonts_named = []
    for face in (FANG, KAI, HEI, TITLE, SONG):
        stand_in = STAND_INS.get(face)
        fonts_named.append(
            element("w:font", said("w:altName", stand_in) if stand_in else None, said("w:charset", 86), name=face)
        )
    return element("w:fonts", *fonts_named, element("w:font", said("w:charset", "00"), name=LATIN))
