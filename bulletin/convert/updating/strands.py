"""The paragraphs and tables of a foreign document as they are compared: characters, each with the run that it came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bulletin.model.foreign import ForeignBlock, ForeignDocument, ForeignParagraph, ForeignTable, Run

NOTE = "\U0010fffc"
"""Stands for the mark of a footnote."""
PICTURE = "\U0010fffd"
BLANKS = " \t\u3000\u00a0"
_BLANK_RUN = re.compile(r"[ \t\u3000\u00a0\n\u2028]+")
_OWN = str.maketrans(dict.fromkeys((NOTE, PICTURE), "\ufffd"))
_CELL = Run("")


@dataclass(frozen=True, eq=False)
class Strand:
    """The characters of a paragraph without its number and without blanks at its ends; `runs` has that of each character."""

    text: str
    runs: tuple[Run, ...]
    paragraph: ForeignParagraph

    @property
    def key(self) -> str:
        """The text for comparing: runs of blanks are one."""
        return squeezed(self.text)


def squeezed(text: str) -> str:
    """The text with runs of blanks and line ends made one blank, and none at the ends."""
    return _BLANK_RUN.sub(" ", text).strip()


@dataclass(frozen=True, eq=False)
class Unit:
    """A paragraph, or a table: rows of cells, each of one strand. Every unit is itself, whatever it says."""

    rows: tuple[tuple[Strand, ...], ...]
    table: bool = False
    plain: bool = True
    """False for a table with cells that reach over others."""
    place: int = 0
    """Of its first paragraph in the file, from 1; 0 where unknown."""
    block: int = 0
    """Which block of the document it is, from 0."""

    @property
    def strand(self) -> Strand:
        """That of a paragraph."""
        return self.rows[0][0]

    @property
    def style(self) -> str:
        """That of a paragraph in no list; empty of others."""
        paragraph = self.strand.paragraph
        return "" if self.table or paragraph.list_level >= 0 else paragraph.style

    @property
    def strands(self) -> tuple[Strand, ...]:
        return tuple(strand for row in self.rows for strand in row)

    @cached_property
    def key(self) -> str:
        return "\n".join("\t".join(strand.key for strand in row) for row in self.rows)

    @cached_property
    def pairs(self) -> Counter[str]:
        """How often each pair of characters occurs."""
        return (
            Counter(map("".join, zip(self.key, self.key[1:], strict=False)))
            if len(self.key) > 1
            else Counter([self.key])
        )


def likeness(one: Unit, other: Unit) -> float:
    """How alike two units are, from 0 to 1: by the pairs of characters that they share."""
    if one.table != other.table:
        return 0.0
    size = one.pairs.total() + other.pairs.total()
    rough = 2 * min(one.pairs.total(), other.pairs.total()) / size
    return rough and 2 * (one.pairs & other.pairs).total() / size


def units_of(document: ForeignDocument) -> tuple[Unit, ...]:
    """The paragraphs and tables of the body that say or show something, in order."""
    return tuple(_units(document.blocks))


def _units(blocks: Iterable[ForeignBlock]) -> Iterator[Unit]:
    for number, block in enumerate(blocks):
        if isinstance(block, ForeignTable):
            rows = tuple(tuple(cell_strand(cell.paragraphs) for cell in row) for row in block.rows)
            plain = all(cell.columns == cell.rows == 1 for row in block.rows for cell in row)
            if any(strand.text for row in rows for strand in row):
                yield Unit(
                    rows,
                    table=True,
                    plain=plain and len({len(row) for row in rows}) == 1,
                    place=_place(block),
                    block=number,
                )
        else:
            strand = strand_of(block)
            if strand.text:
                yield Unit(((strand,),), place=block.place.paragraph, block=number)


def _place(table: ForeignTable) -> int:
    return next((each.place.paragraph for row in table.rows for cell in row for each in cell.paragraphs), 0)


def strand_of(paragraph: ForeignParagraph) -> Strand:
    """The characters of a paragraph."""
    return _strand([paragraph])


def cell_strand(paragraphs: Iterable[ForeignParagraph]) -> Strand:
    """The characters of all paragraphs of a cell or a footnote, with line ends between them."""
    return _strand(
        [each for each in paragraphs if strand_of(each).text] or list(paragraphs)[:1] or [ForeignParagraph(())]
    )


def _strand(paragraphs: list[ForeignParagraph]) -> Strand:
    characters: list[str] = []
    runs: list[Run] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            characters.append("\n")
            runs.append(_CELL)
        for run in paragraph.runs:
            said = NOTE if run.note else PICTURE if run.picture else run.text.translate(_OWN)
            characters += said
            runs += [run] * len(said)
    text = "".join(characters)
    start = len(text) - len(text.lstrip(BLANKS + "\n"))
    end = max(start, len(text.rstrip(BLANKS + "\n")))
    return Strand(text[start:end], tuple(runs[start:end]), paragraphs[0])


def notes_of(document: ForeignDocument) -> dict[str, Strand]:
    """The texts of the footnotes by label, in the order in which they are called; those that nothing calls are left out."""
    notes = {note.label: cell_strand(note.paragraphs) for note in document.notes}
    called = dict.fromkeys(run.note for paragraph in replace(document, notes=()).paragraphs() for run in paragraph.runs)
    return {label: notes[label] for label in called if label in notes}
