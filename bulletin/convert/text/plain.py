"""Plain text in any Chinese encoding to a foreign document.

Three ways of writing are told apart: a line is a paragraph; paragraphs stand between empty lines; lines are broken at a width (by a
program of old, or by who copied them from a page), and several of them are a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletin.convert.text.lines import SENTENCE_ENDS, Line, full, indents, lines_of, measure_of
from bulletin.convert.text.tabbed import with_tables
from bulletin.model.encoding import decode
from bulletin.model.foreign import Alignment, DropKind, Dropped, ForeignDocument, ForeignParagraph, Place, Run
from bulletin.model.problem import Outcome, Problem, Span, error, message

MOST_CHARACTERS = 5_000_000
_SIZE_PT = 16.0
"""Of a Han where nothing is said of it (3 号; GB/T 9704-2012, 5.2.2)."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
_LINE_END = re.compile("\r\n|[\r\x0b\x1c-\x1f\x85\u2028\u2029]")
_MOST_CONTROLS = 0.02
"""A larger share of control characters is no text."""
_LEAST_BROKEN_EM = 20.0
_LONG_EM = 45.0
_LABEL = re.compile(r"[\u4e00-\u9fff\u3000 ]{1,8}[:：]|[（(]?\d{4}\s*年|——|【")


def read_text(content: bytes, name: str) -> Outcome[ForeignDocument]:
    """The paragraphs of a text file. The census is all its characters but blanks."""
    decoded = decode(content, name)
    if decoded.value is None:
        return Outcome(None, decoded.problems)
    refused = refuse_text(decoded.value, name)
    if refused:
        return Outcome(None, (*decoded.problems, refused))
    return Outcome(document_of(decoded.value, name), decoded.problems)


def refuse_text(text: str, name: str) -> Problem | None:
    """What is said of a text that is too long, or none at all."""
    if len(text) > MOST_CHARACTERS:
        what = message("文件超过 {limit} 万字", limit=MOST_CHARACTERS // 10_000)
        return error("import-too-long", Span(name), what, message("请分成几个文件再导入"))
    controls = sum(map(len, _CONTROL.findall(text)))
    if controls > _MOST_CONTROLS * len(text):
        what = message("这不是文字文件：控制字符太多")
        return error("import-no-text", Span(name), what, message("请用原来的程序打开，另存为 .docx 或纯文本"))
    if not text.strip():
        return error("import-empty", Span(name), message("文件里没有文字"))
    return None


def document_of(text: str, name: str) -> ForeignDocument:
    """The document that a decoded text is."""
    unified = _LINE_END.sub("\n", text)
    clean = _CONTROL.sub("", unified)
    lines = lines_of(clean)
    groups = list(_paragraphs(lines))
    measure = measure_of(lines)
    paragraphs = [_paragraph(group, number, measure) for number, group in enumerate(groups, start=1)]
    blocks = tuple(with_tables(paragraphs))
    return ForeignDocument(name, "txt", blocks, dropped=tuple(_controls(unified)), census="".join(text.split()))


def _controls(text: str) -> Iterator[Dropped]:
    """Control characters are no text; those of a line are listed together."""
    if not _CONTROL.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        found = "".join(_CONTROL.findall(line))
        if found:
            yield Dropped(DropKind.MARKUP, found, Place(line=number))


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that are one paragraph each time."""
    measure, indented = measure_of(lines), indents(lines)
    spaced = _spaced(lines)
    group = lines[:1]
    for before, line in pairwise(lines):
        if line.apart or line.new_page:
            goes_on = False
        elif measure:
            goes_on = full(before, measure) and not _begins(line, before, indented=indented)
        else:
            goes_on = spaced and _cut(before, line)
        if goes_on:
            group.append(line)
        else:
            yield group
            group = [line]
    if group:
        yield group


def _spaced(lines: list[Line]) -> bool:
    """True where empty lines stand between paragraphs: before nearly each that is long."""
    long = [line for line in lines[1:] if line.width_em >= _LONG_EM] or lines[1:]
    return 5 * sum(line.apart for line in long) >= 4 * len(long)


def _begins(line: Line, before: Line, *, indented: bool) -> bool:
    """True where a line begins a paragraph although the line before it is full."""
    if indented:
        return line.indent_em >= 1.5
    return line.indent_em >= 1.5 or (before.text[-1] in SENTENCE_ENDS and line.begins_item)


def _cut(before: Line, line: Line) -> bool:
    """True for two lines of a block between empty lines that are one: the first is long, and ends within a sentence."""
    long = before.width_em >= _LEAST_BROKEN_EM
    return long and before.text[-1] not in SENTENCE_ENDS and not line.begins_item and not _LABEL.match(line.text)


def _paragraph(group: list[Line], number: int, measure: float) -> ForeignParagraph:
    first = group[0]
    text = first.text
    for line in group[1:]:
        text += joint(text, line.text) + line.text
    place = Place(paragraph=number, page=first.page, line=first.number)
    alignment = _alignment(first, measure) if len(group) == 1 else Alignment.LEFT
    indent = first.indent_em * _SIZE_PT if alignment is Alignment.LEFT else 0.0
    return ForeignParagraph(
        (Run(text),), place, alignment=alignment, indent_pt=indent, new_page=first.new_page and len(text) > 0
    )


def _alignment(line: Line, measure: float) -> Alignment:
    """A line that is set in by more than a paragraph is centred, or stands at the right."""
    middle = measure > 0 and line.indent_em > 2.5 and abs(line.indent_em - (measure - line.right_em)) <= 2.5
    if middle:
        return Alignment.CENTER
    if line.indent_em <= 4.5:
        return Alignment.LEFT
    right = measure and line.indent_em > 0.5 * measure and line.right_em > 0.75 * measure
    return Alignment.RIGHT if right or line.indent_em >= 24 else Alignment.CENTER


def joint(before: str, after: str) -> str:
    """What a line end inside a paragraph stands for: a blank between Latin words, nothing beside Han."""
    if before[-1:].isdigit() and after[:1].isdigit():
        return ""
    return " " if before[-1:] < "\u2000" and after[:1] < "\u2000" else ""
