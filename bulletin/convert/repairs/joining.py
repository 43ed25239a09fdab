"""Paragraphs that a page end, or a line end, cut in two, made one again."""

from __future__ import annotations

import re
from dataclasses import replace

from bulletin.convert.repairs.edits import own_text
from bulletin.convert.repairs.page_lines import PageLines
from bulletin.model.foreign import Alignment, ForeignBlock, ForeignDocument, ForeignParagraph
from bulletin.model.numbering import typed_number
from bulletin.model.problem import Message, message
from bulletin.model.repair import Certainty, Repair

_LONG = 60
"""Characters of a paragraph that may have been cut (a page of 28 characters a line ends in mid-paragraph after two lines at least)."""
_ENDS = frozenset("。！？：；…”’）》】〕.!?:;")
_CUT_AFTER = frozenset("，、；,;")
_BEGINS = re.compile(
    r"[一二三四五六七八九十]是|[一二三四五六七八九十]要|第[一二三四五六七八九十]+[章节条，、]|[-*•·●◆■※]|——|附件|附：|【"
    r"|(?:抄?报|抄?送|发|主送|分送|责任编辑|编辑|联系电话)[ \u3000]*[:：]|[（(]?\d{4}年\d{1,2}月\d{1,2}日[)）]?$"
)
_LEAST = 20
_HEADING_CUT = 20
_HEADING_REST = 16
_BODY = 36


def join_paragraphs(document: ForeignDocument, repairs: list[Repair]) -> ForeignDocument:
    """The document with what was cut joined; each join is added to `repairs`."""
    indented = _indents(document.blocks)
    lines = PageLines(own_text(each) for each in document.blocks if isinstance(each, ForeignParagraph))
    joined: list[ForeignBlock] = []
    offset = 0
    """Of the end of the last block joined so far."""
    for place, block in enumerate(document.blocks):
        last = joined[-1] if joined else None
        why = None
        if isinstance(last, ForeignParagraph) and isinstance(block, ForeignParagraph):
            after = document.blocks[place + 1 : place + 2]
            if not (indented and block.indent_pt > 0):
                why = _why_one(last, block, after, lines)
        if why is None or not isinstance(last, ForeignParagraph) or not isinstance(block, ForeignParagraph):
            joined.append(block)
            offset += _length(block) + (1 if last is not None else 0)
            continue
        between = " " if _latin(last.text[-1:]) and _latin(block.text[:1]) else ""
        context = last.text[-12:] + "｜" + block.text[:12]
        repairs.append(Repair("joined", offset, "\n", between, why, _certainty(last), block.place, context))
        runs = (*last.runs, *((replace(block.runs[0], text=between),) if between else ()), *block.runs)
        joined[-1] = replace(last, runs=runs)
        offset += len(between) + len(block.text)
    return replace(document, blocks=tuple(joined))


def _length(block: ForeignBlock) -> int:
    if isinstance(block, ForeignParagraph):
        return len(block.text)
    texts = [paragraph.text for row in block.rows for cell in row for paragraph in cell.paragraphs]
    return len("\n".join(texts))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _certainty(paragraph: ForeignParagraph) -> Certainty:
    return Certainty.LIKELY if own_text(paragraph)[-1:] in _CUT_AFTER else Certainty.SURE


def _indents(blocks: tuple[ForeignBlock, ...]) -> bool:
    """True where the first lines of paragraphs are set in, so that a paragraph that is not is the rest of another."""
    long = [each for each in blocks if isinstance(each, ForeignParagraph) and len(own_text(each)) > _LONG]
    return 2 * sum(each.indent_pt > 0 for each in long) > len(long) > 4


def _why_one(
    first: ForeignParagraph, second: ForeignParagraph, after: tuple[ForeignBlock, ...], lines: PageLines
) -> Message | None:
    """Why the two are one paragraph; `None` if they are not. `after` is the block after them, if any."""
    if not second.runs or not first.runs or second.number or second.boxed != first.boxed:
        return None
    text, rest = own_text(first), own_text(second)
    if not text or not rest or _BEGINS.match(rest) or typed_number(rest) or second.level > 0:
        return None
    if _cut_heading(first, rest, after):
        return message("标题断成两段，接成一段")
    if first.level or first.alignment in (Alignment.CENTER, Alignment.RIGHT) or second.alignment is not first.alignment:
        return None
    if first.style != second.style or (text[-1] in _ENDS and text[-1] not in _CUT_AFTER):
        return None
    if len(text) <= _LONG and not _short_cut(text, rest, lines):
        return None
    return message("一段被换页或换行截成两段，接成一段")


def _short_cut(text: str, rest: str, lines: PageLines) -> bool:
    """True for a cut within the first lines of a paragraph, which might be a title: it must end as lines of its page do, or in a word."""
    if len(text) < _LEAST or (typed_number(text) and "。" not in text):
        return False
    if text[-1] in _CUT_AFTER:
        return True
    if rest[-1] not in _ENDS and len(rest) <= _LONG:
        return False
    full, within_word = lines.ends_line(text), lines.within_word(text, rest)
    prose = any(mark in text for mark in "，；。")
    return (full or within_word) if prose else (full and (within_word or "、" in text))


def _cut_heading(first: ForeignParagraph, rest: str, after: tuple[ForeignBlock, ...]) -> bool:
    """True for a numbered heading of nearly a line, a few characters after it, and then body text."""
    text = first.text
    if not typed_number(text) or not _HEADING_CUT <= len(text) <= _LONG or text[-1] in _ENDS or "。" in text:
        return False
    if len(rest) > _HEADING_REST or rest[-1] in _ENDS or not after:
        return False
    body = after[0]
    return isinstance(body, ForeignParagraph) and len(own_text(body)) >= _BODY
