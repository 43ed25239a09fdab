"""Tables: no cell is longer than a page can hold, since a row is not split."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, error, message
from bulletin.model.prose import Table
from bulletin.model.walk import characters, walk

LONGEST_ROW = 600


def check_tables(issue: Issue) -> Iterator[Problem]:
    """A cell with more characters than a page has room for beside others."""
    for manuscript in issue.manuscripts:
        for table in walk(manuscript.blocks, Table):
            longest = max((characters(cell) * len(row) for row in (table.head, *table.rows) for cell in row), default=0)
            if longest > LONGEST_ROW * 2:
                what = message("表格里有一格文字太长，一页排不下")
                yield error("table-cell-long", table.span, what, message("把长的文字移到表外，或分成几行"))
