"""Paragraphs and tables that the source does not have, put into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.convert.updating import blocks as writing
from bulletin.convert.updating.assembling import Assembly
from bulletin.convert.updating.items import Fresh, Item
from bulletin.convert.updating.shapes import Shapes
from bulletin.convert.updating.strands import PICTURE, Unit
from bulletin.convert.updating.texts import Wording
from bulletin.model.article_source import Shape, SourceBlock
from bulletin.model.numbering import typed_number


@dataclass
class NewBlocks:
    """Writes units as blocks, each after the one before it."""

    wording: Wording
    shapes: Shapes
    assembly: Assembly
    last: tuple[SourceBlock | None, str] = (None, "")
    """After which block something was put in last, and the marks before it, if it was an item of a list."""

    def add(self, anchor: SourceBlock | None, unit: Unit) -> str | None:
        """Puts a unit in after `anchor`; gives what will be printed of it, nothing of a picture alone."""
        if not unit.table and not unit.key.replace(PICTURE, "").strip():
            self.wording.all_fresh(unit.strand)
            return None
        if unit.table:
            rows = [[self.wording.all_fresh(cell) for cell in row] for row in unit.rows]
            self._put(anchor, writing.table(rows))
            return unit.key
        strand = unit.strand
        shape, level = self.shapes.of(strand)
        number = strand.paragraph.number
        if shape is Shape.HEADING:
            typed = typed_number(strand.text)
            start = typed.width if typed and typed.level == level else 0
            self._put(anchor, writing.heading(self.wording.all_fresh(strand, prose=False, start=start), level))
            return strand.text[start:].replace(PICTURE, "")
        mark = writing.list_mark(number) if shape is Shape.ITEM or strand.paragraph.list_level >= 0 else ""
        if mark:
            self._put_item(anchor, self.wording.all_fresh(strand), number)
            return strand.text.replace(PICTURE, "")
        typed_items: list[Item] = [Fresh(character) for character in number]
        items = typed_items + self.wording.all_fresh(strand)
        if shape is Shape.QUOTE and anchor is not None and anchor.shape is Shape.QUOTE:
            self._put_quote(anchor, items)
        else:
            self._put(anchor, writing.paragraph(items))
        return number + strand.text.replace(PICTURE, "")

    def _put(self, anchor: SourceBlock | None, markdown: str) -> None:
        self.assembly.add(anchor, markdown)
        self.last = anchor, ""

    def _put_quote(self, anchor: SourceBlock, items: Sequence[Item]) -> None:
        """One more paragraph of a quotation."""
        self.assembly.add(anchor, f"{anchor.lead.rstrip()}\n{writing.paragraph(items, anchor.lead)}", tight=True)
        self.last = anchor, ""

    def _put_item(self, anchor: SourceBlock | None, items: Sequence[Item], number: str) -> None:
        """One more item, of the list that is there or of a new one."""
        before = self.last[1] if self.last[0] is anchor and self.last[1] else ""
        if not before and anchor is not None and anchor.shape is Shape.ITEM and self.last[0] is not anchor:
            before = anchor.lead
        lead = writing.marked_again(before, number) if _same_list(before, number) else writing.list_mark(number)
        goes_on = _same_list(before, number)
        tight = goes_on and (anchor is None or not self.assembly.loose(anchor))
        self.assembly.add(anchor, writing.paragraph(items, lead), tight=tight)
        self.last = anchor, lead


def _same_list(lead: str, number: str) -> bool:
    """True if an item with that number goes on with the list of an item with those marks."""
    mark = writing.list_mark(number)
    return bool(lead.strip()) and lead.strip()[0].isdigit() == mark[0].isdigit()
