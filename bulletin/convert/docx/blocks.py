"""Paragraphs and tables of a part of a Word file, in reading order (ECMA-376 part 1, 17.3.1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bulletin.convert.docx.file import Change, File, joined
from bulletin.convert.docx.inlines import Inlines, chosen
from bulletin.convert.docx.names import local, number, switch, value, w
from bulletin.convert.docx.styles import alignment_of, indent_of, outline_of
from bulletin.model.foreign import ChangeKind, ForeignBlock, ForeignCell, ForeignParagraph, ForeignTable, Run
from bulletin.model.problem import message

_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "del", "moveFrom", "body"}
_CHANGES = {
    "ins": ChangeKind.INSERTED,
    "moveTo": ChangeKind.INSERTED,
    "del": ChangeKind.DELETED,
    "moveFrom": ChangeKind.DELETED,
}
_MOST_SPANS = 100


@dataclass(slots=True)
class _Cell:
    paragraphs: list[ForeignParagraph]
    columns: int
    rows: int = 1

    @property
    def done(self) -> ForeignCell:
        return ForeignCell(tuple(self.paragraphs), self.columns, self.rows)


@dataclass(slots=True)
class Blocks:
    """The blocks of a part, as they are read; `carried` are runs of a paragraph whose end was deleted."""

    file: File
    boxed: bool = False
    carried: list[Run] = field(default_factory=list)

    def read(self, parent: etree._Element) -> list[ForeignBlock]:
        """The blocks that stand in an element; runs that are carried at its end are a paragraph too."""
        found = list(self._read(parent))
        if self.carried:
            runs, self.carried = tuple(joined(self.carried)), []
            found.append(ForeignParagraph(runs, self.file.place, boxed=self.boxed))
        return found

    def _read(self, parent: etree._Element) -> Iterator[ForeignBlock]:
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name == "AlternateContent":
                yield from self._read(chosen(child))
            elif name == "altChunk":
                self.file.tell(message("嵌入的文件不能导入"))
            elif name in _CHANGES:
                self.file.changing.append(_change(child))
                yield from self._read(child)
                self.file.changing.pop()
            elif name in _THROUGH:
                yield from self._read(child)

    def _paragraph(self, element: etree._Element) -> Iterator[ForeignBlock]:
        file = self.file
        file.paragraph += 1
        direct = element.find(w("pPr"))
        properties = file.styles.paragraph_properties(direct)
        inlines = Inlines(file, file.styles.style_of(direct))
        inlines.read(element)
        for box in inlines.boxes:
            yield from Blocks(file, boxed=True).read(box)
        self.carried += inlines.runs
        if self._end_is_left_out(direct):
            return
        runs, self.carried = list(joined(self.carried)), []
        if any(run.text.strip() or run.note or run.picture for run in runs):
            yield self._made(tuple(runs), properties, inlines)
        else:
            file.numbering.next(
                properties, file.styles, inlines.style
            )  # Word counts it, though nobody sees more than its number
        file.new_page = file.new_page or inlines.breaks_page or self._ends_page(direct)

    def _made(self, runs: tuple[Run, ...], properties: list[etree._Element], inlines: Inlines) -> ForeignParagraph:
        file = self.file
        numbered = file.numbering.next(properties, file.styles, inlines.style)
        size = max((run.look.size_pt for run in runs), default=0.0)
        before = next((on for each in properties if (on := switch(each, "pageBreakBefore")) is not None), False)
        new_page, file.new_page = file.new_page or before, False
        chain = file.styles.chain(inlines.style)
        return ForeignParagraph(
            runs,
            file.place,
            number=numbered.shown if numbered else "",
            style=chain[0].name if chain else "",
            level=outline_of(properties),
            list_level=numbered.level if numbered else -1,
            alignment=alignment_of(properties),
            indent_pt=indent_of(properties, size),
            new_page=new_page,
            boxed=self.boxed,
        )

    def _end_is_left_out(self, direct: etree._Element | None) -> bool:
        mark = None if direct is None else direct.find(w("rPr"))
        if mark is None:
            return False
        kinds = {kind for name, kind in _CHANGES.items() if mark.find(w(name)) is not None}
        return any(self.file.leaves_out(kind) for kind in kinds)

    def _ends_page(self, direct: etree._Element | None) -> bool:
        """True where a section ends with the paragraph, and the next begins on another page."""
        section = None if direct is None else direct.find(w("sectPr"))
        return section is not None and section in self.file.page_sections

    def _table(self, element: etree._Element) -> Iterator[ForeignBlock]:
        place = self.file.place
        rows: list[list[_Cell]] = []
        above: dict[int, _Cell] = {}
        for row in _within(element, "tr"):
            change = next((each for each in row.iterfind(f"{w('trPr')}/*") if local(each) in ("ins", "del")), None)
            if change is not None:
                self.file.changing.append(_change(change))
            cells = self._row(row, above)
            if change is not None:
                gone = self.file.leaves_out(self.file.changing.pop().kind)
                if gone and not any(cell.paragraphs for cell in cells):
                    continue
            rows.append(cells)
        made = tuple(tuple(cell.done for cell in row) for row in rows if row)
        if any(cell.paragraphs for row in made for cell in row):
            yield ForeignTable(made, place)

    def _row(self, row: etree._Element, above: dict[int, _Cell]) -> list[_Cell]:
        cells: list[_Cell] = []
        column = number(value(row.find(w("trPr")), "gridBefore"))
        for element in _within(row, "tc"):
            properties = element.find(w("tcPr"))
            spans = min(max(number(value(properties, "gridSpan"), 1), 1), _MOST_SPANS)
            merged = value(properties, "vMerge")
            paragraphs = list(_flat(Blocks(self.file, self.boxed).read(element)))
            if merged is not None and merged != "restart" and column in above:
                above[column].rows += 1
                above[column].paragraphs += paragraphs
            else:
                cells.append(_Cell(paragraphs, spans))
                above[column] = cells[-1]
            column += spans
        return cells


def _within(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows or cells, also those in content controls."""
    for child in element:
        name = local(child)
        if name == wanted:
            yield child
        elif name in _THROUGH:
            yield from _within(child, wanted)


def _flat(blocks: list[ForeignBlock]) -> Iterator[ForeignParagraph]:
    """A table in a cell is told cell by cell."""
    for block in blocks:
        if isinstance(block, ForeignParagraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs


def _change(element: etree._Element) -> Change:
    return Change(_CHANGES[local(element)], element.get(w("author")) or "", element.get(w("date")) or "")
