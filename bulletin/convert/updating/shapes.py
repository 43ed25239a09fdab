"""What the styles of an exported document stand for: which are headings of which level, which are quotations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bulletin.convert.updating.strands import Strand, Unit
from bulletin.convert.updating.tracing import Traced
from bulletin.model.article_source import Shape, SourceBlock
from bulletin.model.original import Original
from bulletin.model.prose import SECTION_LEVELS

_Style: TypeAlias = "tuple[str, int, bool]"
_Meaning: TypeAlias = "tuple[Shape, int]"


def _style(strand: Strand) -> _Style:
    paragraph = strand.paragraph
    return paragraph.style, paragraph.level, paragraph.list_level >= 0


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

    @classmethod
    def learned(cls, traced: Traced, units: Sequence[Unit], original: Original) -> Shapes:
        """What the units that are known stand for."""
        shapes = cls()
        for unit in units:
            block = traced.block(unit)
            if block and not unit.table:
                shapes.known[_style(unit.strand)][block.shape, heading_level(block, original)] += 1
        return shapes

    def of(self, strand: Strand) -> tuple[Shape, int]:
        """What a paragraph is, and the level of a heading."""
        style = _style(strand)
        if style in self.known:
            shape, level = self.known[style].most_common(1)[0][0]
            return (Shape.PARAGRAPH, 0) if shape is Shape.FIGURE else (shape, level)
        level = strand.paragraph.level
        if level and level <= SECTION_LEVELS[-1]:
            return Shape.HEADING, level
        return (Shape.ITEM if strand.paragraph.list_level >= 0 else Shape.PARAGRAPH), 0
