"""Tables as offices have them, made for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.load.recipient_table import load_recipient_table
from bulletin.model.recipient_list import Field, table_of
from tests.archive import problem_line

Rows = Sequence[Sequence[Any]]


def workbook(path: Path, rows: Rows, finish: Callable[[Worksheet], None] = lambda _sheet: None) -> Path:
    """An `.xlsx` with the rows; `finish` may do to the sheet what else people do."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    finish(sheet)
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes | None) -> Path:
    """The workbook with one part in place of its own, or with one more (`None` takes it away)."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if content is not None:
            new.writestr(name, content)
    path.write_bytes(fresh.getvalue())
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def said(path: Path) -> list[list[str]]:
    """What the table lists, row by row without the blanks at the end; it has no errors."""
    table = load_recipient_table(path)
    assert table.value is not None, table.problems
    return [_stripped(row) for row in table_of(table.value.recipients)]


def _stripped(row: list[str]) -> list[str]:
    return row[: max((index + 1 for index, text in enumerate(row) if text), default=0)]


def faults(path: Path) -> list[str]:
    return [problem_line(problem) for problem in load_recipient_table(path).problems]


HEAD = [field.value for field in Field if field is not Field.ORDER]
