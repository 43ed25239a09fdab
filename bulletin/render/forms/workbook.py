"""A register as a workbook: the same columns and rows, ready to print."""

from __future__ import annotations

import math
import unicodedata
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.model.artifact import Artifact
from bulletin.model.forms import BINDING_MM, EDGE_MM, FOOT_MM, HEAD_MM, Column, ColumnKind, FormPart, TableForm
from bulletin.model.key import IssueKey
from bulletin.model.page import POINTS_PER_MM
from bulletin.render.forms.pdf import FORMS_FOLDER
from bulletin.render.workbook import WORKBOOK_TYPE, workbook_bytes, write_text

_FACE, _HEAD_FACE = "宋体", "黑体"
_THIN = Side("thin")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_PIXELS_PER_MM = 96 / 25.4
_DIGIT_PX, _CELL_PADDING_PX = 7, 5
"""Widths of columns are counted in figures of the standard face (ISO/IEC 29500-1, 18.3.1.13)."""
_FIGURES = frozenset({ColumnKind.COUNT, ColumnKind.FIGURE})
_WORDS = frozenset({ColumnKind.TEXT, ColumnKind.REMARK})
_A4 = 9
_MM_PER_INCH = 25.4
_LINE = 1.35
_LONGEST_TITLE = 31
"""Of a worksheet; these marks it may not have."""
_NOT_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", "－"))


def render_table_workbook(form: TableForm, key: IssueKey, day: date) -> Artifact:
    """`<issue>/forms/<stem>.xlsx`, a worksheet for each part."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for part in form.parts:
        title = (part.title or form.name.value).translate(_NOT_IN_TITLE)[:_LONGEST_TITLE]
        sheet: Worksheet = book.create_sheet(title)
        _write_part(sheet, form, part)
        _set_up_page(sheet, form)
    content = workbook_bytes(book, f"{form.subtitle}{form.name.value}", day)
    return Artifact(f"{key}/{FORMS_FOLDER}/{form.stem}.xlsx", WORKBOOK_TYPE, content)


def _write_part(sheet: Worksheet, form: TableForm, part: FormPart) -> None:
    title = form.name.value + (f"（{part.title}）" if part.title else "")
    row = _write_line(sheet, 1, title, form, Font(_HEAD_FACE, 18))
    row = _write_line(sheet, row, form.subtitle, form, Font(_FACE, 12))
    if facts := form.facts + part.facts:
        row = _write_line(sheet, row, "　".join(f"{label}：{value or '＿＿＿＿＿＿'}" for label, value in facts), form)
    head = row
    _write_row(sheet, row, tuple(column.title for column in form.columns), form, bold=True)
    for row, texts in enumerate((*part.rows, *([part.total] if part.total else [])), start=head + 1):
        _write_row(sheet, row, texts, form)
    row = sheet.max_row + 1
    for note in form.notes + part.notes:
        row = _write_line(sheet, row, note, form)
    if form.signatures:
        row = _write_line(sheet, row + 1, "　　".join(f"{label}：＿＿＿＿＿＿" for label in form.signatures), form)
    _write_line(sheet, row, form.anchor, form, Font(_FACE, 7.5))
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"


def _write_line(sheet: Worksheet, row: int, text: str, form: TableForm, font: Font | None = None) -> int:
    """A text over the whole width; titles in the middle. Returns the row after it."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(form.columns))
    cell = sheet.cell(row, 1)
    write_text(cell, text)
    face = font or Font(_FACE, form.size_pt)
    cell.font = face
    size_pt = float(face.sz or form.size_pt)
    cell.alignment = Alignment("center" if size_pt > form.size_pt else "left", "center", wrap_text=True)
    width_pt = sum(column.width_mm for column in form.columns) * POINTS_PER_MM
    sheet.row_dimensions[row].height = size_pt * _LINE * math.ceil(_width_em(text) * size_pt / width_pt) + 4
    return row + 1


def _write_row(sheet: Worksheet, row: int, texts: tuple[str, ...], form: TableForm, *, bold: bool = False) -> None:
    lines = 1
    for place, (text, column) in enumerate(zip(texts, form.columns, strict=True), start=1):
        cell = sheet.cell(row, place)
        if column.kind in _FIGURES and text.isdecimal():
            cell.value = int(text)
        elif text:
            write_text(cell, text)
        cell.border = _BORDER
        cell.font = Font(_HEAD_FACE if bold else _FACE, form.size_pt)
        left = column.kind in _WORDS and not bold
        cell.alignment = Alignment("left" if left else "center", "center", wrap_text=True)
        room_em = (column.width_mm - 3) * POINTS_PER_MM / form.size_pt
        lines = max(lines, math.ceil(_width_em(text) / room_em))
    sheet.row_dimensions[row].height = max(form.row_mm * POINTS_PER_MM, lines * form.size_pt * _LINE + 4)


def _width_em(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55 for character in text)


def _set_up_page(sheet: Worksheet, form: TableForm) -> None:
    for place, column in enumerate(form.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width_in_figures(column)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if form.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left, margins.right = BINDING_MM / _MM_PER_INCH, EDGE_MM / _MM_PER_INCH
    margins.top, margins.bottom = HEAD_MM / _MM_PER_INCH, FOOT_MM / _MM_PER_INCH
    margins.header = margins.footer = 0.2
    sheet.print_options.horizontalCentered = True
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"


def _width_in_figures(column: Column) -> float:
    return round((column.width_mm * _PIXELS_PER_MM - _CELL_PADDING_PX) / _DIGIT_PX, 2)
