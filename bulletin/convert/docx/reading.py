"""A Word file to a foreign document: its text with automatic numbers, notes, pictures, changes and comments, and all that is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from bulletin.convert.docx.blocks import Blocks
from bulletin.convert.docx.fields import unclosed_fields
from bulletin.convert.docx.file import File, joined
from bulletin.convert.docx.inlines import raw_texts
from bulletin.convert.docx.names import local, value, w
from bulletin.convert.docx.numbering import read_numbering
from bulletin.convert.docx.package import Package, PackageRefused, open_package
from bulletin.convert.docx.styles import read_styles
from bulletin.model.foreign import (
    ChangePolicy,
    DropKind,
    Dropped,
    ForeignBlock,
    ForeignDocument,
    ForeignNote,
    ForeignParagraph,
)
from bulletin.model.problem import Outcome, Problem, Span, error, message, warning

MOST_CHARACTERS = 5_000_000
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_METADATA = ("core-properties", "extended-properties", "custom-properties")
_TOLD = ("creator", "lastModifiedBy", "Company", "Manager", "title", "subject", "keywords", "description", "category")


def read_docx(content: bytes, name: str, policy: ChangePolicy = ChangePolicy.ACCEPT) -> Outcome[ForeignDocument]:
    """The document that a Word file holds, tracked changes accepted or rejected.

    The census are the characters of `w:t`, `w:delText`, `w:instrText`, formulas, symbols and codes of simple fields in the body, notes, headers and
    footers, each alternative once, and the words that formulas in fields were turned into; blanks left out. Automatic numbers and the words for pictures are not in it.
    """
    if content.startswith(_OLE):
        return Outcome(None, (_old_or_locked(content, name),))
    try:
        document, problems = _read(open_package(content, name), policy)
    except PackageRefused as refused:
        return Outcome(None, (refused.problem,))
    return Outcome(document, problems)


def _old_or_locked(content: bytes, name: str) -> Problem:
    if _LOCKED in content:
        return error("import-docx", Span(name), message("文件有密码"), message("请在 Word 里去掉密码，另存后再导入"))
    return error(
        "import-docx",
        Span(name),
        message("这是旧格式的文件（.doc 或 .wps）"),
        message("请在 Word 或 WPS 里另存为 .docx"),
    )


def _read(package: Package, policy: ChangePolicy) -> tuple[ForeignDocument | None, tuple[Problem, ...]]:
    main = next(iter(package.of_kind("", "officeDocument")), "word/document.xml")
    root = package.xml(main)
    body = None if root is None else root.find(w("body"))
    if root is None or body is None:
        raise package.refused(message("文件里没有正文，可能不是 Word 文件"))
    file = _file(package, main, policy)
    file.unclosed, file.page_sections = unclosed_fields(root), _page_sections(body)
    blocks = Blocks(file).read(body)
    notes = tuple(_notes(file, main))
    census = [*raw_texts(root), *_margins(file, main), *_raw_notes(package, main)]
    _metadata(file)
    document = ForeignDocument(
        name=package.name,
        kind="docx",
        blocks=tuple(blocks),
        notes=notes,
        pictures=tuple(file.pictures.values()),
        changes=tuple(joined(file.changes)),
        remarks=(*file.remarks,),
        dropped=tuple(joined(file.dropped)),
        census="".join("".join((*census, *file.written)).split()),
    )
    return _checked(document, file)


def _checked(document: ForeignDocument, file: File) -> tuple[ForeignDocument | None, tuple[Problem, ...]]:
    span = Span(document.name)
    if len(document.census) > MOST_CHARACTERS:
        what = message("文件超过 {limit} 万字", limit=MOST_CHARACTERS // 10_000)
        return None, (error("import-too-long", span, what, message("请分成几个文件再导入")),)
    if not document.blocks:
        return None, (error("import-empty", span, message("文件里没有文字")),)
    problems = list(file.problems())
    if any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in file.package.members):
        problems.append(warning("import-macro", span, message("文件带有宏；没有运行，也没有导入")))
    return document, tuple(problems)


def _file(package: Package, main: str, policy: ChangePolicy) -> File:
    def part(kind: str) -> etree._Element | None:
        named = package.of_kind(main, kind)
        return package.xml(named[0]) if named else None

    styles = read_styles(part("styles"), part("theme"))
    return File(package, styles, read_numbering(part("numbering")), policy, main, _comments(part("comments")))


def _comments(root: etree._Element | None) -> dict[str, tuple[str, str]]:
    """Author and words of each comment, by its id."""
    found = {}
    for comment in () if root is None else root.findall(w("comment")):
        paragraphs = ("".join(each.text or "" for each in paragraph.iter(w("t"))) for paragraph in comment.iter(w("p")))
        words = "\n".join(text for text in paragraphs if text.strip())
        found[comment.get(w("id")) or ""] = (comment.get(w("author")) or "", words)
    return found


def _notes(file: File, main: str) -> Iterator[ForeignNote]:
    """The notes that are called, in order; of others their words are left out."""
    for kind, single in _NOTES.items():
        for part in file.package.of_kind(main, kind):
            root = file.package.xml(part)
            file.part = part
            file.unclosed |= set() if root is None else unclosed_fields(root)
            for note in () if root is None else root.findall(w(single)):
                label = file.notes.get((single, note.get(w("id")) or ""))
                if label is None:
                    _drop_all(file, note)
                    continue
                file.fields.clear()
                paragraphs = tuple(_paragraphs(Blocks(file).read(note)))
                yield ForeignNote(label, paragraphs)
    file.part = main


def _page_sections(body: etree._Element) -> set[etree._Element]:
    """The sections after which the text goes on on another page: how a section begins, it says itself (17.6.22)."""
    former = {each for change in body.iter(w("sectPrChange")) for each in change}
    sections = [each for each in body.iter(w("sectPr")) if each not in former]
    types = [value(each, "type") for each in sections[1:]]
    return {section for section, after in zip_longest(sections, types) if after != "continuous"}


def _drop_all(file: File, element: etree._Element) -> None:
    text = "".join(raw_texts(element))
    if text.strip():
        file.dropped.append(Dropped(DropKind.HIDDEN, text))


def _paragraphs(blocks: list[ForeignBlock]) -> Iterator[ForeignParagraph]:
    for block in blocks:
        if isinstance(block, ForeignParagraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell.paragraphs)


def _margins(file: File, main: str) -> Iterator[str]:
    """The words of headers and footers, which are left out."""
    for kind, dropped in (("header", DropKind.HEADER), ("footer", DropKind.FOOTER)):
        for part in file.package.of_kind(main, kind):
            root = file.package.xml(part)
            text = "" if root is None else "".join(raw_texts(root))
            if text.strip():
                file.dropped.append(Dropped(dropped, text))
                yield text


def _raw_notes(package: Package, main: str) -> Iterator[str]:
    for kind in _NOTES:
        for part in package.of_kind(main, kind):
            root = package.xml(part)
            yield from () if root is None else raw_texts(root)


def _metadata(file: File) -> None:
    """Who wrote the file, and what else it says of itself."""
    for kind in _METADATA:
        for part in file.package.of_kind("", kind):
            root = file.package.xml(part)
            for element in () if root is None else root.iter():
                text = (element.text or "").strip()
                if text and (local(element) in _TOLD or kind == "custom-properties"):
                    file.dropped.append(Dropped(DropKind.METADATA, f"{local(element)}: {text}"))
