"""What the edited document does not have any more, taken out of the source."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.convert.updating.fields import removed_caption, removed_field
from bulletin.convert.updating.ground import Ground
from bulletin.convert.updating.strands import Unit
from bulletin.convert.updating.telling import shown
from bulletin.convert.updating.tracing import Part
from bulletin.model.article_source import Shape
from bulletin.model.original import Edit
from bulletin.model.problem import message
from bulletin.model.proof_text import Role
from bulletin.model.updating import ChangeKind, ParagraphChange, Piece

_MAY_GO = (Role.SUBTITLE, Role.EDITORS_NOTE)
"""Fields that an article can be without."""


@dataclass
class Leaving:
    """Takes units away."""

    ground: Ground

    def remove(self, unit: Unit) -> None:
        """Takes away the block or the fields that a unit is printed from; what only the program makes stays."""
        block = self.ground.traced.block(unit)
        parts = [part for strand in unit.strands for part in self.ground.traced.of(strand)]
        edits = [self.removal(part) for part in parts if part.block is None or part.block.shape is Shape.FIGURE]
        whole = [edit for edit in edits if edit]
        if block is not None and (block.shape is not Shape.FIGURE or unit.strand in self.ground.traced.figures):
            self.ground.assembly.remove(block)
        elif edits and len(whole) == len(edits):
            self.ground.assembly.edits += whole
        else:
            self.ground.expected.add(unit, [strand.text for strand in unit.strands])
            self.ground.missed.append(message("“{words}”是程序印的，或不能没有，没有删去", words=shown(unit.key)[:40]))
            return
        line = parts[0].text.span(0).line if parts else block.first if block else 0
        self.ground.changes.append(ParagraphChange(ChangeKind.REMOVED, (Piece(shown(unit.key), ""),), line))

    def removal(self, part: Part) -> Edit | None:
        """The edit that takes away a field, or the caption of a picture."""
        raw = self.ground.letters.raw(part)
        if part.block:
            return removed_caption(raw)
        return removed_field(self.ground.source.original, raw) if part.text.role in _MAY_GO else None
