"""Workbooks of Excel to tables: what may be hostile is refused before any library reads it (safety, rows 18 and 19)."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bulletin.load.files import MEGABYTE, size_text
from bulletin.load.sheet import MOST_COLUMNS, MOST_ROWS, SAVE_AS, Sheet, clean, too_many_rows
from bulletin.model.errors import BulletinError
from bulletin.model.problem import Message, Outcome, Problem, Span, error, message

UNPACKED_LIMIT = 24 * MEGABYTE
MOST_PARTS, MOST_SHEETS = 1000, 50
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Excel, and anything with a password ([MS-CFB], 2.2)."""
_TEXT_PART = re.compile(r"(?i).*\.(xml|rels|vml)")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?P<name>[^"']*)""")
_READABLE = frozenset({b"utf-8", b"utf-16", b"us-ascii"})


def read_workbook(content: bytes, path: str) -> Outcome[tuple[Sheet, ...]]:
    """The sheets that are not hidden."""
    refused = _refusal(content)
    if refused:
        return Outcome(None, (error("sheet-file", Span(path), *refused),))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl passes over: rules of formatting, pictures
        try:
            return _read(content, path)
        except (BulletinError, MemoryError):
            raise
        except Exception as fault:  # a broken workbook breaks its reader in any way there is
            what = message(
                "Excel 文件已损坏，读不出来（英文说明：{reason}）", reason=f"{type(fault).__name__}: {fault}"[:200]
            )
            return Outcome(None, (error("sheet-file", Span(path), what, SAVE_AS),))


def _refusal(content: bytes) -> tuple[Message, Message] | None:
    """Why the file is not opened, and what to do."""
    if content.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return message("文件有打开密码"), message("在 Excel 里去掉密码，另存为 .xlsx 再导入")
        return message("这是旧格式的 Excel 文件（.xls）"), SAVE_AS
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _refused_parts(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as fault:
        return message("这不是 Excel 文件，或已损坏（英文说明：{reason}）", reason=str(fault)), SAVE_AS


def _refused_parts(archive: zipfile.ZipFile) -> tuple[Message, Message] | None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        return message("文件内部的部件太多，或有重名"), SAVE_AS
    if any(part.flag_bits & 1 for part in parts):
        return message("文件有打开密码"), message("在 Excel 里去掉密码，另存为 .xlsx 再导入")
    if any(name.endswith(("vbaproject.bin", "macrosheets/sheet1.xml")) for name in names):
        return message("文件带宏，不能导入"), message("在 Excel 里另存为不带宏的 .xlsx 再导入")
    if "xl/workbook.xml" not in names:
        return message("这不是 .xlsx 表格"), SAVE_AS
    texts = [part for part in parts if _TEXT_PART.fullmatch(part.filename)]
    size = sum(part.file_size for part in texts)
    if size > UNPACKED_LIMIT:
        what = message("解开后有 {size}，超过上限 {limit}", size=size_text(size), limit=size_text(UNPACKED_LIMIT))
        return what, message("多半是带格式的空行：把名册复制到新建的表里，另存为 .xlsx 再导入")
    if any(_declares(archive.read(part)) for part in texts):
        return message("文件里有 Excel 不会写的内容（DTD）"), SAVE_AS
    return None


def _declares(part: bytes) -> bool:
    """True if the part has a document type, which OOXML forbids, or an encoding in which one could hide."""
    declared = _DECLARED.search(part[:200])
    if declared and declared["name"].lower() not in _READABLE:
        return True
    return any("<!DOCTYPE".encode(codec) in part for codec in ("utf-8", "utf-16-le", "utf-16-be"))


def _read(content: bytes, path: str) -> Outcome[tuple[Sheet, ...]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = []
    for worksheet in book.worksheets[:MOST_SHEETS]:
        if worksheet.sheet_state == "visible":
            sheet = _sheet(worksheet, path)
            if sheet is None:
                return Outcome(None, (too_many_rows(path),))
            sheets.append(sheet)
    return Outcome(tuple(sheets))


def _sheet(worksheet: Any, path: str) -> Sheet | None:
    """The sheet as text; none where it has too many rows. What it says of its own size is not believed."""
    worksheet.reset_dimensions()
    rows: list[tuple[str, ...]] = []
    problems: list[Problem] = []
    for cells in worksheet.iter_rows(max_col=MOST_COLUMNS):
        rows.append(tuple(clean(_text(cell.value)) for cell in cells))
        if len(rows) > MOST_ROWS:
            return None
        wrong = [number for number, cell in enumerate(cells, start=1) if cell.data_type == "e"]
        problems += (_unread(Span(path, len(rows), number), rows[-1][number - 1]) for number in wrong)
    merged, unknown = _merged_and_unknown(worksheet)
    problems += (_unread(Span(path, row, column)) for row, column in unknown)
    return Sheet(path, worksheet.title, tuple(rows), merged, tuple(problems))


def _unread(span: Span, shown: str = "") -> Problem:
    what = message("公式出错：{shown}", shown=shown) if shown else message("公式还没有算出结果")
    return error("sheet-cell", span, what, message("把它改成文字或数字：复制后“选择性粘贴”为“数值”"))


def _text(value: object) -> str:
    """What a cell shows, in plain writing: `2`, `2026-01-31`."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _merged_and_unknown(worksheet: Any) -> tuple[dict[tuple[int, int], int], list[tuple[int, int]]]:
    """What openpyxl does not tell of a sheet that it reads row by row: cells merged downwards, formulas without a result."""
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    merged: dict[tuple[int, int], int] = {}
    unknown = []
    covered = 0
    for name, element in _elements(worksheet):
        if name == "mergeCell":
            left, top, _right, bottom = (int(edge or 0) for edge in range_boundaries(element.get("ref")))
            bottom = min(bottom, MOST_ROWS)
            covered += max(0, bottom - top)
            if covered > MOST_ROWS * MOST_COLUMNS:
                raise ValueError("more merged cells than cells")
            merged |= {(row, left): top for row in range(top + 1, bottom + 1)}
        elif name == "c" and _not_computed(element) and element.get("r"):
            unknown.append(coordinate_to_tuple(element.get("r")))
    return merged, unknown


def _not_computed(cell: Any) -> bool:
    """True for a formula without a result; an empty text is one (ECMA-376, 18.18.11: `str`)."""
    parts = {_name(each): each.text for each in cell}
    return "f" in parts and not parts.get("v") and cell.get("t") != "str"


def _elements(worksheet: Any) -> Iterator[tuple[str, Any]]:
    from defusedxml.ElementTree import iterparse

    with worksheet._get_source() as part:
        for _event, element in iterparse(part, forbid_dtd=True):
            yield _name(element), element
            if _name(element) == "row":
                element.clear()


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
