"""A table that people keep in Excel, as rows of text, with the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bulletin.load.files import MEGABYTE
from bulletin.model.problem import Problem, Span, error, message

TABLE_LIMIT = 8 * MEGABYTE
MOST_ROWS, MOST_COLUMNS = 10_000, 50
SAVE_AS = message("用 Excel 或 WPS 打开，另存为 .xlsx 再导入")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text, row by row from the first. `merged` names the row that shows what a cell covered by it would, by row and
    column from 1; `problems` are cells that cannot be read."""

    path: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def span(self, row: int, column: int) -> Span:
        """The place of a cell, both counted from 1."""
        return Span(self.path, row, column)


def too_many_rows(path: str) -> Problem:
    """What is said of a table that no bureau has."""
    what = message("表超过 {most} 行", most=MOST_ROWS)
    return error(
        "sheet-file", Span(path), what, message("多半是带格式的空行：把名册复制到新建的表里，另存为 .xlsx 再导入")
    )


def clean(text: str) -> str:
    """The text of a cell on one line, without blanks about it."""
    return "".join(_joined(text.split("\n")))


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines of a cell, a blank between them only where both sides are Latin."""
    last = ""
    for line in (stripped for each in lines if (stripped := each.replace("\r", "").strip())):
        yield " " + line if last.isascii() and last and line[0].isascii() else line
        last = line[-1]
