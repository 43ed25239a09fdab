"""Measures import: an issue is brought to other formats in the ways that offices do it, imported again, and held against itself.

    python tools/measure_import.py FOLDER ISSUE [FILE …]

FOLDER is a publication. Without FILE the issue is made into Word (styles with automatic numbers; everything by hand in 正文; as WPS users do it, with text boxes
and blanks), into text in GBK, and into PDF by LibreOffice (where it is installed) and by this program; with FILE those are imported instead. A line is right where
the imported issue has one of the same role, level and words at the same place in its order. `--show` lists what is not; `--keep FOLDER` keeps what was made.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.run import Run as WordRun

from bulletin.compose import compose_edition
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.edition import Edition, Imprint
from bulletin.model.key import IssueKey
from bulletin.model.prose import (
    AttachmentNote,
    ComposedBlock,
    ComposedInline,
    Emphasis,
    ItemList,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Signature,
    Strong,
    Table,
)
from bulletin.model.walk import plain_text

BODY_PT, TITLE_PT = 16.0, 22.0
HEADING_FACES = {1: "黑体", 2: "楷体_GB2312", 3: "仿宋_GB2312", 4: "仿宋_GB2312"}
CENTRED = {"masthead", "numbering", "title", "subtitle", "dateline", "byline"}
FACES = {"masthead": "方正小标宋简体", "title": "方正小标宋简体", "subtitle": "楷体_GB2312", "byline": "楷体_GB2312"}
SIZES = {"masthead": 48.0, "title": TITLE_PT}
LEVELS = ("chineseCounting:%1、", "chineseCounting:（%2）", "decimal:%3.", "decimal:（%4）")


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of an issue: what it is, its number if it has one, its words, how many of them are a bold lead; the rows of a table."""

    role: str
    text: str
    number: str = ""
    level: int = 0
    lead: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def whole(self) -> str:
        return self.number + self.text


def lines_of(edition: Edition) -> list[Line]:
    """All that an issue says, in the order of its pages."""
    found = [Line("marking", text) for text in edition.marking]
    head = edition.masthead
    found += [Line("masthead", head.title), Line("numbering", head.numbering)]
    found += [Line("publisher", head.publisher), Line("date", head.date_text), Line("contents", "本期要览")]
    found += [Line("highlight", highlight.text) for highlight in edition.highlights]
    for article in edition.articles:
        found += [Line("label", article.label)] if article.label else []
        found.append(Line("title", article.plain_title))
        fields = (("subtitle", article.subtitle), ("dateline", article.dateline), ("byline", article.byline))
        found += [Line(role, text) for role, text in fields if text]
        found += [line for block in article.blocks for line in _lines_of_block(block)]
    return found + list(_lines_of_foot(edition))


def _lines_of_block(block: ComposedBlock) -> Iterator[Line]:
    match block:
        case NumberedHeading():
            yield Line("heading", plain_text(block.content), block.label, block.level)
        case RunInHeading():
            lead = plain_text(block.lead)
            yield Line("body", lead + plain_text(block.content), lead=len(lead))
        case Salutation():
            yield Line("salutation", plain_text(block.content))
        case Paragraph():
            yield Line("body", plain_text(block.content), lead=_bold_lead(block))
        case Table():
            rows = (block.head, *block.rows)
            yield Line("table", "", rows=tuple(tuple(plain_text(cell) for cell in row) for row in rows))
        case AttachmentNote():
            yield Line("body", block.text)
        case Signature():
            yield from (Line("signature", text) for text in (block.name, block.date) if text)
        case Quote():
            for inner in block.blocks:
                yield from _lines_of_block(inner)
        case ItemList():
            for item in block.items:
                inside = [line for inner in item.blocks for line in _lines_of_block(inner)]
                yield from (Line("body", (item.mark if at == 0 else "") + line.text) for at, line in enumerate(inside))


def _bold_lead(block: Paragraph[ComposedInline]) -> int:
    first = block.content[0]
    return len(plain_text(first.content)) if isinstance(first, Strong | Emphasis) else 0


def _lines_of_foot(edition: Edition) -> Iterator[Line]:
    imprint = edition.imprint
    assert isinstance(imprint, Imprint)
    for listed in imprint.distribution:
        yield Line("distribution", f"{listed.label}{''.join(listed.ranks)}")
    yield Line("editors", "　".join(label + names for label, names in imprint.editors))
    yield Line("run", imprint.print_run_text)


