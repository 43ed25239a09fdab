"""Pages put together: lines to paragraphs, tables and pictures between them, footnotes called where they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from bulletin.convert.pdf.frame import Frame, frame_of, frames_of
from bulletin.convert.pdf.furniture import furniture_of
from bulletin.convert.pdf.grids import grids_of
from bulletin.convert.pdf.lines import Line, is_latin, lines_of
from bulletin.convert.pdf.notes import PageNote, call_notes, split_notes
from bulletin.convert.pdf.page import Page, Placed, Standing
from bulletin.convert.pdf.paragraphs import Layout, agrees, begins, layout_of, paragraph_of
from bulletin.convert.pdf.tables import PageTable, foreign_table, goes_on, repeats_head, tables_of
from bulletin.model.foreign import (
    Alignment,
    DropKind,
    Dropped,
    ForeignBlock,
    ForeignNote,
    ForeignParagraph,
    Place,
    Run,
)

_SIDES = 2
_Item: TypeAlias = "Line | PageTable | Placed"


@dataclass(slots=True)
class Assembled:
    """The blocks of a document in reading order, its notes, and what was left out."""

    blocks: list[ForeignBlock] = field(default_factory=list)
    notes: list[ForeignNote] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    paragraphs: int = 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its lines of text and its tables told apart."""

    page: Page
    lines: tuple[Line, ...]
    tables: tuple[PageTable, ...]
    notes: tuple[PageNote, ...] = ()


def assemble(pages: Iterable[Page]) -> Assembled:
    """The document that the pages are."""
    made = Assembled()
    sheets = _without_furniture([_sheet(page) for page in pages], made)
    frames = frames_of(
        {each.page.number: each.lines for each in sheets}, {each.page.number: _side(each.page) for each in sheets}
    )
    sheets = _with_notes([_noted(each, frames[each.page.number]) for each in sheets], frames, made)
    layout = layout_of({each.page.number: each.lines for each in sheets}, frames)
    if agrees((line for each in sheets for line in each.lines), layout):
        layout = replace(layout, tagged=True)
    sheets = _without_hyphens(sheets, made)
    ends = _forced_ends(sheets, max((frame.pitch for frame in frames.values()), default=0.0))
    _Joining(made, layout, ends).join(item for sheet in sheets for item in _items(sheet))
    return made


def _sheet(page: Page) -> _Sheet:
    glyphs = (glyph for glyph in page.glyphs if glyph.standing is Standing.TEXT)
    tables, rest = tables_of(grids_of(page.rules), glyphs, page.number)
    return _Sheet(page, lines_of(rest, page.number), tables)


def _side(page: Page) -> tuple[int, int, int]:
    """What pages with the same margins have in common: size, and side of the leaf."""
    return round(page.width), round(page.height), page.number % _SIDES


def _without_furniture(sheets: list[_Sheet], made: Assembled) -> list[_Sheet]:
    furniture = furniture_of({each.page.number: (each.page, each.lines) for each in sheets})
    for sheet in sheets:
        for line in sheet.lines:
            kind = furniture.get((line.page, line.number))
            if kind:
                made.dropped.append(Dropped(kind, line.text, Place(0, line.page, line.number)))
    return [
        replace(each, lines=tuple(line for line in each.lines if (line.page, line.number) not in furniture))
        for each in sheets
    ]


def _noted(sheet: _Sheet, frame: Frame) -> _Sheet:
    lines, notes = split_notes(sheet.lines, sheet.page.rules, frame, sheet.page.height)
    return replace(sheet, lines=lines, notes=notes)


def _with_notes(sheets: list[_Sheet], frames: dict[int, Frame], made: Assembled) -> list[_Sheet]:
    """The sheets with calls of their notes; a page whose marks are not clear keeps its notes as text."""
    noted: list[_Sheet] = []
    texts: list[tuple[str, list[Line]]] = []
    for sheet in sheets:
        begun = tuple(note for note in sheet.notes if note.mark)
        labels = [str(len(texts) + place) for place in range(1, len(begun) + 1)]
        marked = call_notes(sheet.lines, begun, labels)
        if marked is None:
            lines = (*sheet.lines, *(line for note in sheet.notes for line in note.whole))
            noted.append(replace(sheet, lines=lines, notes=()))
            continue
        if texts and begun != sheet.notes:
            texts[-1][1].extend(sheet.notes[0].lines)
        texts += [(label, list(note.lines)) for label, note in marked.notes]
        made.dropped += [Dropped(DropKind.FIELD, mark, Place(0, sheet.page.number)) for mark in marked.marks]
        noted.append(replace(sheet, lines=marked.lines))
    made.notes += [ForeignNote(label, _note(tuple(lines), frames)) for label, lines in texts]
    return noted


def _note(lines: tuple[Line, ...], frames: dict[int, Frame]) -> tuple[ForeignParagraph, ...]:
    if not lines:
        return ()
    frame = frame_of(lines, min(line.left for line in lines), frames[lines[0].page].right)
    paragraph = paragraph_of(
        lines, Layout(dict.fromkeys((line.page for line in lines), frame), indented=False, spaced=False), 0
    )
    runs = tuple(replace(run, text=run.text.replace("\n", "")) for run in paragraph.runs)
    return (replace(paragraph, runs=runs, alignment=Alignment.LEFT, indent_pt=0.0),)


