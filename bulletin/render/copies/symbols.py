"""Codes that machines read, drawn as squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

import segno
from ppf.datamatrix import DataMatrix

from bulletin.model.stamp import CodePlace

Modules: TypeAlias = Sequence[Sequence[int]]
"""The rows of a code from the top: 1 where there is ink. The white around it is left out."""


def qr_modules(text: str) -> Modules:
    """A QR code (ISO/IEC 18004) that can be read with 15 % of it lost, of text in UTF-8, as telephones take it to be."""
    code = segno.make(text, error="m", micro=False, mode="byte", encoding="utf-8", boost_error=False)
    return code.matrix


def datamatrix_modules(text: str) -> Modules:
    """A square DataMatrix, ECC 200 (ISO/IEC 16022), of ASCII; digits go two to a byte."""
    modules: Modules = DataMatrix(text, codecs=["ascii"]).matrix
    return modules


def symbol_content(modules: Modules, place: CodePlace) -> str:
    """The content that fills the code in the colour that is set, as one path, so that no line shows between its squares."""
    module = place.edge_pt / len(modules)
    squares = "\n".join(f"{column} {row} {width} 1 re" for column, row, width in _runs(modules))
    return f"q {module:.5f} 0 0 {module:.5f} {place.left_pt:.3f} {place.foot_pt:.3f} cm\n{squares}\nf Q"


def _runs(modules: Modules) -> Iterator[tuple[int, int, int]]:
    """Stretches of ink: first column, row from the foot, width."""
    for row, cells in enumerate(modules):
        column = 0
        for ink, run in groupby(cells):
            width = len(list(run))
            if ink:
                yield column, len(modules) - 1 - row, width
            column += width
