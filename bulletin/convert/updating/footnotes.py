"""Footnotes: which is which in the edited document, and what became of their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bulletin.convert.updating.aligning import Match
from bulletin.convert.updating.blocks import note
from bulletin.convert.updating.ground import Ground
from bulletin.convert.updating.pairing import Pair, moved_notes, paired_notes
from bulletin.convert.updating.strands import Strand
from bulletin.convert.updating.telling import shown
from bulletin.convert.updating.writer import Writer
from bulletin.model.article_source import Shape
from bulletin.model.problem import message
from bulletin.model.updating import ChangeKind, ParagraphChange, Piece


@dataclass
class Footnotes:
    """The footnotes of the edited document."""

    ground: Ground
    new: Mapping[str, Strand]
    same: dict[str, str] = field(default_factory=dict)
    """By their labels those of the exported document, of notes that both have."""

    def know(self, pairs: Sequence[Pair]) -> None:
        """Learns which is which from the marks that stayed, then from the words."""
        self.same = paired_notes(pairs)
        self.same |= moved_notes(self.same, self.ground.notes, self.new)
        known = self.ground.note_labels
        self.ground.labels.known |= {new: known[old] for new, old in self.same.items() if old in known}

    def write(self, writer: Writer) -> None:
        """Writes what changed in them, what is new, and takes away what nothing calls any more."""
        for label, strand in self.new.items():
            old = self.ground.notes.get(self.same.get(label, ""))
            if old is not None and not strand.text:
                self.ground.expected_notes.append(old.text)
                self.ground.missed.append(
                    message("脚注“{words}”删空了，注号还在，没有带回", words=shown(old.text)[:40])
                )
            elif old is not None:
                pair = self.ground.letters.pair([old], [strand])
                writer.tell(Match(), pair, changed=writer.write(pair))
                self.ground.expected_notes.append(pair.found.expected)
            elif label in self.ground.labels.fresh:
                said = note(self.ground.labels.fresh[label], self.ground.wording.all_fresh(strand))
                self.ground.assembly.append(said)
                self.ground.expected_notes.append(strand.text)
                self.ground.changes.append(ParagraphChange(ChangeKind.ADDED, (Piece("", shown(strand.text)),)))
        self._remove()

    def _remove(self) -> None:
        by_label = {block.label: block for block in self.ground.source.blocks if block.shape is Shape.NOTE}
        stay = set(self.same.values())
        called = {self.ground.note_labels.get(label) for label in stay}
        for label, strand in self.ground.notes.items():
            named = self.ground.note_labels.get(label, "")
            if label not in stay and named in by_label and named not in called:
                block = by_label.pop(named)
                self.ground.assembly.remove(block)
                gone = Piece(shown(strand.text), "")
                self.ground.changes.append(ParagraphChange(ChangeKind.REMOVED, (gone,), block.first))
