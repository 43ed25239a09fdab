"""A table of the source that has other rows or columns now: its rows written anew, with the letters that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.convert.updating import blocks as writing
from bulletin.convert.updating.aligning import align
from bulletin.convert.updating.items import Item
from bulletin.convert.updating.pairing import Letters
from bulletin.convert.updating.strands import Strand, Unit
from bulletin.convert.updating.texts import Wording
from bulletin.model.article_source import SourceBlock
from bulletin.model.original import Original


def table_again(block: SourceBlock, old: Unit, new: Unit, wording: Wording, original: Original) -> str:
    """The Markdown of the edited table; what a row keeps of the words of one of the old keeps its marks."""
    matches = align([Unit((row,)) for row in old.rows], [Unit((row,)) for row in new.rows])
    before = {match.new[0].rows[0]: match.old[0].rows[0] for match in matches if match.old and match.new}
    writer = _Rows(wording, wording.letters)
    rows = [writer.row(before.get(row), row) for row in new.rows]
    return writing.table(rows, original.line(block.first + 1).strip())


@dataclass
class _Rows:
    wording: Wording
    letters: Letters

    def row(self, old: Sequence[Strand] | None, new: Sequence[Strand]) -> list[list[Item]]:
        if old is None or len(old) != len(new):
            return [self.wording.all_fresh(cell) for cell in new]
        return [self.cell(a, b) for a, b in zip(old, new, strict=True)]

    def cell(self, old: Strand, new: Strand) -> list[Item]:
        pair = self.letters.pair([old], [new])
        return self.wording.items(pair, 0) if pair.targets else self.wording.all_fresh(new)
