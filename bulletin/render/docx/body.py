"""The blocks of an article as paragraphs and tables of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bulletin.model.picture import Picture
from bulletin.model.prose import (
    AttachmentNote,
    Code,
    ComposedBlock,
    ComposedInline,
    CrossLink,
    Divider,
    Emphasis,
    Figure,
    ItemList,
    LineBreak,
    Note,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Signature,
    Strong,
    Table,
    Text,
    Verbatim,
    WebLink,
)
from bulletin.render.docx.numbers import NO_NUMBER, Numbers
from bulletin.render.docx.styles import CODE, EMPHASIS, NOTE_MARK
from bulletin.render.docx.xml import attribute, paragraph, text_run

_EMU_PER_PX = 9525
_WIDEST_EMU = 5_616_000
"""156 mm."""
_TALLEST_EMU = 7_200_000
_RULES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
_CELLS_TWIPS = 8844


@dataclass(slots=True)
class Body:
    """The parts of a file as they are written: what paragraphs refer to is gathered."""

    pictures: Mapping[str, Picture]
    numbers: Numbers = field(default_factory=Numbers)
    notes: list[tuple[ComposedInline, ...]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    """Pictures that are shown, each once."""
    drawings: int = 0

    def blocks(self, blocks: Iterable[ComposedBlock]) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: ComposedBlock) -> Iterator[str]:
        match block:
            case Paragraph():
                yield paragraph(self.inlines(block.content), "BodyText")
            case Salutation():
                yield paragraph(self.inlines(block.content), "Salutation")
            case NumberedHeading():
                yield self.heading(block)
            case RunInHeading():
                yield paragraph(self.inlines(block.lead, "<w:b/>") + self.inlines(block.content), "BodyText")
            case Quote():
                yield from self.quote(block)
            case ItemList():
                yield from self.items(block, 0)
            case Table():
                yield self.table(block)
            case Figure():
                yield from self.figure(block)
            case Verbatim():
                yield paragraph(text_run(block.content), "Verbatim")
            case Divider():
                rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
                yield paragraph("", "Normal", rule)
            case AttachmentNote():
                yield from (paragraph(text_run(line), "BodyText") for line in _attachments(block))
            case Signature():
                yield from (paragraph(text_run(line), "Signature") for line in (block.name, block.date) if line)

    def heading(self, block: NumberedHeading[ComposedInline]) -> str:
        numbered = self.numbers.heading(block.level, block.label) if block.label else NO_NUMBER
        typed = "" if numbered else text_run(block.label)
        return paragraph(typed + self.inlines(block.content), f"Heading{block.level}", numbered or NO_NUMBER)

    def quote(self, block: Quote[ComposedBlock]) -> Iterator[str]:
        for inner in block.blocks:
            if isinstance(inner, Paragraph):
                yield paragraph(self.inlines(inner.content), "Quote")
            else:
                yield from self.block(inner)

    def items(self, block: ItemList[ComposedBlock], depth: int) -> Iterator[str]:
        start = int("".join(filter(str.isdigit, block.items[0].mark)) or 1) if block.items else 1
        number = self.numbers.begin_list(ordered=block.ordered, start=start)
        for item in block.items:
            mark = self.numbers.item(number, 0)
            for inner in item.blocks:
                if isinstance(inner, Paragraph):
                    yield paragraph(self.inlines(inner.content), "ListParagraph", mark or NO_NUMBER)
                elif isinstance(inner, ItemList):
                    yield from self.items(inner, depth + 1)
                else:
                    yield from self.block(inner)
                mark = ""

    def table(self, block: Table[ComposedInline]) -> str:
        width = _CELLS_TWIPS // max(len(block.head), 1)
        grid = f"<w:tblGrid>{f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' * len(block.head)}</w:tblGrid>"
        rows = "".join(self.row(row, block.alignments, width, head=place == 0) for place, row in enumerate((block.head, *block.rows)))  # fmt: skip
        properties = (
            f'<w:tblPr><w:tblW w:w="{_CELLS_TWIPS}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders></w:tblPr>'
        )
        return f"<w:tbl>{properties}{grid}{rows}</w:tbl>"

    def row(
        self, cells: tuple[tuple[ComposedInline, ...], ...], alignments: tuple[str, ...], width: int, *, head: bool
    ) -> str:
        properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
        shown = ""
        for cell, alignment in zip(cells, alignments, strict=True):
            side = f'<w:jc w:val="{"center" if head else alignment or "left"}"/>'
            words = self.inlines(cell, "<w:b/>" if head else "")
            shown += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(words, "TableText", side)}</w:tc>'
        return f"<w:tr>{properties}{shown}</w:tr>"

    def figure(self, block: Figure) -> Iterator[str]:
        picture = self.pictures.get(block.picture)
        if picture is not None:
            yield paragraph(self.drawing(picture, block.alternative), "Figure")
        if block.caption:
            yield paragraph(text_run(block.caption), "Caption")

    def drawing(self, picture: Picture, alternative: str) -> str:
        """The picture as large as its pixels at 96 to the inch, but never wider than the type area (ECMA-376 part 1, 20.4.2.8)."""
        if picture.name not in self.shown:
            self.shown.append(picture.name)
        self.drawings += 1
        width, height = picture.width_px * _EMU_PER_PX, picture.height_px * _EMU_PER_PX
        scale = min(1.0, _WIDEST_EMU / width, _TALLEST_EMU / height)
        size = f'cx="{round(width * scale)}" cy="{round(height * scale)}"'
        described = f'id="{self.drawings}" name={attribute(picture.name)} descr={attribute(alternative)}'
        related = f"rIdP{self.shown.index(picture.name) + 1}"
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {described}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {described}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{related}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def inlines(self, content: Iterable[ComposedInline], properties: str = "") -> str:
        return "".join(self.inline(each, properties) for each in content)

    def inline(self, inline: ComposedInline, properties: str) -> str:
        match inline:
            case Text(content):
                return text_run(content, properties)
            case Code(content):
                return text_run(content, CODE + properties)
            case LineBreak():
                return "<w:r><w:br/></w:r>"
            case Strong():
                return self.inlines(inline.content, properties if "<w:b/>" in properties else properties + "<w:b/>")
            case Emphasis():
                return self.inlines(inline.content, properties if EMPHASIS in properties else EMPHASIS + properties)
            case WebLink():
                self.links.append(inline.url)
                return f'<w:hyperlink r:id="rIdL{len(self.links)}">{self.inlines(inline.content, properties)}</w:hyperlink>'
            case CrossLink():
                return self.inlines(inline.content, properties)
            case Note():
                self.notes.append(inline.content)
                return f'<w:r><w:rPr>{NOTE_MARK}</w:rPr><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'


def _attachments(block: AttachmentNote) -> Iterator[str]:
    for place, (number, name) in enumerate(zip(block.numbers, block.names, strict=True)):
        yield ("附件：" if place == 0 else "") + number + name
