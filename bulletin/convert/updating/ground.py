"""What a patch is made on: the source, the exported document traced back to it, what its looks and styles mean; and what is found on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bulletin.convert.updating.assembling import Assembly
from bulletin.convert.updating.expecting import Expected
from bulletin.convert.updating.looks import Looks
from bulletin.convert.updating.pairing import Letters
from bulletin.convert.updating.shapes import Shapes
from bulletin.convert.updating.strands import Strand, Unit, notes_of, units_of
from bulletin.convert.updating.texts import Labels, Wording
from bulletin.convert.updating.tracing import Traced, trace
from bulletin.model.article_source import ArticleSource
from bulletin.model.foreign import ForeignDocument
from bulletin.model.problem import Message
from bulletin.model.updating import ParagraphChange


class Care(Enum):
    """How a text that changed is written: with the marks and the bytes of the source; all of it anew; anew, and only its words."""

    SOURCE = 0
    ANEW = 1
    WORDS = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known, and, gathered, what is done to the file (`assembly`), what changes, what was missed, what will be printed."""

    source: ArticleSource
    care: Care
    units: tuple[Unit, ...]
    """Of the exported document."""
    notes: Mapping[str, Strand]
    """Its footnotes."""
    note_labels: Mapping[str, str]
    """Their labels in the source, by those in the document."""
    traced: Traced
    letters: Letters
    looks: Looks
    shapes: Shapes
    wording: Wording
    assembly: Assembly
    expected: Expected
    changes: list[ParagraphChange] = field(default_factory=list)
    missed: list[Message] = field(default_factory=list)
    expected_notes: list[str] = field(default_factory=list)

    @property
    def labels(self) -> Labels:
        return self.wording.labels


def lay_ground(source: ArticleSource, exported: ForeignDocument, care: Care) -> Ground:
    """What the source and the document that is exported from it tell."""
    units, notes = units_of(exported), notes_of(exported)
    traced = trace(source, units, notes.values())
    letters, looks = Letters(source, traced), Looks()
    strands: Sequence[Strand] = [*(strand for unit in units for strand in unit.strands), *notes.values()]
    note_labels = letters.learn(strands, looks)
    labels = Labels({block.label for block in source.blocks if block.label})
    return Ground(
        source=source,
        care=care,
        units=units,
        notes=notes,
        note_labels=note_labels,
        traced=traced,
        letters=letters,
        looks=looks,
        shapes=Shapes.learned(traced, units, source.original),
        wording=Wording(letters, looks, labels, looks_too=care is not Care.WORDS),
        assembly=Assembly(source),
        expected=Expected(units, traced),
    )
