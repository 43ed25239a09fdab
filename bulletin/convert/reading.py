"""A foreign file to a foreign document, by what it is and not by what it is called."""

from __future__ import annotations

import re
from pathlib import PurePath

from bulletin.model.foreign import ChangePolicy, ForeignDocument
from bulletin.model.problem import Outcome, Span, error, message

MOST_BYTES = 200_000_000
"""A larger file is not read at all."""
OFFICE_ENDINGS = (".doc", ".wps", ".odt", ".rtf")
ENDINGS = (".docx", *OFFICE_ENDINGS, ".html", ".htm", ".md", ".markdown", ".txt", ".pdf")
"""What an archive is searched for, those first that say most of how a text is meant."""
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|meta|p|div|section|article|span|table|h[1-6])\b",
    re.IGNORECASE,
)
_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"


def read_foreign(content: bytes, name: str, policy: ChangePolicy = ChangePolicy.ACCEPT) -> Outcome[ForeignDocument]:
    """The document in the bytes of a file called `name`.

    Files of other programs (.doc, .wps, .rtf, .odt) are made into Word files by LibreOffice first.
    """
    if len(content) > MOST_BYTES:
        what = message("文件超过 {limit} MB", limit=MOST_BYTES // 1_000_000)
        return Outcome(
            None, (error("import-too-large", Span(name), what, message("把图片压缩后再导入，或分成几个文件")),)
        )
    if not content.strip():
        return Outcome(None, (error("import-empty", Span(name), message("文件是空的")),))
    if content.startswith(_OFFICE) or _OPEN_DOCUMENT in content[:200]:
        return _read_office(content, name, policy)
    if content.startswith(b"PK"):
        from bulletin.convert.docx import read_docx

        return read_docx(content, name, policy)
    if b"%PDF-" in content[:1024]:
        from bulletin.convert.pdf import read_pdf

        return read_pdf(content, name)
    return _read_words(content, name)


def _read_office(content: bytes, name: str, policy: ChangePolicy) -> Outcome[ForeignDocument]:
    from bulletin.convert.docx import read_docx
    from bulletin.convert.office import to_docx

    made = to_docx(content, name)
    if made.value is None:
        return Outcome(None, made.problems)
    read = read_docx(made.value, name, policy)
    return Outcome(read.value, (*made.problems, *read.problems))


def _read_words(content: bytes, name: str) -> Outcome[ForeignDocument]:
    from bulletin.convert.text import read_markdown, read_text

    ending = PurePath(name).suffix.lower()
    if ending in (".html", ".htm") or _HTML.match(content[:2000]):
        from bulletin.convert.web_page import read_html

        return read_html(content, name)
    return read_markdown(content, name) if ending in (".md", ".markdown") else read_text(content, name)
