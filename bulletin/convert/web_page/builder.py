"""Text as it comes, put together to paragraphs, tables and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bulletin.convert.web_page.blanks import parted, shown
from bulletin.model.foreign import ForeignBlock, ForeignCell, ForeignNote, ForeignParagraph, ForeignTable, Place, Run

SPAN_LIMIT = 100
PLAIN = ForeignParagraph(())


@dataclass(slots=True)
class Builder:
    """Takes runs, ends of paragraphs, and where tables and notes begin and end."""

    blocks: list[ForeignBlock] = field(default_factory=list)
    notes: list[ForeignNote] = field(default_factory=list)
    paragraphs: int = 0
    mark: str = ""
    """The number of a list item that waits for its first paragraph."""
    _runs: list[Run] = field(default_factory=list)
    _begun: bool = False
    """The runs hold more than blanks."""
    _kind: ForeignParagraph = PLAIN
    _inner: list[ForeignBlock] | None = None
    """The paragraphs of a note."""
    _cell: list[ForeignBlock] | None = None
    _rows: list[list[ForeignCell]] = field(default_factory=list)
    _span: tuple[int, int] = (1, 1)

    def add(self, run: Run, kind: ForeignParagraph) -> None:
        """A run; `kind` says what a paragraph that begins with it is like."""
        if not self._begun:
            self._kind = kind
        self._begun = self._begun or bool(run.picture or run.note or run.text.strip(" \0\n"))
        self._runs.append(run)

    def end_paragraph(self) -> None:
        """What was added is a paragraph, or several, where line ends part it."""
        runs, self._runs, self._begun = self._runs, [], False
        for part in parted(shown(runs)):
            if part:
                self.paragraphs += 1
                place = Place(self.paragraphs)
                self._sink.append(replace(self._kind, runs=tuple(_joined(part)), place=place, number=self.mark))
                self.mark = ""

    def begin_row(self) -> None:
        self._rows.append([])

    def begin_cell(self, columns: int, rows: int) -> None:
        """A cell that reaches over so many columns and rows."""
        self.end_cell()
        self._span = (min(max(columns, 1), SPAN_LIMIT), min(max(rows, 1), SPAN_LIMIT))
        self._cell = []

    def end_cell(self) -> None:
        if self._cell is None:
            return
        paragraphs = tuple(block for block in self._cell if isinstance(block, ForeignParagraph))
        if not self._rows:
            self._rows.append([])
        self._rows[-1].append(ForeignCell(paragraphs, *self._span))
        self._cell = None

    def end_table(self) -> None:
        """The rows since the last table are one; a cell does not reach over more rows than there are."""
        rows = [row for row in self._rows if row]
        self._rows = []
        clamped = tuple(
            tuple(replace(cell, rows=min(cell.rows, len(rows) - number)) for cell in row)
            for number, row in enumerate(rows)
        )
        if clamped:
            self._sink.append(ForeignTable(clamped, Place(self.paragraphs)))

    def begin_note(self) -> None:
        self._inner = []

    def end_note(self, label: str) -> None:
        """The paragraphs since the note began are it."""
        inner, self._inner = self._inner or [], None
        self.notes.append(ForeignNote(label, tuple(_paragraphs(inner))))

    @property
    def _sink(self) -> list[ForeignBlock]:
        if self._cell is not None:
            return self._cell
        return self._inner if self._inner is not None else self.blocks


def _paragraphs(blocks: Iterable[ForeignBlock]) -> Iterable[ForeignParagraph]:
    for block in blocks:
        if isinstance(block, ForeignParagraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell.paragraphs)


def _joined(runs: Iterable[Run]) -> Iterable[Run]:
    """The runs, neighbours of one look and link as one."""
    last: Run | None = None
    for run in runs:
        if last is not None and last.text and run.text and (last.look, last.link) == (run.look, run.link):
            last = replace(last, text=last.text + run.text)
        else:
            if last is not None:
                yield last
            last = run
    if last is not None:
        yield last
