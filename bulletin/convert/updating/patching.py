"""An edited document to the edits of the source: words, paragraphs, tables, footnotes, fields, comments."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.convert.updating.aligning import Match, align
from bulletin.convert.updating.dating import Redating
from bulletin.convert.updating.fields import added_subtitle
from bulletin.convert.updating.footnotes import Footnotes
from bulletin.convert.updating.ground import Care, Ground, lay_ground
from bulletin.convert.updating.items import PARAGRAPH_END, Kept
from bulletin.convert.updating.leaving import Leaving
from bulletin.convert.updating.new_blocks import NewBlocks
from bulletin.convert.updating.pairing import Pair, followable
from bulletin.convert.updating.remarks import place_remarks
from bulletin.convert.updating.strands import Unit, notes_of, units_of
from bulletin.convert.updating.tables import table_again
from bulletin.convert.updating.telling import shown, told
from bulletin.convert.updating.writer import Writer
from bulletin.model.article_source import ArticleSource, Shape, SourceBlock
from bulletin.model.foreign import ForeignDocument
from bulletin.model.original import Edit
from bulletin.model.problem import message
from bulletin.model.proof_text import Role
from bulletin.model.text_edits import diff_texts
from bulletin.model.updating import ChangeKind, ParagraphChange, Patch, Piece


def make_patch(
    source: ArticleSource, exported: ForeignDocument, edited: ForeignDocument, care: Care = Care.SOURCE
) -> Patch:
    """What to change in the source so that it says what the edited document says.

    Args:
        source: The article's file with the places of its texts and blocks.
        exported: The document as it is exported from that file, as it stands.
        edited: The document as it came back.
        care: How a text that changed is written; the later ways are for what Markdown cannot say in the earlier ones, such as bold that ends
            within a word beside a mark.
    """
    return _Patcher(lay_ground(source, exported, care), edited).patch()


class _Patcher:
    """The work of one patch; what is done in order is in `patch`."""

    def __init__(self, ground: Ground, edited: ForeignDocument) -> None:
        self.ground, self.edited = ground, edited
        self.new = units_of(edited)
        self.writer, self.leaving, self.redating = Writer(ground), Leaving(ground), Redating(ground)
        self.footnotes = Footnotes(ground, notes_of(edited))
        self.new_blocks = NewBlocks(ground.wording, ground.shapes, ground.assembly)
        self.anchor: SourceBlock | None = None
        """The last block that stayed in its place."""

    def patch(self) -> Patch:
        ground = self.ground
        matches = [
            m for match in align(ground.units, self.new) for m in followable(match, ground.traced, ground.source)
        ]
        paired = [self.pairs_of(match) for match in matches]
        flat = [pair for pairs in paired for pair in pairs]
        self.footnotes.know(flat)
        self.know_looks(flat)
        self.tell_misplaced(matches)
        self.writer.items_changed = any(map(self.changes_items, matches))
        for match, pairs in zip(matches, paired, strict=True):
            self.take(match, pairs)
        self.footnotes.write(self.writer)
        remarks = self.place_remarks(matches)
        self.tell_left_out()
        return Patch(
            edits=ground.assembly.all(),
            changes=tuple(ground.changes),
            expected=ground.expected.all(),
            notes=tuple(ground.expected_notes),
            missed=tuple(ground.missed),
            remarks=remarks,
        )

    # What is compared with what

    def pairs_of(self, match: Match) -> tuple[Pair, ...]:
        """The differences of paragraphs, or of each cell of a table that has its rows and columns as before."""
        if not match.old or not match.new:
            return ()
        old, new = match.old[0], match.new[0]
        if not old.table:
            before = [unit.strand for unit in match.old]
            after = [self.redating.undated(before[0], unit.strand) for unit in match.new]
            return (self.ground.letters.pair(before, after),)
        if not new.plain or [len(row) for row in old.rows] != [len(row) for row in new.rows]:
            return ()
        return tuple(self.ground.letters.pair([a], [b]) for a, b in zip(old.strands, new.strands, strict=True))

    def know_looks(self, pairs: Sequence[Pair]) -> None:
        """Learns what the looks of the edited document stand for that the exported one does not have."""
        strands = {place[0] for pair in pairs for place in pair.new.places if place}
        if not self.ground.looks.strange(strands):
            return
        for pair in pairs:
            for step in (step for steps in pair.found.steps for step in steps):
                place = pair.new.places[step.new] if step.new >= 0 else None
                if isinstance(step.item, Kept) and place:
                    self.ground.looks.learn_edited(place[0], [(place[1], step.item)])

    def changes_items(self, match: Match) -> bool:
        """True if an item of a list is new, gone, moved, cut or joined."""
        if len(match.old) == len(match.new) == 1 and not match.moved:
            return False
        blocks = [self.ground.traced.block(unit) for unit in match.old]
        listed = any(not unit.table and unit.strand.paragraph.list_level >= 0 for unit in match.new)
        return listed or any(block is not None and block.shape is Shape.ITEM for block in blocks)

    # What is done about each

    def take(self, match: Match, pairs: Sequence[Pair]) -> None:
        if not match.old:
            self.add(match.new[0])
        elif not match.new:
            self.leaving.remove(match.old[0])
        else:
            if match.old[0].table:
                self.table(match, pairs)
            else:
                self.paragraph(match, pairs[0])
            block = self.ground.traced.block(match.old[-1])
            if match.moved and block is not None:
                self.ground.assembly.move(block, self.anchor)
            elif not match.moved:
                self.anchor = block or self.wordless_after(self.anchor)

    def wordless_after(self, anchor: SourceBlock | None) -> SourceBlock | None:
        """The block of lines as they stand, or the divider, that follows `anchor`: what is printed of it may not be traced."""
        later = [block for block in self.ground.source.blocks if block.shape is not Shape.COMMENT]
        place = later.index(anchor) + 1 if anchor in later else len(later)
        found = later[place : place + 1]
        return found[0] if found and found[0].shape in (Shape.VERBATIM, Shape.DIVIDER) else anchor

    def paragraph(self, match: Match, pair: Pair) -> None:
        old, new = match.old[0], match.new[0]
        block = self.ground.traced.block(old)
        shape = self.writer.mark(block, old.strand, new.strand) if block is not None else None
        changed = self.writer.write(pair, shape)
        self.writer.tell(match, pair, changed=changed)
        expected = self.redating.printed(old.strand, pair.found.expected)
        self.ground.expected.add(old, expected.split(PARAGRAPH_END))

    def table(self, match: Match, pairs: Sequence[Pair]) -> None:
        ground, old, new = self.ground, match.old[0], match.new[0]
        block = ground.traced.block(old)
        if pairs and all(pair.targets or pair.old.text == pair.new.text for pair in pairs):
            for pair in pairs:
                self.writer.tell(match, pair, changed=self.writer.write(pair))
                ground.expected.add(old, [pair.found.expected])
        elif block is None:
            ground.expected.add(old, [strand.text for strand in old.strands])
            ground.missed.append(message("表格“{words}”是程序印的，没有带回改动", words=shown(old.key)[:40]))
        else:
            again = table_again(block, old, new, ground.wording, ground.source.original)
            ground.assembly.change(Edit(ground.assembly.start_of(block), ground.assembly.end_of(block), again))
            ground.expected.add(old, [strand.text for strand in new.strands])
            pieces = told(old.key, new.key, diff_texts(old.key, new.key))
            ground.changes.append(ParagraphChange(ChangeKind.EDITED, pieces, block.first))

    def add(self, unit: Unit) -> None:
        if self.is_subtitle(unit):
            self.add_subtitle(unit.strand.text.removeprefix("——"))
            return
        said = self.new_blocks.add(self.anchor, unit)
        if said is not None:
            self.ground.expected.add(None, said.replace("\t", "\n").split("\n") if unit.table else [said])
            self.ground.changes.append(ParagraphChange(ChangeKind.ADDED, (Piece("", shown(said)),)))

    def is_subtitle(self, unit: Unit) -> bool:
        """True of a new paragraph before the body that begins with a dash, where the article has no subtitle."""
        known = any(text.role is Role.SUBTITLE for text in self.ground.source.fields)
        return self.anchor is None and not known and not unit.table and unit.strand.text.startswith("——")

    def add_subtitle(self, value: str) -> None:
        ground = self.ground
        ground.assembly.change(added_subtitle(ground.source, value))
        parts = ((unit, part) for unit in ground.units for part in ground.traced.of(unit.strand))
        titles = [unit for unit, part in parts if part.text.role is Role.TITLE]
        ground.expected.add_after(titles[-1], f"——{value}")
        ground.changes.append(ParagraphChange(ChangeKind.ADDED, (Piece("", f"——{value}"),)))

    def place_remarks(self, matches: Sequence[Match]) -> int:
        traced = self.ground.traced
        blocks = {new: traced.block(match.old[0]) for match in matches if match.old for new in match.new}
        return place_remarks(self.edited, self.new, blocks, self.ground.assembly)

    # What has no place in the source

    def tell_misplaced(self, matches: Sequence[Match]) -> None:
        """What was put in between the lines that the program prints before and after the body goes into the body."""
        known = [(at, match.old[0]) for at, match in enumerate(matches) if match.old and match.new]
        sides = [(at, self.ground.expected.side(unit)) for at, unit in known]
        head = max((at for at, side in sides if side < 0), default=-1)
        tail = min((at for at, side in sides if side > 0), default=len(matches))
        for at, match in enumerate(matches):
            if not match.old and not head < at < tail and not self.is_subtitle(match.new[0]):
                words = shown(match.new[0].key)[:40]
                self.ground.missed.append(message("新加的“{words}”在标题、署名那几行之间，放进了正文", words=words))

    def tell_left_out(self) -> None:
        missed, pictures = self.ground.missed, self.ground.wording.pictures
        if pictures:
            missed.append(message("新插入的图片 {count} 张没有带回，请另存后写进稿件", count=pictures))
        if self.ground.care is Care.WORDS:
            missed.append(message("有的加粗、强调 Markdown 写不出来（在字词中间、标点旁边），没有带回"))
