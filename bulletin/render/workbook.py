"""Workbooks (.xlsx) that are the same bytes each time, and in which no text is ever a formula."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.writer.excel import ExcelWriter

from bulletin.model.recipient_list import FORMULA_MARKS

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can state (APPNOTE.TXT, 4.4.6)."""
_CORE = "docProps/core.xml"
_NO_MOMENT, _MOMENTS = datetime(*_EPOCH[:3]), re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
"""The library cannot write properties without a moment; so it is taken out again."""
_TEXT_FORMAT = "@"


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Writes the text as such: `=1+1`, `+86`, `-` and `@` stay what they are, when the cell is edited too.

    *Source:* ISO/IEC 29500-1, 18.3.1.4 (t), 18.8.45 (quotePrefix).
    """
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    cell.quotePrefix = text.startswith(FORMULA_MARKS)


def workbook_bytes(book: Workbook, title: str, day: date | None = None) -> bytes:
    """The file, with the day of what it is about, or none, in place of the hour when it was made."""
    moment = datetime(day.year, day.month, day.day) if day else _NO_MOMENT
    properties = book.properties
    properties.title, properties.creator, properties.language = title, None, "zh-CN"
    properties.created = properties.modified = moment
    written, timeless = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()  # the workbook's own `save` states the hour
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(timeless, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            part = _MOMENTS.sub(b"", part) if name == _CORE and not day else part
            target.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return timeless.getvalue()
