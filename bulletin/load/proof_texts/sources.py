"""Where the parser took the source of each paragraph, heading and cell from: its lines with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin.load.proof_texts.placed import Placed, Placing, Stretch
from bulletin.model.proof_text import Anchor

_HEADING_MARK = re.compile(r"[^#]*#+[ \t]*")
_QUOTE_MARKS = " \t>"
_CELL_END = re.compile(r"(?<!\\)\|")
_ESCAPED_BAR = re.compile(r"(\\\|)")


def paragraph_source(content: str, rows: Sequence[str], line: int) -> Placed:
    """The lines of a paragraph: each is the end of a row of the file; blanks were taken from its first and last one. `line` is the number of the
    first row in the file."""
    lines = content.split("\n")
    skipped = next((place for place, row in enumerate(rows) if row.rstrip().endswith(lines[0].strip())), 0)
    placing = Placing()
    for number, said in enumerate(lines):
        row = rows[skipped + number]
        trimmed = number == len(lines) - 1
        column = len(row.rstrip()) - len(said.rstrip()) + 1 if trimmed else len(row) - len(said) + 1
        made = max(0, 1 - column)  # blanks that the parser made of a tab
        placing.add_altered(said[:made], (line + skipped + number, 1))
        placing.add(said[made:] + "\n", (line + skipped + number, column + made))
    return placing.placed.part(0, len(content))


def heading_source(content: str, row: str, line: int) -> Placed:
    """What follows the marks of a heading."""
    mark = _HEADING_MARK.match(row)
    column = row.find(content, mark.end() if mark else 0) + 1
    return Placed(content, (Anchor(0, line, column),))


def row_sources(cells: Sequence[str], row: str, line: int, *, head: bool = False) -> tuple[Placed, ...]:
    """The cells of a row of a table, which the parser made as many as the head has; those that are not in the row are empty.

    A row is cut at each bar that has no backslash before it. What stands before the first bar is a cell, or the marks of quotations and lists
    around the table: only the head may have marks of lists, and its cells are counted.
    """
    ends = [found.start() for found in _CELL_END.finditer(row)]
    parts = list(zip([0, *(end + 1 for end in ends)], [*ends, len(row)], strict=True))
    if not row[slice(*parts[-1])].strip():
        parts.pop()
    if len(parts) > len(cells) if head else not row[slice(*parts[0])].strip().strip(_QUOTE_MARKS):
        del parts[0]
    parts += [(0, 0)] * (len(cells) - len(parts))
    return tuple(_cell_source(said, row, part, line) for said, part in zip(cells, parts, strict=False))


def _cell_source(said: str, row: str, part: Stretch, line: int) -> Placed:
    r"""The characters of a cell: `\|` is a bar."""
    raw = said.replace("|", "\\|")
    column = max(row.rfind(raw, *part), part[0]) + 1
    placing = Placing()
    for piece in _ESCAPED_BAR.split(raw):
        if piece == "\\|":
            placing.add_altered("|", (line, column + 1))
        else:
            placing.add(piece, (line, column))
        column += len(piece)
    return placing.placed
