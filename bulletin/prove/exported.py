"""The proof of an export, on every run: the Word file, read back, has the text of the edition, its notes, its pictures, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.export import Export
from bulletin.model.foreign import DropKind, ForeignDocument, ForeignParagraph
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Figure
from bulletin.model.walk import walk
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, article_passages, note_passages, print_passages, squeezed

_ADVICE = message("这是程序的问题，文件没有写出；请连同原稿报告维护人员")
_NOTE = "①"
"""Stands for the mark of any note: Word makes the marks by itself."""
_FURNITURE = (DropKind.HEADER, DropKind.FOOTER, DropKind.FIELD, DropKind.METADATA)
"""What a Word file has beside the edition's text."""


def prove_exported(export: Export, document: ForeignDocument, issue_file: Span) -> tuple[Problem, ...]:
    """Problems for every character that the Word file lacks, has besides, or has elsewhere; none where it is as it should be.

    `document` is the file as a reader takes it in that knows nothing of its writing.
    """
    return tuple(_problems(export, document, issue_file))


def _problems(export: Export, document: ForeignDocument, issue_file: Span) -> Iterator[Problem]:
    where = message("导出的 Word 文件")
    noted = sum(len(note.paragraphs) for note in document.notes)
    paragraphs = tuple(document.paragraphs())
    body = paragraphs[: len(paragraphs) - noted]
    yield from compare_text(list(_passages(export, issue_file)), "".join(map(_said, body)), where)
    notes = [_without_mark(each) for article in export.articles for each in note_passages(article)]
    yield from compare_text(notes, "".join(map(_said, paragraphs[len(body) :])), where)
    if any(dropped.kind not in _FURNITURE for dropped in document.dropped):
        yield error("proof-export", issue_file, message("导出的 Word 文件里有隐藏的文字"), _ADVICE)
    if not any(dropped.text.endswith(export.source_text) for dropped in document.dropped):
        yield error("proof-export", issue_file, message("导出的 Word 文件里没有写明出自哪一稿"), _ADVICE)
    yield from _pictures(export, document)


def _passages(export: Export, issue_file: Span) -> Iterator[Passage]:
    if export.whole:
        passages = print_passages(replace(export.edition, copy_number=""), {}, issue_file)
    else:
        passages = (passage for article in export.articles for passage in article_passages(article))
    yield from map(_with_one_mark, passages)


def _with_one_mark(passage: Passage) -> Passage:
    """The passage with the same sign for each mark of a note."""
    text = passage.text
    for start in reversed(passage.marks):
        text = text[:start] + _NOTE + text[_end_of_mark(text, start) :]
    return replace(passage, text=text)


def _without_mark(passage: Passage) -> Passage:
    return replace(passage, text=passage.text[_end_of_mark(passage.text, 0) :])


def _end_of_mark(text: str, start: int) -> int:
    """Marks are one character, or `〔21〕`."""
    return text.index("〕", start) + 1 if text[start] == "〔" else start + 1


def _said(paragraph: ForeignParagraph) -> str:
    runs = (_NOTE if run.note else run.text for run in paragraph.runs)
    return squeezed(paragraph.number + "".join(runs))


def _pictures(export: Export, document: ForeignDocument) -> Iterator[Problem]:
    """Each picture where it is shown, whole, with the words that stand for it."""
    ours = {picture.name: picture for picture in export.edition.pictures}
    theirs = {picture.name: picture for picture in document.pictures}
    shown = [theirs[run.picture] for each in document.paragraphs() for run in each.runs if run.picture in theirs]
    figures = list(walk(tuple(article.blocks for article in export.articles), Figure))
    wanted = [ours[figure.picture].content for figure in figures]
    if wanted != [picture.content for picture in shown]:
        span = figures[0].span if figures else Span(export.articles[0].source)
        yield error("proof-export", span, message("导出的 Word 文件里，图片与原稿不一致"), _ADVICE)
