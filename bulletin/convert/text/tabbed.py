"""Tables in plain text: lines with as many tabs each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bulletin.model.foreign import ForeignBlock, ForeignCell, ForeignParagraph, ForeignTable, Run

_LEAST_CELLS = 6
"""Two lines with one tab each are hardly a table."""


def with_tables(paragraphs: list[ForeignParagraph]) -> Iterator[ForeignBlock]:
    """The paragraphs; lines that follow each other with tabs at as many places are the rows of a table."""
    for tabs, group in groupby(paragraphs, key=lambda paragraph: paragraph.text.count("\t")):
        rows = list(group)
        if tabs and len(rows) > 1 and (tabs + 1) * len(rows) >= _LEAST_CELLS:
            yield ForeignTable(tuple(_row(paragraph) for paragraph in rows), rows[0].place)
        else:
            yield from rows


def _row(paragraph: ForeignParagraph) -> tuple[ForeignCell, ...]:
    cells = paragraph.text.split("\t")
    return tuple(ForeignCell((ForeignParagraph((Run(cell.strip()),), paragraph.place),)) for cell in cells)
