"""Blocks as paragraphs and tables of Word (ECMA-376 part 1, 17.3.1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from lxml import etree

from bulletin.model.problem import Span
from bulletin.model.prose import (
    AttachmentNote,
    ComposedBlock,
    ComposedInline,
    Divider,
    Figure,
    ItemList,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Signature,
    Table,
    Verbatim,
)
from bulletin.render.docx.elements import element, said
from bulletin.render.docx.figures import drawing
from bulletin.render.docx.inlines import Look, inlines, words
from bulletin.render.docx.numbering import figure_of, list_indent
from bulletin.render.docx.parts import Draft
from bulletin.render.docx.styles import BODY, indents, spacing
from bulletin.render.docx.tables import table

_NOWHERE = Span("")
_LEADS = {2: Look("Lead2")}
"""Of run-in headings; the rest are in 黑体."""


def paragraph(style: str, content: list[etree._Element], *by_hand: etree._Element | None) -> etree._Element:
    """A paragraph of a style, and what is set by hand."""
    return element("w:p", element("w:pPr", said("w:pStyle", style), *by_hand), *content)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Writes blocks; `style` is that of running text, `name` the bookmark of what is written (empty for none)."""

    draft: Draft
    style: str = BODY
    name: str = ""

    def block(self, block: ComposedBlock) -> Iterator[etree._Element]:
        match block:
            case Paragraph(content):
                yield self.paragraph(self.style, inlines(content, self.draft))
            case Salutation(content):
                yield self.paragraph("Salutation", inlines(content, self.draft))
            case NumberedHeading():
                yield self.heading(block)
            case RunInHeading():
                yield self.run_in(block)
            case Quote(blocks):
                for place, inner in enumerate(blocks):
                    yield from Blocks(self.draft, "Quote", "" if place else self.name).block(inner)
            case ItemList():
                yield from self.items(block, 0)
            case Table():
                yield from table(block, self.draft)
            case Figure():
                yield from self.figure(block)
            case Verbatim(content):
                yield self.paragraph("Code", words(content))
            case Divider():
                yield paragraph(BODY, [])
            case AttachmentNote():
                yield from self.attachments(block)
            case Signature(name, date):
                of_name, of_date = _from_the_right(_width(name), _width(date))
                yield self.paragraph("Signature", words(name), spacing(before=1), indents(0, right=of_name))
                yield paragraph("Signature", words(date), indents(0, right=of_date))
            case _:
                assert_never(block)

    def paragraph(self, style: str, content: list[etree._Element], *by_hand: etree._Element | None) -> etree._Element:
        """A paragraph that has a name."""
        return paragraph(style, self.draft.bookmarked(self.name, content) if self.name else content, *by_hand)

    def heading(self, heading: NumberedHeading[ComposedInline]) -> etree._Element:
        """A heading that Word numbers; where its number is not the next one, the number is text."""
        assert self.draft.headings is not None
        content = inlines(heading.content, self.draft)
        numbered = self.draft.headings.next(heading.level, heading.label)
        if not numbered:
            content = [*words(heading.label), *content]
        return self.paragraph(f"Heading{heading.level}", content, _numbered(numbered, heading.level - 1))

    def run_in(self, heading: RunInHeading[ComposedInline]) -> etree._Element:
        assert self.draft.headings is not None
        self.draft.headings.pass_by(heading.level)
        lead = inlines(heading.lead, self.draft, _LEADS.get(heading.level, Look("Strong")))
        return self.paragraph(self.style, [*lead, *inlines(heading.content, self.draft)])

    def items(self, items: ItemList[ComposedBlock], level: int) -> Iterator[etree._Element]:
        """The paragraphs of a list; the first of an item bears its mark."""
        used, expected = 0, -1
        for item in items.items:
            figure = figure_of(item.mark)
            if figure is None:
                used = used or self.draft.numbering.bullets()
            elif figure[0] != expected:
                used = self.draft.numbering.figures(level, *figure)
            expected = figure[0] + 1 if figure else -1
            style = "ListNumber" if figure else "ListBullet"
            yield from self._item(item.blocks, style, _numbered(used, level), level)

    def _item(
        self, blocks: tuple[ComposedBlock, ...], style: str, mark: etree._Element, level: int
    ) -> Iterator[etree._Element]:
        goes_on = indents(0, list_indent(level) + (2 if style == "ListNumber" else 1))
        opening: list[ComposedBlock] = [] if blocks and isinstance(blocks[0], Paragraph) else [Paragraph((), _NOWHERE)]
        for place, block in enumerate((*opening, *blocks)):
            if isinstance(block, Paragraph):
                by_hand = (mark,) if place == 0 else (goes_on,)
                yield paragraph(style if place == 0 else "ListContinue", inlines(block.content, self.draft), *by_hand)
            elif isinstance(block, ItemList):
                yield from self.items(block, level + 1)
            else:
                yield from Blocks(self.draft, self.style).block(block)

    def figure(self, figure: Figure) -> Iterator[etree._Element]:
        """The picture in a line of its own, its caption under it."""
        yield self.paragraph("Figure", [drawing(figure, self.draft)])
        if figure.caption:
            yield paragraph("Caption", words(figure.caption))

    def attachments(self, note: AttachmentNote) -> Iterator[etree._Element]:
        """附件说明: a name a line, under each other."""
        for place, (number, name) in enumerate(zip(note.numbers, note.names, strict=True)):
            if place == 0:
                yield self.paragraph("AttachmentNote", words(f"附件：{number}{name}"), spacing(before=1))
            else:
                yield paragraph("AttachmentNote", words(f"{number}{name}"), indents(0, 5))


def _from_the_right(name: float, date: float) -> tuple[float, float]:
    """How far from the right, in characters, 署名 and 成文日期 end: the date begins two after the name does, and the longer of both
    is two from the edge (GB/T 9704-2012, 7.3.5.2)."""
    if date > name:
        return 4 + date - name, 2
    return 2, max(name - date, 0)


def _width(text: str) -> float:
    """In characters; digits are half as wide."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _numbered(used: int, level: int) -> etree._Element:
    """The list and level of a paragraph; list 0 takes the number of its style away (17.9.18)."""
    return element("w:numPr", said("w:ilvl", level), said("w:numId", used))