def styled_docx(lines: list[Line]) -> bytes:
    """Word as it is meant: styles for headings, numbered by Word itself, begun again in each article."""
    document = _new_document()
    _define_numbers(document)
    numbers = 0
    for line in lines:
        if line.role == "title":
            numbers = _numbers_of_an_article(document)
        if line.role == "heading":
            paragraph = document.add_paragraph(line.text, style=f"Heading {line.level}")
            number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{line.level - 1}"/><w:numId w:val="{numbers}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
        else:
            _add_by_hand(document, line)
    return _saved(document)


def manual_docx(lines: list[Line]) -> bytes:
    """Word as offices use it: everything is 正文, and looks as it should."""
    document = _new_document()
    for line in lines:
        _add_by_hand(document, line)
    return _saved(document)


def wps_docx(lines: list[Line]) -> bytes:
    """The same as WPS users do it: the head in text boxes, blanks for indents, empty paragraphs for distance, names spaced."""
    document = _new_document()
    for line in lines:
        if line.role in ("marking", "masthead", "numbering", "publisher", "date"):
            _add_text_box(document, line)
            continue
        if line.role == "title" and document.paragraphs[-1].text:
            document.add_paragraph()
        indent = "　　" if line.role in ("body", "heading") else ""
        _add_by_hand(document, line, blanks=indent, spaced_names="　")
    return _saved(document)


def gbk_text(lines: list[Line]) -> bytes:
    """Plain text in the encoding of older Windows, a line a paragraph, indented by two blanks."""
    texts = []
    for line in lines:
        if line.rows:
            texts += ["\t".join(row) for row in line.rows]
        else:
            texts.append(("　　" if line.role in ("body", "heading") else "") + line.whole)
    return "\r\n".join(texts).encode("gb18030")


def _new_document() -> WordDocument:
    document = Document()
    _face(document.styles["Normal"].element.get_or_add_rPr(), "仿宋_GB2312")
    document.styles["Normal"].font.size = Pt(BODY_PT)
    for level, face in HEADING_FACES.items():
        style = document.styles[f"Heading {level}"]
        assert style.type == WD_STYLE_TYPE.PARAGRAPH
        _face(style.element.get_or_add_rPr(), face)
    return document


def _face(properties: object, name: str) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]  # an element of python-docx
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def _add_by_hand(document: WordDocument, line: Line, blanks: str = "", spaced_names: str = " ") -> None:
    if line.rows:
        table = document.add_table(len(line.rows), len(line.rows[0]))
        for row, texts in zip(table.rows, line.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return
    paragraph = document.add_paragraph()
    text = spaced_names.join(line.text) if line.role == "byline" and len(line.text) <= 3 else line.whole
    if line.role == "title":
        paragraph.paragraph_format.space_before = Pt(28)
    if line.role == "signature":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif line.role in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif blanks:
        paragraph.add_run(blanks)
    elif line.role in ("body", "heading"):
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_PT)
    for part, bold in ((text[: line.lead], True), (text[line.lead :], False)):
        if part:
            _look(paragraph.add_run(part), line, bold=bold)


def _look(run: WordRun, line: Line, *, bold: bool) -> None:
    face = HEADING_FACES[line.level] if line.role == "heading" else FACES.get(line.role, "仿宋_GB2312")
    _face(run._r.get_or_add_rPr(), face)
    run.font.size = Pt(SIZES.get(line.role, BODY_PT))
    run.bold = bold or (line.role == "heading" and line.level > 2) or None


def _add_text_box(document: WordDocument, line: Line) -> None:
    run = document.add_paragraph().add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:400pt;height:60pt"><v:textbox>'
            f'<w:txbxContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="{int(2 * SIZES.get(line.role, BODY_PT))}"/></w:rPr>'
            f"<w:t>{line.whole}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )


def _define_numbers(document: WordDocument) -> None:
    levels = ""
    for level, definition in enumerate(LEVELS):
        kind, shown = definition.split(":", 1)
        levels += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/></w:lvl>'
        )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    document.part.numbering_part.element.insert(0, abstract)


def _numbers_of_an_article(document: WordDocument) -> int:
    number = document.part.numbering_part.element.add_num(90)
    number.add_lvlOverride(0).add_startOverride(1)
    return int(number.numId)


