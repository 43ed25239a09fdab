"""Rules about what the file says of itself, and what it must not: ISO 19005-2, 6.6; ISO 14289-1, 5 and 7.1; safety, rows 4 and 27."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from bulletin.model.problem import Message, message
from bulletin.model.walk import walk
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.passages import squeezed

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_INFO = {
    "/Title": f"{_DC}title",
    "/Author": f"{_DC}creator",
    "/Subject": f"{_DC}description",
    "/Keywords": f"{_PDF}Keywords",
    "/Producer": f"{_PDF}Producer",
    "/Creator": f"{_XMP}CreatorTool",
    "/CreationDate": f"{_XMP}CreateDate",
    "/ModDate": f"{_XMP}ModifyDate",
}
"""The keys that the Info dictionary may have, and the properties that say the same."""
_PRIVATE = re.compile(
    r"""(?:^|[\s"'(=<>])(?:file:|/(?:home|root|tmp|Users|var|private|mnt|media)/|[A-Za-z]:[\\/]|\\\\)""", re.IGNORECASE
)
_DATES = ("/M", "/LastModified")


def check_title(file: PrintFile) -> Iterator[Message]:
    """The file has a title (ISO 14289-1, 7.1; MH 06-003, 06-004)."""
    if not _said(file, f"{_DC}title").strip():
        yield message("PDF 没有标题")


def check_standards(file: PrintFile) -> Iterator[Message]:
    """The file says in one RDF which standards it keeps, and explains `pdfuaid` (ISO 19005-2, 6.6.2.3 and 6.6.4; MH 06-001, 06-002)."""
    said = tuple(_said(file, name) for name in (f"{_PDFA}part", f"{_PDFA}conformance", f"{_PDFUA}part"))
    explained = [each.text for each in file.metadata.iter(f"{_SCHEMA}namespaceURI")]
    one = len(list(file.metadata.iter(f"{_RDF}RDF"))) == 1 and "/Filter" not in file.pdf.Root.Metadata
    if said != (str(file.standard.part), "A", "1") or explained != [_PDFUA.strip("{}")] or not one:
        yield message("PDF 没有声明符合 PDF/A-{part}a 和 PDF/UA-1", part=file.standard.part)


def check_info(file: PrintFile) -> Iterator[Message]:
    """The Info dictionary has the usual keys, and says what the metadata say (ISO 19005-2, 6.6.3)."""
    info = {key: str(value) for key, value in file.pdf.docinfo.items()}
    for key in info.keys() - _INFO.keys():
        yield message("PDF 属性里有多余的一项：{key}", key=key)
    for key, name in _INFO.items():
        value = info.get(key, "")
        if key.endswith("Date"):
            value = re.sub(r"^D:(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", value)
        if value != _said(file, name):
            yield message("PDF 属性与元数据说法不一：{key}", key=key)


def check_date(file: PrintFile) -> Iterator[Message]:
    """The file bears the issue's date, and no other (design: the same input gives the same bytes)."""
    day = f"D:{file.edition.masthead.date:%Y%m%d}"
    held = [str(file.pdf.docinfo.get(key, "")) for key in ("/CreationDate", "/ModDate")]
    things = [thing for thing in file.pdf.objects if isinstance(thing, (Dictionary, Stream))]
    held += [str(thing[key]) for thing in things for key in _DATES if key in thing]
    held += [str(thing.Params.get("/ModDate", "")) for thing in things if thing.get("/Type") == "/EmbeddedFile"]
    if any(each != day for each in held):
        yield message("PDF 里的日期不是本期的日期")


def check_private(file: PrintFile) -> Iterator[Message]:
    """No string or stream tells where or by whom the file was made (safety, row 4); what an author wrote may look like it."""
    written = squeezed("".join(walk(file.edition, str)))
    for text in chain(*(_texts(thing) for thing in file.pdf.objects), _texts(file.pdf.trailer)):
        found = _PRIVATE.search(text) or (file.folder and re.search(re.escape(file.folder), text))
        if found and squeezed(text) not in written:
            yield message("PDF 里有电脑上的路径：{path}", path=text[found.start() :][:60])


def _said(file: PrintFile, name: str) -> str:
    """The value of a property, also of the first item where it is a list."""
    found = next(file.metadata.iter(name), None)
    return "" if found is None else "".join(found.itertext()).strip()


def _texts(thing: object) -> Iterator[str]:
    """The strings of an object, and a stream's contents where they are text."""
    if isinstance(thing, String):
        yield str(thing)
    elif isinstance(thing, (Dictionary, Stream)):
        for value in thing.values():
            if not (isinstance(value, Object) and value.is_indirect):
                yield from _texts(value)
        if isinstance(thing, Stream) and _is_text(thing):
            yield thing.read_bytes().decode("latin-1")
    elif isinstance(thing, Array):
        for value in thing:
            if not (isinstance(value, Object) and value.is_indirect):
                yield from _texts(value)


def _is_text(stream: Stream) -> bool:
    """False of fonts, pictures, profiles, and of what is attached."""
    binary = stream.get("/Subtype") == Name.Image or "/Length1" in stream or "/N" in stream
    return not binary and stream.get("/Type") != "/EmbeddedFile"
