"""An edited document to the edits of the source: words, paragraphs, tables, footnotes, fields, comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bulletin.convert.updating.aligning import Match, align
from bulletin.convert.updating.assembling import Assembly
from bulletin.convert.updating.blocks import marked_again, note, setting_of
from bulletin.convert.updating.differing import spaced
from bulletin.convert.updating.expecting import Expected
from bulletin.convert.updating.fields import (
    added_subtitle,
    date_edit,
    dates_in,
    field_edit,
    removed_caption,
    removed_field,
)
from bulletin.convert.updating.items import PARAGRAPH_END, Item, Kept
from bulletin.convert.updating.looks import Looks
from bulletin.convert.updating.new_blocks import NewBlocks
from bulletin.convert.updating.pairing import Letters, Pair, followable, moved_notes, paired_notes
from bulletin.convert.updating.raw import RawText
from bulletin.convert.updating.remarks import place_remarks
from bulletin.convert.updating.shapes import Shapes, heading_level
from bulletin.convert.updating.strands import Strand, Unit, notes_of, units_of
from bulletin.convert.updating.tables import table_again
from bulletin.convert.updating.telling import shown, told
from bulletin.convert.updating.texts import Labels, Wording, unchanged
from bulletin.convert.updating.tracing import Part, bare_of, trace
from bulletin.convert.updating.weaving import weave
from bulletin.model.article_source import ArticleSource, Shape, SourceBlock
from bulletin.model.foreign import ForeignDocument
from bulletin.model.numbering import typed_number
from bulletin.model.original import Edit
from bulletin.model.problem import Message, message
from bulletin.model.proof_text import Role
from bulletin.model.text_edits import diff_texts
from bulletin.model.updating import ChangeKind, ParagraphChange, Patch, Piece


class Care(Enum):
    """How a text that changed is written: with the marks and the bytes of the source; all of it anew; anew, and only its words."""

    SOURCE = 0
    ANEW = 1
    WORDS = 2


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
    return Patcher(source, exported, edited, care).patch()


_MAY_GO = (Role.SUBTITLE, Role.EDITORS_NOTE)
"""Fields that an article can be without."""


@dataclass
class Patcher:
    """The work of one patch; what is done in order is in `patch`."""

    source: ArticleSource
    exported: ForeignDocument
    edited: ForeignDocument
    care: Care
    changes: list[ParagraphChange] = field(default_factory=list)
    missed: list[Message] = field(default_factory=list)
    expected_notes: list[str] = field(default_factory=list)
    redated: dict[Strand, tuple[str, str]] = field(default_factory=dict)
    """Strands with a date that the front matter says otherwise now: as it was, and as it will be printed."""
    anchor: SourceBlock | None = None
    """The last block that stayed in its place."""

    def __post_init__(self) -> None:
        self.old, self.new = units_of(self.exported), units_of(self.edited)
        self.old_notes, self.new_notes = notes_of(self.exported), notes_of(self.edited)
        self.traced = trace(self.source, self.old, self.old_notes.values())
        self.letters = Letters(self.source, self.traced)
        self.looks = Looks()
        strands = [*(strand for unit in self.old for strand in unit.strands), *self.old_notes.values()]
        self.sources = self.letters.learn(strands, self.looks)
        self.shapes = Shapes.learned(self.traced, self.old, self.source.original)
        self.assembly = Assembly(self.source)
        self.labels = Labels({block.label for block in self.source.blocks if block.label})
        self.wording = Wording(self.letters, self.looks, self.labels, looks_too=self.care is not Care.WORDS)
        self.expected = Expected(self.old, self.traced)
        self.new_blocks = NewBlocks(self.wording, self.shapes, self.assembly)

    def patch(self) -> Patch:
        matches = [each for match in align(self.old, self.new) for each in followable(match, self.traced, self.source)]
        paired = [self.pairs_of(match) for match in matches]
        flat = [pair for pairs in paired for pair in pairs]
        self.know_notes(flat)
        self.know_looks(flat)
        self.tell_misplaced(matches)
        for match, pairs in zip(matches, paired, strict=True):
            self.take(match, pairs)
        self.take_notes()
        blocks = {new: self.traced.block(match.old[0]) for match in matches if match.old for new in match.new}
        remarks = place_remarks(self.edited, self.new, blocks, self.assembly)
        if self.wording.pictures:
            self.missed.append(
                message("新插入的图片 {count} 张没有带回，请另存后写进稿件", count=self.wording.pictures)
            )
        if self.care is Care.WORDS:
            self.missed.append(message("有的加粗、强调 Markdown 写不出来（在字词中间、标点旁边），没有带回"))
        edits = self.assembly.all()
        return Patch(
            edits, tuple(self.changes), self.expected.all(), tuple(self.expected_notes), tuple(self.missed), remarks
        )

    def tell_misplaced(self, matches: Sequence[Match]) -> None:
        """What was put in between the lines that the program prints before and after the body goes into the body."""
        around = [(at, self.expected.side(match.old[0])) for at, match in enumerate(matches) if match.old and match.new]
        head = max((at for at, side in around if side < 0), default=-1)
        tail = min((at for at, side in around if side > 0), default=len(matches))
        for at, match in enumerate(matches):
            if not match.old and not head < at < tail and not self.is_subtitle(match.new[0]):
                words = shown(match.new[0].key)[:40]
                self.missed.append(message("新加的“{words}”在标题、署名那几行之间，放进了正文", words=words))

    # What is compared with what

    def pairs_of(self, match: Match) -> tuple[Pair, ...]:
        """The differences of paragraphs, or of each cell of a table that has its rows and columns as before."""
        if not match.old or not match.new:
            return ()
        old, new = match.old[0], match.new[0]
        if not old.table:
            before = [unit.strand for unit in match.old]
            return (self.letters.pair(before, [self.undated(before[0], unit.strand) for unit in match.new]),)
        if not new.plain or [len(row) for row in old.rows] != [len(row) for row in new.rows]:
            return ()
        return tuple(self.letters.pair([a], [b]) for a, b in zip(old.strands, new.strands, strict=True))

    def undated(self, old: Strand, new: Strand) -> Strand:
        """The strand with the date that it had, where only the front matter says it; that is changed there."""
        parts = self.traced.of(old)
        made = [each for each in dates_in(old.text) if all(each[1] <= p.start or p.end <= each[0] for p in parts)]
        if len(made) != 1:
            return new
        start, end, day = made[0]
        others = [each for each in dates_in(new.text) if each[2] not in {d for _s, _e, d in dates_in(old.text)}]
        edit = date_edit(self.source, day, others[0][2]) if len(others) == 1 else None
        if edit is None:
            return new
        self.assembly.change(edit)
        at, until, _day = others[0]
        self.changes.append(
            ParagraphChange(
                ChangeKind.EDITED,
                (Piece(old.text[start:end], new.text[at:until]),),
                self.source.date.line if self.source.date else 0,
            )
        )
        self.redated[old] = old.text[start:end], new.text[at:until]
        runs = (*new.runs[:at], *[new.runs[at]] * (end - start), *new.runs[until:])
        return Strand(new.text[:at] + old.text[start:end] + new.text[until:], runs, new.paragraph)

    def know_notes(self, pairs: Sequence[Pair]) -> None:
        self.same_notes = paired_notes(pairs)
        self.same_notes |= moved_notes(self.same_notes, self.old_notes, self.new_notes)
        self.labels.known |= {new: self.sources[old] for new, old in self.same_notes.items() if old in self.sources}

    def know_looks(self, pairs: Sequence[Pair]) -> None:
        """What the looks of the edited document stand for that the exported one does not have."""
        strands = {place[0] for pair in pairs for place in pair.new.places if place}
        if not self.looks.strange(strands):
            return
        for pair in pairs:
            for steps in pair.found.steps:
                for step in steps:
                    place = pair.new.places[step.new] if step.new >= 0 else None
                    if isinstance(step.item, Kept) and place:
                        self.looks.learn_edited(place[0], [(place[1], step.item)])

    # What is done about each

    def take(self, match: Match, pairs: Sequence[Pair]) -> None:
        if not match.old:
            self.add(match.new[0])
        elif not match.new:
            self.remove(match.old[0])
        else:
            if match.old[0].table:
                self.table(match, pairs)
            else:
                self.paragraph(match, pairs[0])
            block = self.traced.block(match.old[-1])
            if not match.moved:
                self.anchor = block or self.wordless_after(self.anchor)

    def wordless_after(self, anchor: SourceBlock | None) -> SourceBlock | None:
        """The block of lines as they stand, or the divider, that follows `anchor`: what is printed of it is not traced."""
        later = [block for block in self.source.blocks if block.shape is not Shape.COMMENT]
        place = later.index(anchor) + 1 if anchor in later else len(later)
        found = later[place : place + 1]
        return found[0] if found and found[0].shape in (Shape.VERBATIM, Shape.DIVIDER) else anchor

    def add(self, unit: Unit) -> None:
        if self.is_subtitle(unit):
            self.add_subtitle(unit.strand.text.removeprefix("——"))
            return
        said = self.new_blocks.add(self.anchor, unit)
        if said is not None:
            self.expected.add(None, said.replace("\t", "\n").split("\n") if unit.table else [said])
            self.changes.append(ParagraphChange(ChangeKind.ADDED, (Piece("", shown(said)),)))

    def is_subtitle(self, unit: Unit) -> bool:
        """True of a new paragraph before the body that begins with a dash, where the article has no subtitle."""
        known = any(text.role is Role.SUBTITLE for text in self.source.fields)
        return self.anchor is None and not known and not unit.table and unit.strand.text.startswith("——")

    def add_subtitle(self, value: str) -> None:
        self.assembly.change(added_subtitle(self.source, value))
        titles = [unit for unit in self.old for part in self.traced.of(unit.strand) if part.text.role is Role.TITLE]
        self.expected.add_after(titles[-1], f"——{value}")
        self.changes.append(ParagraphChange(ChangeKind.ADDED, (Piece("", f"——{value}"),)))

    def remove(self, unit: Unit) -> None:
        """Takes away the block or the fields that a unit is printed from; what only the program makes stays."""
        block = self.traced.block(unit)
        parts = [part for strand in unit.strands for part in self.traced.of(strand)]
        edits = [self.removal(part) for part in parts if part.block is None or part.block.shape is Shape.FIGURE]
        whole = [edit for edit in edits if edit]
        if block is not None and (block.shape is not Shape.FIGURE or unit.strand in self.traced.figures):
            self.assembly.remove(block)
        elif edits and len(whole) == len(edits):
            self.assembly.edits += whole
        else:
            self.expected.add(unit, [strand.text for strand in unit.strands])
            self.missed.append(message("“{words}”是程序印的，或不能没有，没有删去", words=shown(unit.key)[:40]))
            return
        line = parts[0].text.span(0).line if parts else block.first if block else 0
        self.changes.append(ParagraphChange(ChangeKind.REMOVED, (Piece(shown(unit.key), ""),), line))

    def removal(self, part: Part) -> Edit | None:
        """The edit that takes away a field, or the caption of a picture."""
        raw = self.letters.raw(part)
        if part.block:
            return removed_caption(raw)
        return removed_field(self.source.original, raw) if part.text.role in _MAY_GO else None

    def paragraph(self, match: Match, pair: Pair) -> None:
        block = self.traced.block(match.old[0])
        shape = self.mark(block, match.old[0].strand, match.new[0].strand) if block is not None else None
        changed = self.write(pair, shape)
        self.tell(match, pair, changed=changed)
        if match.moved and block is not None:
            self.assembly.move(block, self.anchor)
        was, is_now = self.redated.get(match.old[0].strand, ("", ""))
        expected = pair.found.expected.replace(was, is_now) if was else pair.found.expected
        self.expected.add(match.old[0], expected.split(PARAGRAPH_END))

    def table(self, match: Match, pairs: Sequence[Pair]) -> None:
        old, new, block = match.old[0], match.new[0], self.traced.block(match.old[0])
        if pairs and all(pair.targets or pair.old.text == pair.new.text for pair in pairs):
            for pair in pairs:
                self.tell(match, pair, changed=self.write(pair))
                self.expected.add(old, [pair.found.expected])
        elif block is None:
            self.expected.add(old, [strand.text for strand in old.strands])
            self.missed.append(message("表格“{words}”是程序印的，没有带回改动", words=shown(old.key)[:40]))
        else:
            again = table_again(block, old, new, self.wording, self.source.original)
            self.assembly.change(Edit(self.assembly.start_of(block), self.assembly.end_of(block), again))
            self.expected.add(old, [strand.text for strand in new.strands])
            pieces = told(old.key, new.key, diff_texts(old.key, new.key))
            self.changes.append(ParagraphChange(ChangeKind.EDITED, pieces, block.first))
        if match.moved and block is not None:
            self.assembly.move(block, self.anchor)

    def write(self, pair: Pair, shape: Shape | None = None) -> bool:
        """Writes what became of the parts of a pair, as a block of that shape where it has another one now; true if something changes."""
        changed = shape is not None
        for number, target in enumerate(pair.targets):
            items = self.wording.items(pair, number)
            raws = list(dict.fromkeys(kept.raw for kept in target.letters if kept)) or [self.letters.raw(target.part)]
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
            plainly = self.care is not Care.SOURCE or not all(raw.whole for raw in raws)
            setting = setting_of(replace(part.block, shape=shape) if shape else part.block)
            edit = Edit(raws[0].start, raws[-1].end, weave(items, setting, plainly=plainly))
        self.assembly.change(edit)
        return self.source.original.text[edit.start : edit.end] != edit.replacement

    def mark(self, block: SourceBlock, old: Strand, new: Strand) -> Shape | None:
        """Changes the marks before a block: the level of a heading, the number of an item; gives the shape where that is another."""
        start, line = self.assembly.start_of(block), self.source.original.line(block.first)
        if block.shape is Shape.ITEM:
            if old.paragraph.number != new.paragraph.number:
                lead = marked_again(block.lead, new.paragraph.number)
                self.assembly.marks.append(Edit(start, start + len(block.lead), lead))
            return None
        was, (shape, level) = heading_level(block, self.source.original), self.shapes.of(new)
        known = self.shapes.of(old)[1] == was
        if not known or level == was or block.lead or {block.shape, shape} - {Shape.HEADING, Shape.PARAGRAPH}:
            return None
        marks = len(line) - len(line.lstrip("# ")) if was else 0
        self.assembly.marks.append(Edit(start, start + marks, f"{'#' * (level + 1)} " if level else ""))
        return shape

    def tell(self, match: Match, pair: Pair, *, changed: bool) -> None:
        moved = match.moved and self.traced.block(match.old[0]) is not None
        if match.moved and not moved:
            self.missed.append(message("“{words}”的位置是程序定的，没有移动", words=shown(match.old[0].key)[:40]))
        kind = ChangeKind.MOVED if moved else ChangeKind.EDITED if pair.found.edits else ChangeKind.LOOKS
        if changed or moved:
            line = pair.targets[0].part.text.span(0).line if pair.targets else 0
            pieces = told(pair.old.text, pair.new.text, pair.found.edits)
            self.changes.append(ParagraphChange(kind, pieces, line))

    def miss(self, pair: Pair) -> None:
        """Says what of the edits is about words that the program makes."""
        numbered = typed_number(pair.old.text)
        for edit in pair.found.missed:
            old, new = pair.old.text[edit.old_start : edit.old_end], pair.new.text[edit.new_start : edit.new_end]
            number = numbered is not None and edit.old_end <= numbered.width
            if (bare_of(old) or bare_of(new)) and not number:
                what = message("“{old}”改成“{new}”：这是程序自己印的，没有带回", old=shown(old), new=shown(new))
                self.missed.append(what)

    def take_notes(self) -> None:
        """The texts of footnotes: changed, new, and those that nothing calls any more."""
        by_label = {block.label: block for block in self.source.blocks if block.shape is Shape.NOTE}
        for label, strand in self.new_notes.items():
            old = self.old_notes.get(self.same_notes.get(label, ""))
            if old is not None and not strand.text:
                self.expected_notes.append(old.text)
                self.missed.append(message("脚注“{words}”删空了，注号还在，没有带回", words=shown(old.text)[:40]))
            elif old is not None:
                pair = self.letters.pair([old], [strand])
                self.tell(Match(), pair, changed=self.write(pair))
                self.expected_notes.append(pair.found.expected)
            elif label in self.labels.fresh:
                self.assembly.append(note(self.labels.fresh[label], self.wording.all_fresh(strand)))
                self.expected_notes.append(strand.text)
                self.changes.append(ParagraphChange(ChangeKind.ADDED, (Piece("", shown(strand.text)),)))
        for label in self.old_notes.keys() - set(self.same_notes.values()):
            block = by_label.get(self.sources.get(label, ""))
            if block is not None:
                self.assembly.remove(block)
                gone = Piece(shown(self.old_notes[label].text), "")
                self.changes.append(ParagraphChange(ChangeKind.REMOVED, (gone,), block.first))