def _saved(document: WordDocument) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def printed_by_office(docx: bytes) -> bytes:
    """The PDF that LibreOffice prints of a Word file.

    Raises:
        FileNotFoundError: LibreOffice is not installed.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "issue.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        own = {"PATH": os.defpath + ":/usr/local/bin", "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
        subprocess.run(command, check=True, capture_output=True, timeout=180, env=own)
        return source.with_suffix(".pdf").read_bytes()


def printed_here(folder: Path, key: str) -> bytes:
    """The print edition of this program."""
    _bulletin(folder, "build", key)
    return (folder / "build" / key / "print.pdf").read_bytes()


FORMS: dict[str, Callable[[list[Line]], bytes]] = {
    "styles.docx": styled_docx,
    "by-hand.docx": manual_docx,
    "wps.docx": wps_docx,
    "gbk.txt": gbk_text,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How many lines of an issue came through the import as they were, what did not, and the characters that are not the same in number."""

    lines: int
    right: int
    changed: tuple[str, ...]
    lost: str
    added: str
    articles: tuple[int, int]

    @property
    def share(self) -> float:
        return self.right / self.lines


def score(original: Edition, imported: Edition) -> Score:
    """Holds the imported issue against the one that it was made of."""
    before, after = ([_key(line) for line in lines_of(edition)] for edition in (original, imported))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    changed = tuple(_changes(matcher.get_opcodes(), before, after))
    had, has = (Counter("".join("".join(key[2].split()) for key in keys)) for keys in (before, after))
    lost, added = ("".join(sorted((one - other).elements())) for one, other in ((had, has), (has, had)))
    return Score(len(before), right, changed, lost, added, (len(original.articles), len(imported.articles)))


def _key(line: Line) -> tuple[str, int, str]:
    words = "\n".join("\t".join(row) for row in line.rows) if line.rows else line.whole
    return line.role, line.level, words


def _changes(
    opcodes: Iterable[tuple[str, int, int, int, int]],
    before: list[tuple[str, int, str]],
    after: list[tuple[str, int, str]],
) -> Iterator[str]:
    for operation, one, two, three, four in opcodes:
        if operation != "equal":
            yield from (f"- {role}{level or ''} {text}" for role, level, text in before[one:two])
            yield from (f"+ {role}{level or ''} {text}" for role, level, text in after[three:four])


def edition_of(folder: Path, key: str) -> Edition:
    """The composed issue of a publication."""
    publication = load_publication(folder).value
    assert publication is not None, folder
    parsed = IssueKey.parse(key)
    assert parsed is not None, key
    issue = load_issue(folder, parsed, publication).value
    assert issue is not None, key
    return compose_edition(issue)


def import_into(folder: Path, key: str, name: str, content: bytes, where: Path) -> Edition:
    """The issue as it is imported from `content` into a copy of the publication that does not have it."""
    shutil.copytree(folder, where, ignore=shutil.ignore_patterns("build", "registers"))
    shutil.rmtree(where / "issues" / key)
    (where / name).write_bytes(content)
    _bulletin(where, "import", str(where / name))
    return edition_of(where, key)


def _bulletin(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bulletin", "-C", str(folder), *arguments], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def _forms(folder: Path, key: str, files: list[Path]) -> Iterator[tuple[str, bytes]]:
    if files:
        yield from ((file.name, file.read_bytes()) for file in files)
        return
    lines = lines_of(edition_of(folder, key))
    yield from ((name, form(lines)) for name, form in FORMS.items())
    try:
        yield "office.pdf", printed_by_office(manual_docx(lines))
    except FileNotFoundError:
        print("office.pdf: LibreOffice is not installed")
    yield "print.pdf", printed_here(folder, key)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("issue")
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    original = edition_of(given.folder, given.issue)
    with tempfile.TemporaryDirectory() as temporary:
        target = given.keep or Path(temporary)
        target.mkdir(parents=True, exist_ok=True)
        for name, content in _forms(given.folder, given.issue, given.files):
            (target / name).write_bytes(content)
            try:
                imported = import_into(given.folder, given.issue, name, content, target / f"from-{name}")
            except RuntimeError as failure:
                print(f"{name:14}{failure}")
                continue
            found = score(original, imported)
            print(
                f"{name:14}{found.articles[1]}/{found.articles[0]} articles  {found.right}/{found.lines} lines  {found.share:.1%}  lost “{found.lost}”  added “{found.added}”"
            )
            if given.show:
                print(*found.changed, sep="\n")


if __name__ == "__main__":
    main()
