"""What became of paragraphs and cells, written into the source and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.convert.updating.aligning import Match
from bulletin.convert.updating.blocks import marked_again, setting_of
from bulletin.convert.updating.differing import spaced
from bulletin.convert.updating.fields import field_edit
from bulletin.convert.updating.ground import Care, Ground
from bulletin.convert.updating.items import Item
from bulletin.convert.updating.pairing import Pair
from bulletin.convert.updating.raw import RawText
from bulletin.convert.updating.shapes import heading_level
from bulletin.convert.updating.strands import Strand
from bulletin.convert.updating.telling import shown, told
from bulletin.convert.updating.texts import unchanged
from bulletin.convert.updating.tracing import Part, bare_of
from bulletin.convert.updating.weaving import weave
from bulletin.model.article_source import Shape, SourceBlock
from bulletin.model.numbering import typed_number
from bulletin.model.original import Edit
from bulletin.model.problem import message
from bulletin.model.proof_text import Role
from bulletin.model.updating import ChangeKind, ParagraphChange


@dataclass
class Writer:
    """Writes pairs."""

    ground: Ground
    items_changed: bool = False
    """True if an item of a list came, went or moved: then others have other numbers; else another number is the noise of another program."""

    def write(self, pair: Pair, shape: Shape | None = None) -> bool:
        """Writes what became of the parts of a pair, as a block of that shape where it has another one now; true if something changes."""
        changed = shape is not None
        for number, target in enumerate(pair.targets):
            items = self.ground.wording.items(pair, number)
            raws = list(dict.fromkeys(kept.raw for kept in target.letters if kept)) or [
                self.ground.letters.raw(target.part)
            ]
            if shape is not None or len(raws) > 1 or not unchanged(items, raws[0]):
                changed |= self.write_part(target.part, raws, items, pair, shape)
        self.miss(pair)
        return changed

    def write_part(
        self, part: Part, raws: Sequence[RawText], items: Sequence[Item], pair: Pair, shape: Shape | None
    ) -> bool:
        if part.block is None:
            edit = field_edit(raws[0], items, close_up=part.text.role is Role.SPEAKER or spaced(pair.old.text, part))
        else:
            plainly = self.ground.care is not Care.SOURCE or not all(raw.whole for raw in raws)
            setting = setting_of(replace(part.block, shape=shape) if shape else part.block)
            edit = Edit(raws[0].start, raws[-1].end, weave(items, setting, plainly=plainly))
        self.ground.assembly.change(edit)
        return self.ground.source.original.text[edit.start : edit.end] != edit.replacement

    def mark(self, block: SourceBlock, old: Strand, new: Strand) -> Shape | None:
        """Changes the marks before a block: the level of a heading, the number of an item; gives the shape where that is another."""
        start, line = self.ground.assembly.start_of(block), self.ground.source.original.line(block.first)
        if block.shape is Shape.ITEM:
            if self.items_changed and old.paragraph.number != new.paragraph.number:
                lead = marked_again(block.lead, new.paragraph.number)
                self.ground.assembly.marks.append(Edit(start, start + len(block.lead), lead))
            return None
        was, (shape, level) = heading_level(block, self.ground.source.original), self.ground.shapes.of(new)
        known = self.ground.shapes.of(old)[1] == was
        if not known or level == was or block.lead or {block.shape, shape} - {Shape.HEADING, Shape.PARAGRAPH}:
            return None
        marks = len(line) - len(line.lstrip("# ")) if was else 0
        self.ground.assembly.marks.append(Edit(start, start + marks, f"{'#' * (level + 1)} " if level else ""))
        return shape

    def tell(self, match: Match, pair: Pair, *, changed: bool) -> None:
        moved = match.moved and self.ground.traced.block(match.old[0]) is not None
        if match.moved and not moved:
            self.ground.missed.append(
                message("“{words}”的位置是程序定的，没有移动", words=shown(match.old[0].key)[:40])
            )
        kind = ChangeKind.MOVED if moved else ChangeKind.EDITED if pair.found.edits else ChangeKind.LOOKS
        if changed or moved:
            line = pair.targets[0].part.text.span(0).line if pair.targets else 0
            pieces = told(pair.old.text, pair.new.text, pair.found.edits)
            self.ground.changes.append(ParagraphChange(kind, pieces, line))

    def miss(self, pair: Pair) -> None:
        """Says what of the edits is about words that the program makes."""
        numbered = typed_number(pair.old.text)
        for edit in pair.found.missed:
            old, new = pair.old.text[edit.old_start : edit.old_end], pair.new.text[edit.new_start : edit.new_end]
            number = numbered is not None and edit.old_end <= numbered.width
            if (bare_of(old) or bare_of(new)) and not number:
                what = message("“{old}”改成“{new}”：这是程序自己印的，没有带回", old=shown(old), new=shown(new))
                self.ground.missed.append(what)
