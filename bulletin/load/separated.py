"""Text files with a row a line (`.csv`) to tables."""

from __future__ import annotations

import csv
import io

from bulletin.load.sheet import MOST_COLUMNS, MOST_ROWS, SAVE_AS, Sheet, clean, too_many_rows
from bulletin.model.encoding import decode
from bulletin.model.problem import Outcome, Span, error, message
from bulletin.model.recipient_list import unguarded

SEPARATORS = ",\t;"


def read_separated(content: bytes, path: str) -> Outcome[tuple[Sheet, ...]]:
    """The table in each way in which it can be read: which mark parts its columns is seen only by its headings."""
    decoded = decode(content, path)
    if decoded.value is None:
        return Outcome(None, decoded.problems)
    read = [_separated(decoded.value, path, separator) for separator in SEPARATORS]
    sheets = tuple(outcome.value for outcome in read if outcome.value)
    return Outcome(sheets) if sheets else Outcome(None, read[0].problems)


def _separated(text: str, path: str, separator: str) -> Outcome[Sheet]:
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(tuple(unguarded(clean(cell)) for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                return Outcome(None, (too_many_rows(path),))
    except csv.Error:
        what = message("从这一行起引号不成对，或一格里的文字太长")
        return Outcome(None, (error("sheet-file", Span(path, len(rows) + 1, 1), what, SAVE_AS),))
    return Outcome(Sheet(path, "", tuple(rows)))
