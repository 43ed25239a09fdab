"""Small pieces of WordprocessingML as text; what stands in them is escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{RELATED}" xmlns:a="{DRAWING}" xmlns:wp="{PLACED}" xmlns:pic="{PICTURE}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def text_run(text: str, properties: str = "") -> str:
    """A run; line ends in the text are line breaks."""
    parts = _NOT_XML.sub("", text).split("\n")
    inside = "<w:br/>".join(_words(part) for part in parts)
    return f"<w:r>{_group('rPr', properties)}{inside}</w:r>" if text else ""


def _words(part: str) -> str:
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in part.split("\t")
    )


def paragraph(content: str, style: str, properties: str = "") -> str:
    """A paragraph of a style; `properties` are those that follow `w:pStyle` (ECMA-376 part 1, 17.3.1.26 says in which order)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _group(name: str, inside: str) -> str:
    return f"<w:{name}>{inside}</w:{name}>" if inside else ""


def attribute(text: str) -> str:
    """The text between quotation marks."""
    return quoteattr(_NOT_XML.sub("", text))
