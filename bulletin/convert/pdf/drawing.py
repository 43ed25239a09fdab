"""What is drawn on a page: thin straight lines, and where pictures stand (PDFium)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from bulletin.convert.pdf.glyphs import Turn
from bulletin.convert.pdf.page import Box

OBJECT_LIMIT = 20_000
"""Objects of a page that are looked at: a map or a drawing has more, a page of text has not."""
_DEEPEST = 4
_THIN_PT = 3.0
_LEVEL_PT = 1.0
_SHORTEST_PT = 6.0
_SEGMENTS = 400
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """Straight lines of a page, and its pictures: the object of PDFium with its place."""

    rules: list[Box] = field(default_factory=list)
    pictures: list[tuple[object, Box]] = field(default_factory=list)
    left: int = OBJECT_LIMIT


def drawn_on(page: pdfium.PdfPage) -> Drawn:
    """The lines and pictures of a page."""
    drawn = Drawn()
    turn = Turn.of(page)
    raw = page.raw
    count = pdfium_c.FPDFPage_CountObjects(raw)
    for index in range(min(count, OBJECT_LIMIT)):
        _look(pdfium_c.FPDFPage_GetObject(raw, index), _IDENTITY, turn, drawn, 0)
    return drawn


def _look(each: object, outer: _Matrix, turn: Turn, drawn: Drawn, depth: int) -> None:
    drawn.left -= 1
    if drawn.left < 0:
        return
    match pdfium_c.FPDFPageObj_GetType(each):
        case pdfium_c.FPDF_PAGEOBJ_PATH:
            drawn.rules += _rules(each, _times(_matrix(each), outer), turn)
        case pdfium_c.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append((each, _square(_times(_matrix(each), outer), turn)))
        case pdfium_c.FPDF_PAGEOBJ_FORM if depth < _DEEPEST:
            inner = _times(_matrix(each), outer)
            for index in range(min(pdfium_c.FPDFFormObj_CountObjects(each), OBJECT_LIMIT)):
                _look(pdfium_c.FPDFFormObj_GetObject(each, index), inner, turn, drawn, depth + 1)


def _matrix(each: object) -> _Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(each, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """ISO 32000-1, 8.3.4: first the inner, then the outer."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _square(matrix: _Matrix, turn: Turn) -> Box:
    """The place of a picture: the unit square under its matrix."""
    corners = [turn.point(*_at(matrix, x, y)) for x in (0, 1) for y in (0, 1)]
    across, upwards = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(across), min(upwards), max(across), max(upwards))


def _rules(path: object, matrix: _Matrix, turn: Turn) -> Iterator[Box]:
    """The straight lines of a path: strokes along the page, and filled boxes that are as thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)
    points = list(_points(path, matrix, turn))
    if stroke.value:
        for (x1, y1, _), (x2, y2, draws) in pairwise(points):
            if draws and (abs(x1 - x2) <= _LEVEL_PT or abs(y1 - y2) <= _LEVEL_PT):
                yield from _long_enough(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    elif fill.value and points:
        across, upwards = [x for x, _, _ in points], [y for _, y, _ in points]
        box = Box(min(across), min(upwards), max(across), max(upwards))
        if min(box.width, box.height) <= _THIN_PT:
            yield from _long_enough(box)


def _long_enough(box: Box) -> Iterator[Box]:
    if max(box.width, box.height) >= _SHORTEST_PT:
        yield box


def _points(path: object, matrix: _Matrix, turn: Turn) -> Iterator[tuple[float, float, bool]]:
    """The points of a path, each with whether a straight line leads to it; a closed part ends where it began."""
    x, y = ctypes.c_float(), ctypes.c_float()
    begun: tuple[float, float] | None = None
    for index in range(min(pdfium_c.FPDFPath_CountSegments(path), _SEGMENTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        if not segment or not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = turn.point(*_at(matrix, x.value, y.value))
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            begun = point
        yield *point, kind == pdfium_c.FPDF_SEGMENT_LINETO
        if pdfium_c.FPDFPathSegment_GetClose(segment) and begun is not None:
            yield *begun, True
