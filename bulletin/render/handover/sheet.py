"""The sheet of a kit (登记表): what a form asks for, ready-made tags, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.model.artifact import Artifact
from bulletin.model.handover import (
    ARTICLES_SHEET,
    COUNTS,
    PICTURE_COLUMNS,
    PICTURES_SHEET,
    SHEET_FILE,
    TAG_COLUMNS,
    TAGS_SHEET,
    Field,
    Kit,
    whole_summary,
)
from bulletin.render.web.frame import Frame
from bulletin.render.web.page_head import article_head
from bulletin.render.workbook import WORKBOOK_TYPE, workbook_bytes, write_text

_OTHERS_KNOW = frozenset({"Image", "Url"})
"""Tags that say where the page and its picture are: that is known only where they are pasted."""
_SUMMARY_TAG = "Description"
_WIDTHS = {
    Field.TITLE: 36, Field.SUBTITLE: 28, Field.SECTION: 12, Field.SOURCE: 24, Field.AUTHOR: 20, Field.POSITION: 24,
    Field.WRITTEN: 16, Field.PUBLISHED: 13, Field.CLEARED: 13, Field.KEYWORDS: 20, Field.SUMMARY: 60, Field.ATTACHMENT: 18,
    Field.ADDRESS: 36, Field.FOLDER: 36,
}  # fmt: skip
_NARROW = 8
_TAG_WIDTHS, _PICTURE_WIDTHS = (8, 36, 18, 100), (8, 12, 48, 36, 12, 12)
_THIN = Side("thin", color="FFBFBFBF")
_BORDER, _HEAD = Border(_THIN, _THIN, _THIN, _THIN), PatternFill("solid", "FFE7E6E6")
_A4 = 9


def render_sheet(kit: Kit, frame: Frame) -> Artifact:
    """`登记表.xlsx`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    rows = ([text if field not in COUNTS else int(text) for field, text in each.fields] for each in kit.articles)
    widths = tuple(_WIDTHS.get(field, _NARROW) for field in Field)
    _write(book.create_sheet(ARTICLES_SHEET), tuple(field.value for field in Field), rows, widths)
    _write(book.create_sheet(TAGS_SHEET), TAG_COLUMNS, _tags(kit, frame), _TAG_WIDTHS)
    _write(book.create_sheet(PICTURES_SHEET), PICTURE_COLUMNS, _pictures(kit), _PICTURE_WIDTHS)
    masthead = kit.edition.masthead
    title = f"{masthead.title}{masthead.key.year}年{masthead.numbering}登记表"
    return Artifact(SHEET_FILE, WORKBOOK_TYPE, workbook_bytes(book, title, masthead.date))


def _tags(kit: Kit, frame: Frame) -> Iterator[list[str | int]]:
    """A row for each tag: cells of one line, so that several of them are copied without quotation marks about them."""
    for place, each in enumerate(kit.articles):
        for name, content in article_head(frame, kit.edition, place).names:
            if name not in _OTHERS_KNOW:
                said = whole_summary(content) if name == _SUMMARY_TAG else content
                line = f'<meta name="{escape(name)}" content="{escape(said)}">'
                yield [each.card.number, each.card.title, name, line]


def _pictures(kit: Kit) -> Iterator[list[str | int]]:
    for each in kit.articles:
        for shown in each.pictures:
            size = (shown.picture.width_px, shown.picture.height_px)
            yield [each.card.number, shown.file, shown.alternative, shown.caption, *size]


def _write(sheet: Worksheet, head: tuple[str, ...], rows: Iterable[list[str | int]], widths: tuple[int, ...]) -> None:
    for number, row in enumerate((list[str | int](head), *rows), start=1):
        for place, said in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            if isinstance(said, str):
                write_text(cell, said)
            else:
                cell.value = said
            cell.border = _BORDER
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "C2"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
