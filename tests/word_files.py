"""Word files for tests, made of the XML of their parts."""

from __future__ import annotations

import zipfile
from io import BytesIO

from PIL import Image

from bulletin.convert.docx import read_docx
from bulletin.model.foreign import ChangePolicy, ForeignDocument

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = ("styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer", "theme")


def p(text: str = "", properties: str = "", runs: str = "") -> str:
    """A paragraph: of a text, or of runs."""
    inside = runs or (f"<w:r><w:t>{text}</w:t></w:r>" if text else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def item_list() -> str:
    """Two paragraphs that are numbered by list 1."""
    return "".join(p(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') for text in ("一", "二"))


def word_file(body: str, relationships: str = "", **parts: str | bytes) -> bytes:
    """A Word file: `body` between the tags of the document, `styles="…"` and so on between those of their parts; others by their names."""
    related = "".join(
        f'<Relationship Id="part-{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in KINDS
        if kind in parts
    )
    members: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}{relationships}</Relationships>',
    }
    for name, content in parts.items():
        if name in KINDS and isinstance(content, str):
            tag = {"header": "hdr", "footer": "ftr"}.get(name, name)
            members[f"word/{name}.xml"] = f"<w:{tag} {NAMES}>{content}</w:{tag}>"
        else:
            members[name] = content
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive of the members."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def png(width: int, height: int) -> bytes:
    """A grey picture."""
    written = BytesIO()
    Image.new("L", (width, height), 128).save(written, "PNG")
    return written.getvalue()


def opened(
    body: str, policy: ChangePolicy = ChangePolicy.ACCEPT, relationships: str = "", **parts: str | bytes
) -> ForeignDocument:
    """The document that such a file is read as."""
    outcome = read_docx(word_file(body, relationships, **parts), "稿.docx", policy)
    assert outcome.value is not None, outcome.problems
    return outcome.value


def lines(document: ForeignDocument) -> list[str]:
    """What a reader sees of the blocks, a line a paragraph."""
    return document.text.split("\n")
