"""Blocks to finished lines: each in its column, in its faces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bulletin.model.page import CODE_SIZE_PT, TypeSize
from bulletin.model.problem import Span
from bulletin.model.prose import (
    AttachmentNote,
    ComposedBlock,
    Divider,
    Figure,
    ItemList,
    ListItem,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    SetBlock,
    SetText,
    Signature,
    Table,
    Text,
    Verbatim,
)
from bulletin.model.typeface import HEADING_CHAINS, HEI, KAI, LEAD_CHAINS, SONG, Chain
from bulletin.typeset.figures import set_attachments, set_figure, set_signature
from bulletin.typeset.paragraph import Setting, measure_of, set_paragraph, width_em
from bulletin.typeset.tables import set_table
from bulletin.typeset.weave import Content

INDENT = 2
"""Characters: every paragraph begins two in (GB/T 9704-2012, 7.3.3)."""
_NARROWEST = 8
"""Characters: in a column that is narrower nothing can be read."""
_SHORT_MARK = 2
"""Characters of a list mark (`•`, `1.`) that fit into the width of one Han; longer ones get that of two."""


class Column:
    """Where blocks stand: so many characters wide, in a chain of faces."""

    def __init__(self, size: TypeSize, cells: int, chain: Chain, setting: Setting, *, hanging: bool = False) -> None:
        self.size = size
        self.cells = cells
        self.chain = chain
        self.setting = setting
        self.hanging = hanging
        """Paragraphs of a list item begin where its lines begin."""

    def inset(self, cells: int) -> Column:
        """A column that is narrower by so many characters, in which nothing is indented."""
        return Column(self.size, self.cells - cells, self.chain, self.setting, hanging=True)

    def quoted(self) -> Column:
        """The column of a quotation: two characters narrower on either side, in 楷体."""
        return Column(self.size, self.cells - 2 * INDENT, KAI, self.setting, hanging=self.hanging)

    def set(self, parts: list[tuple[Content, Chain]], indent: int, span: Span) -> list[SetText]:
        """The parts of a paragraph whose first line begins so many characters in."""
        measure = measure_of(self.size, self.cells, self.size.width_em(indent))
        paragraph = set_paragraph(parts, self.size.size_pt, measure, self.setting)
        for line in paragraph.loose_lines(measure):
            self.setting.note_loose_line(line, span)
        return paragraph.contents

    @property
    def width_pt(self) -> float:
        return self.cells * self.size.pitch_pt

    def code_lines(self, content: str) -> Iterator[str]:
        """Lines of code as they stand, those that are too wide parted where the column ends."""
        widest = self.width_pt / CODE_SIZE_PT
        for line in content.split("\n"):
            kept = ""
            for character in line:
                if kept and width_em(kept + character, SONG, self.setting) > widest:
                    yield kept
                    kept = ""
                kept += character
            yield kept

    def block(self, block: ComposedBlock) -> SetBlock:
        """The block in finished lines."""
        if self.cells < _NARROWEST and isinstance(block, (Paragraph, Table, Figure, Verbatim)):
            self.setting.note_narrow(block.span)
        indent = 0 if self.hanging else INDENT
        match block:
            case Paragraph(content, span):
                return Paragraph(self.set([(content, self.chain)], indent, span)[0], span)
            case Salutation(content, span):
                return Salutation(self.set([(content, self.chain)], 0, span)[0], span)
            case NumberedHeading(level, label, content, anchor, span):
                [lines] = self.set([((Text(label), *content), HEADING_CHAINS.get(level, self.chain))], INDENT, span)
                return NumberedHeading(level, "", lines, anchor, span)
            case RunInHeading(level, lead, content, anchor, span):
                set_lead, lines = self.set([(lead, LEAD_CHAINS.get(level, HEI)), (content, self.chain)], indent, span)
                return RunInHeading(level, set_lead, lines, anchor, span)
            case Quote(blocks):
                quoted = self.quoted()
                return Quote(tuple(quoted.block(inner) for inner in blocks))
            case ItemList(ordered, items):
                cells = 1 if all(len(item.mark) <= _SHORT_MARK for item in items) else 2
                inner = self.inset(INDENT + cells)
                set_items = (ListItem(item.mark, tuple(map(inner.block, item.blocks))) for item in items)
                return ItemList(ordered, tuple(set_items), cells)
            case Table():
                return set_table(block, self.width_pt, self.setting)
            case Figure():
                return set_figure(block, self.width_pt, self.setting)
            case Verbatim(content, span):
                return Verbatim("\n".join(self.code_lines(content)), span)
            case Signature(name, date):
                return set_signature(name, date, self.width_pt / self.size.size_pt, self.setting)
            case AttachmentNote():
                return set_attachments(block, self.width_pt / self.size.size_pt, self.setting)
            case Divider():
                return block
            case _:
                assert_never(block)
