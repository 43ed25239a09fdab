"""What the styles of an exported document stand for: which are headings of which level, which are quotations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bulletin.convert.updating.strands import Strand, Unit
from bulletin.convert.updating.tracing import Traced
from bulletin.model.article_source import Shape, SourceBlock
from bulletin.model.numbering import typed_number
from bulletin.model.original import Original
from bulletin.model.prose import SECTION_LEVELS

_LONGEST_HEADING = 40
_SENTENCE_ENDS = ("。", "；", "！", "？", "：", "，")
_Style: TypeAlias = "tuple[str, bool]"
_Meaning: TypeAlias = "tuple[Shape, int]"


def _style(strand: Strand) -> _Style:
    paragraph = strand.paragraph
    return paragraph.style or str(paragraph.level), paragraph.list_level >= 0


def _faces(strand: Strand) -> set[str]:
    return {run.look.face for run in strand.runs if run.look.face}


def heading_level(block: SourceBlock, original: Original) -> int:
    """1 of `##`, 2 of `###` …; 0 of what is no heading."""
    if block.shape is not Shape.HEADING:
        return 0
    line = original.line(block.first).lstrip(" \t>")
    return len(line) - len(line.lstrip("#")) - 1


@dataclass
class Shapes:
    """Shapes and levels by style."""

    known: dict[_Style, Counter[_Meaning]] = field(default_factory=lambda: defaultdict(Counter))
    faces: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Of the headings of each level; of other text that is all in one face at 0."""

    @classmethod
    def learned(cls, traced: Traced, units: Sequence[Unit], original: Original) -> Shapes:
        """What the units that are known stand for."""
        shapes = cls()
        for unit in units:
            block = traced.block(unit)
            if block and not unit.table:
                level = heading_level(block, original)
                shapes.known[_style(unit.strand)][block.shape, level] += 1
                faces = _faces(unit.strand)
                shapes.faces[level] |= faces if level or len(faces) == 1 else set()
        return shapes

    def of(self, strand: Strand) -> tuple[Shape, int]:
        """What a paragraph is, and the level of a heading: by its style, or by its number and its look where that is of body text."""
        shape, level = self._by_style(strand)
        looks = self._by_look(strand) if shape is Shape.PARAGRAPH else 0
        return (Shape.HEADING, looks) if looks else (shape, level)

    def _by_look(self, strand: Strand) -> int:
        """The level of a heading that somebody made by hand: a short line with a number, in the face of such headings or bold; else 0."""
        typed = typed_number(strand.text)
        size = len(strand.text)
        if typed is None or not typed.width < size <= _LONGEST_HEADING or strand.text.endswith(_SENTENCE_ENDS):
            return 0
        faces = _faces(strand)
        bold = all(run.look.bold for run in strand.runs)
        return typed.level if bold or (faces and faces <= self.faces[typed.level] - self.faces[0]) else 0

    def _by_style(self, strand: Strand) -> tuple[Shape, int]:
        style = _style(strand)
        if style in self.known:
            shape, level = self.known[style].most_common(1)[0][0]
            return (Shape.PARAGRAPH, 0) if shape is Shape.FIGURE else (shape, level)
        level = strand.paragraph.level
        if level and level <= SECTION_LEVELS[-1]:
            return Shape.HEADING, level
        return (Shape.ITEM if strand.paragraph.list_level >= 0 else Shape.PARAGRAPH), 0