_SOFT_HYPHENS = "\xad\u2010"
"""What programs put where they part a word."""


def _without_hyphens(sheets: list[_Sheet], made: Assembled) -> list[_Sheet]:
    """The sheets without the hyphens that parted Latin words at line ends; in a Chinese text only soft ones are taken for such."""
    letters = [glyph.character for sheet in sheets for line in sheet.lines for glyph in line.glyphs]
    marks = _SOFT_HYPHENS + "-" * (2 * sum(map(is_latin, letters)) > len(letters))
    changed = []
    for sheet in sheets:
        lines = list(sheet.lines)
        for place, (line, after) in enumerate(pairwise(sheet.lines)):
            last, first = line.glyphs[-2:], after.glyphs[0].character
            if len(last) == 2 and last[1].character in marks and last[0].character.isalpha() and first.islower():
                lines[place] = replace(line, glyphs=line.glyphs[:-1], is_hyphenated=True)
                made.dropped.append(Dropped(DropKind.MARKUP, last[1].character, Place(0, line.page, line.number)))
        changed.append(replace(sheet, lines=tuple(lines)))
    return changed


_UNFILLED = 3
"""Lines that a page has room for when it was ended by hand."""


def _forced_ends(sheets: list[_Sheet], pitch: float) -> frozenset[int]:
    """The pages that end well before the others do."""
    lowest = {
        sheet.page.number: min([line.base for line in sheet.lines] + [table.grid.box.bottom for table in sheet.tables])
        for sheet in sheets
        if sheet.lines or sheet.tables
    }
    foot = min(lowest.values(), default=0.0)
    return frozenset(page for page, base in lowest.items() if base > foot + _UNFILLED * pitch)


def _items(sheet: _Sheet) -> list[_Item]:
    """What stands on a page, from the top."""
    items: list[tuple[float, _Item]] = [(line.base + line.size / 2, line) for line in sheet.lines]
    items += [(table.base, table) for table in sheet.tables]
    items += [(picture.box.top, picture) for picture in sheet.page.pictures]
    return [item for _, item in sorted(items, key=lambda item: -item[0])]


@dataclass(slots=True)
class _Joining:
    """Takes what stands on the pages one after another."""

    made: Assembled
    layout: Layout
    ends: frozenset[int]
    """Pages that end before they are full."""
    _lines: list[Line] = field(default_factory=list)
    _pictures: list[Placed] = field(default_factory=list)
    _tables: list[PageTable] = field(default_factory=list)
    _page: int = 0

    def join(self, items: Iterable[_Item]) -> None:
        for item in items:
            match item:
                case Line():
                    self._end_table()
                    if self._lines and begins(item, self._lines, self.layout):
                        self._end_paragraph()
                    self._lines.append(item)
                case PageTable():
                    self._end_paragraph()
                    if self._tables and not goes_on(self._tables[-1], item):
                        self._end_table()
                    self._tables.append(item)
                case Placed():
                    self._end_table()
                    self._pictures.append(item)
        self._end_paragraph()
        self._end_table()

    def _end_paragraph(self) -> None:
        """The lines since the last one are a paragraph; pictures that came meanwhile stand after it."""
        if self._lines:
            self.made.paragraphs += 1
            paragraph = paragraph_of(tuple(self._lines), self.layout, self.made.paragraphs)
            page, self._page = self._page, self._lines[-1].page
            forced = self._lines[0].page != page and self._lines[0].page - 1 in self.ends
            self.made.blocks.append(replace(paragraph, new_page=forced))
            self._lines = []
        for picture in self._pictures:
            self.made.paragraphs += 1
            place = Place(self.made.paragraphs, picture.page)
            self.made.blocks.append(
                ForeignParagraph((Run("", picture=picture.name),), place, alignment=Alignment.CENTER)
            )
        self._pictures = []

    def _end_table(self) -> None:
        if not self._tables:
            return
        parts, self._tables = tuple(self._tables), []
        table, self.made.paragraphs = foreign_table(parts, self.made.paragraphs)
        self.made.blocks.append(table)
        for part in parts[1:]:
            if repeats_head(parts[0], part):
                self.made.dropped.append(Dropped(DropKind.HEADER, part.head, Place(0, part.page)))


_ASIDES = {
    Standing.UNSEEN: DropKind.HIDDEN,
    Standing.OUTSIDE: DropKind.HIDDEN,
    Standing.DOUBLED: DropKind.MARKUP,
    Standing.TURNED: DropKind.MARKUP,
}


def page_asides(pages: Iterable[Page]) -> Iterator[Dropped]:
    """What is no text of a page: unseen, turned, or marked as furniture by the file."""
    for page in pages:
        for standing, kind in _ASIDES.items():
            text = "".join(glyph.character for glyph in page.glyphs if glyph.standing is standing)
            if text.strip():
                yield Dropped(kind, text, Place(0, page.number))
        for line in lines_of((glyph for glyph in page.glyphs if glyph.standing is Standing.FURNITURE), page.number):
            kind = DropKind.HEADER if line.base > page.height / 2 else DropKind.FOOTER
            yield Dropped(kind, line.text, Place(0, page.number))
