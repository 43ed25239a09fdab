"""The list of recipients as a table for Excel: `.xlsx` and `.csv`, the same bytes for the same list."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bulletin.model.artifact import Artifact
from bulletin.model.recipient import Recipient, Route
from bulletin.model.recipient_list import COLUMNS, Field, guarded, table_of
from bulletin.model.width import width_of

if TYPE_CHECKING:
    from openpyxl.styles import Border
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET, _TITLE = "名册", "发送对象名册"
_NARROWEST, _WIDEST = 8, 60
_NUMBERS, _DAYS = frozenset({Field.COPIES, Field.COUNT}), frozenset({Field.SINCE, Field.UNTIL})
_HEAD_COLOUR, _LINE_COLOUR = "FFE7E6E6", "FFBFBFBF"
_SPARE_ROWS = 200
"""Rows below the list in which the choice of routes is offered too."""
_LAST_DAY_OF_NONE = date(1900, 3, 1)
"""Excel counts a day that there never was, 29 February 1900; days before it are written as text."""


def render_csv(recipients: tuple[Recipient, ...], name: str) -> Artifact:
    """A `.csv` that Excel opens as Chinese: UTF-8 with its mark (BOM)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(field.value for field in COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in table_of(recipients))
    return Artifact(name, "text/csv", text.getvalue().encode("utf-8-sig"))


def render_workbook(recipients: tuple[Recipient, ...], name: str) -> Artifact:
    """An `.xlsx` to work in: head and names stay in view, telephones stay text, routes are chosen from a list."""
    from openpyxl import Workbook

    from bulletin.render.workbook import WORKBOOK_TYPE, workbook_bytes

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet(_SHEET)
    rows = table_of(recipients)
    for column, field in enumerate(COLUMNS, start=1):
        _style_head(sheet.cell(1, column, field.value))
        for number, row in enumerate(rows, start=2):
            _fill(sheet.cell(number, column), field, row[column - 1])
    _arrange(sheet, rows)
    return Artifact(name, WORKBOOK_TYPE, workbook_bytes(book, _TITLE))


def _style_head(cell: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=_HEAD_COLOUR)
    cell.alignment = Alignment("center", "center")
    cell.border = _thin_border()


def _thin_border() -> Border:
    from openpyxl.styles import Border, Side

    line = Side("thin", color=_LINE_COLOUR)
    return Border(line, line, line, line)


def _fill(cell: Any, field: Field, text: str) -> None:
    """Numbers and days as such, all else as text that Excel takes for nothing more."""
    from openpyxl.styles import Alignment

    from bulletin.render.workbook import write_text

    centred = field in _NUMBERS | _DAYS
    cell.alignment = Alignment("center" if centred else None, "center", wrap_text=field is Field.ADDRESS)
    cell.border = _thin_border()
    if not text:
        cell.number_format = "yyyy-mm-dd" if field in _DAYS else "General" if field in _NUMBERS else "@"
    elif field in _NUMBERS:
        cell.value = int(text)
    elif field in _DAYS and date.fromisoformat(text) >= _LAST_DAY_OF_NONE:
        cell.value = date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
    else:
        write_text(cell, text)


def _arrange(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Widths, what stays in view, the choice of routes, and how it is printed."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, field in enumerate(COLUMNS):
        widest = max([width_of(field.value), *(width_of(row[column]) for row in rows)])
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    letter = get_column_letter(COLUMNS.index(Field.ROUTE) + 1)
    names = ",".join(route.value for route in Route)
    choice = DataValidation(type="list", formula1=f'"{names}"', allow_blank=True, showErrorMessage=True)
    choice.add(f"{letter}2:{letter}{len(rows) + 1 + _SPARE_ROWS}")
    sheet.add_data_validation(choice)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4 (ECMA-376, 18.3.1.63)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
