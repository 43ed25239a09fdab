"""Which tables of a page hold data, and which only put things beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bulletin.convert.web_page.content import all_text

_LEAST_CELLS = 2
_LONGEST_CELL = 1_500
"""Characters: a cell with more holds the page."""


def data_tables(body: etree._Element) -> Iterator[etree._Element]:
    """The tables with data: innermost ones with several cells, none of which holds a whole text."""
    outer = {ancestor for table in body.iter("table") for ancestor in _table_around(table)}
    for table in body.iter("table"):
        if table in outer or table.get("role") in ("presentation", "none"):
            continue
        cells = list(table.iter("td", "th"))
        if len(cells) >= _LEAST_CELLS and all(len(all_text(cell)) <= _LONGEST_CELL for cell in cells):
            yield table


def _table_around(table: etree._Element) -> Iterator[etree._Element]:
    """The next table that holds this one."""
    around = next(table.iterancestors("table"), None)
    if around is not None:
        yield around
