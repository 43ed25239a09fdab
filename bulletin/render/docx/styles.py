"""The styles of the bureau's Word files: faces, sizes and distances of GB/T 9704-2012 (5.2, 7.2, 7.3)."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.render.docx.xml import HEAD, NAMESPACES

BODY_FACE = "仿宋_GB2312"
TITLE_FACE = "方正小标宋简体"
LINE_TWIPS = 580
"""22 lines in 225 mm (5.2.3)."""
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
)
"""A4; 37 mm above, 28 mm left, a type area of 156 by 225 mm (5.2.1); the folio 7 mm below it (7.5)."""
GRID = f'<w:docGrid w:type="lines" w:linePitch="{LINE_TWIPS}"/>'
_NARROWER = '<w:spacing w:val="-5"/>'
"""28 characters of 16 pt in 156 mm (5.2.3): each a quarter of a point narrower. (A grid of characters is what Word has for this; LibreOffice sets 18 in it.)"""
_INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
_CENTRED = '<w:jc w:val="center"/>'


@dataclass(frozen=True, slots=True)
class _Style:
    key: str
    name: str
    face: str
    half_points: int
    paragraph: str = ""
    characters: str = ""
    based_on: str = "Normal"

    @property
    def xml(self) -> str:
        first = ' w:default="1"' if self.key == "Normal" else ""
        based = "" if self.key == "Normal" else f'<w:basedOn w:val="{self.based_on}"/>'
        fonts = f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="{self.face}" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
        size = f'<w:sz w:val="{self.half_points}"/><w:szCs w:val="{self.half_points}"/>'
        narrower = _NARROWER if self.key == "Normal" else ""
        return (
            f'<w:style w:type="paragraph"{first} w:styleId="{self.key}"><w:name w:val="{self.name}"/>{based}<w:qFormat/>'
            f"<w:pPr>{self.paragraph}</w:pPr><w:rPr>{fonts}{self.characters}{narrower}{size}</w:rPr></w:style>"
        )


def _heading(level: int, face: str, bold: str = "") -> _Style:
    paragraph = f'<w:keepNext/>{_INDENT}<w:outlineLvl w:val="{level - 1}"/>'
    return _Style(f"Heading{level}", f"heading {level}", face, 32, paragraph, bold)


_EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{LINE_TWIPS}" w:lineRule="exact"/>'
_STYLES = (
    _Style("Normal", "Normal", BODY_FACE, 32, f'{_EXACT}<w:jc w:val="both"/>'),
    _Style("BodyText", "Body Text", BODY_FACE, 32, _INDENT),
    _Style("Salutation", "Salutation", BODY_FACE, 32),
    _Style("Title", "Title", TITLE_FACE, 44, f'<w:keepNext/><w:spacing w:line="700" w:lineRule="exact"/>{_CENTRED}'),
    _Style("Subtitle", "Subtitle", "楷体_GB2312", 32, _CENTRED),
    _Style("Dateline", "日期", "楷体_GB2312", 32, _CENTRED),
    _Style("Byline", "署名", "楷体_GB2312", 32, f'<w:spacing w:after="{LINE_TWIPS}"/>{_CENTRED}'),
    _heading(1, "黑体"),
    _heading(2, "楷体_GB2312"),
    _heading(3, BODY_FACE, "<w:b/>"),
    _heading(4, BODY_FACE),
    _Style("Quote", "Quote", "楷体_GB2312", 32, '<w:ind w:left="640" w:firstLine="640" w:firstLineChars="200"/>'),
    _Style("ListParagraph", "List Paragraph", BODY_FACE, 32, '<w:ind w:left="640"/>'),
    _Style("TableText", "表格文字", BODY_FACE, 28, f'<w:spacing w:line="400" w:lineRule="exact"/>{_CENTRED}'),
    _Style("Figure", "图片", BODY_FACE, 32, f'<w:spacing w:line="240" w:lineRule="auto"/>{_CENTRED}'),
    _Style("Caption", "caption", BODY_FACE, 28, _CENTRED),
    _Style("Verbatim", "原样文字", "等线", 28),
    _Style("FootnoteText", "footnote text", BODY_FACE, 24, '<w:spacing w:line="320" w:lineRule="exact"/>'),
    _Style("Signature", "Signature", BODY_FACE, 32, '<w:ind w:right="640"/><w:jc w:val="right"/>'),
    _Style("Marking", "标识", "黑体", 32),
    _Style("Masthead", "刊名", TITLE_FACE, 96, f'<w:spacing w:before="400" w:after="400" w:line="1200" w:lineRule="exact"/>{_CENTRED}', '<w:color w:val="C00000"/>'),
    _Style("Numbering", "期号", "楷体_GB2312", 32, _CENTRED),
    _Style("Publisher", "编印", "楷体_GB2312", 32),
    _Style("Contents", "要览标题", "黑体", 32, _CENTRED),
    _Style("Highlight", "要览", BODY_FACE, 32, _INDENT),
    _Style("Imprint", "报送发", BODY_FACE, 28, '<w:ind w:left="560" w:hanging="560"/>'),
)  # fmt: skip
EMPHASIS = '<w:rFonts w:eastAsia="楷体_GB2312" w:hint="eastAsia"/>'
CODE = '<w:rFonts w:ascii="Courier New" w:eastAsia="等线" w:hAnsi="Courier New"/>'
NOTE_MARK = '<w:vertAlign w:val="superscript"/>'


def styles_xml() -> str:
    """`word/styles.xml`."""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="{BODY_FACE}" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{''.join(style.xml for style in _STYLES)}</w:styles>"
