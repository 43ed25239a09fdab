"""Workbooks read back by what stands in their parts, not by the library that wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from defusedxml.ElementTree import fromstring

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LETTERS = re.compile("[A-Z]+")
_ALPHABET = 26
_KINDS = frozenset({"inlineStr", "n", None})
"""Texts that stand in their cells, and numbers; a table of shared texts could hold what no cell shows."""


def read_sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The rows of each sheet by its name, every cell as text.

    Source: ISO/IEC 29500-1, 18.2.20 (sheet), 18.3.1.4 (c), 18.4.8 (is).

    Raises:
        ValueError, KeyError: A part is not there, or not as it should be; a cell holds a formula.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [each.attrib["name"] for each in fromstring(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")]
        return {
            name: list(_rows(parts.read(f"xl/worksheets/sheet{place}.xml")))
            for place, name in enumerate(names, start=1)
        }


def _rows(part: bytes) -> Iterator[list[str]]:
    for row in fromstring(part).iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            if cell.find(f"{_MAIN}f") is not None or cell.get("t") not in _KINDS:
                raise ValueError(cell.attrib["r"])
            cells += [""] * (_column(cell.attrib["r"]) - len(cells))
            cells.append("".join(cell.itertext()))
        yield cells


def _column(reference: str) -> int:
    """The place of a cell in its row, from 0: 27 for `AB7`."""
    found = _LETTERS.match(reference)
    place = 0
    for letter in found[0] if found else "A":
        place = place * _ALPHABET + ord(letter) - ord("A") + 1
    return place - 1
