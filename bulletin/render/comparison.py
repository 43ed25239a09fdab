"""A comparison to its PDF: A3 on its side, the old page left and the new one right, as they are (no pictures of them), marked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import uharfbuzz

from bulletin.model.artifact import Artifact
from bulletin.model.comparison import Mark, Spread
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.publication import Publication
from bulletin.model.typeface import HEI, TYPEFACES
from bulletin.render.assets import find_asset
from bulletin.render.engine import draw
from bulletin.render.print_css import faces_css, grid_css
from bulletin.render.templates import fill, template_environment

_HALF_MM = 210
_SLOT_TOP_MM, _SLOT_WIDTH_MM, _SLOT_HEIGHT_MM = 11, 200, 276
_SHEET_HEIGHT_PT = 297 * POINTS_PER_MM
_BAR_PT = 2.4
_BAR_IN_PT = 14.0
"""How far inside the outer edge of its page a bar stands."""
_PLACE_PT = 1.4
_MISSING = "〓"
_PADDING_PT = 1.3
"""Between what is boxed and its box."""
_STRUCK_AT = 0.52
"""How far down a line of text it is struck."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions: what it is called, and its PDF."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Box:
    """What is drawn on the sheet: its edges from the left and the top, in points."""

    kind: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a page stands on the sheet, and how much smaller."""

    left: float
    top: float
    width: float
    height: float
    scale: float

    def box(self, mark: Mark, kind: str) -> _Box:
        """What is drawn for a mark: around it, or down to the line that strikes it."""
        padding = _PADDING_PT if kind == "boxed" else 0.0
        height = (mark.top_pt - mark.foot_pt) * self.scale * (_STRUCK_AT if kind == "struck" else 1)
        return _Box(
            kind,
            round(self.left + mark.left_pt * self.scale - padding / 2, 2),
            round(self.top + self.height - mark.top_pt * self.scale - padding, 2),
            round(max((mark.right_pt - mark.left_pt) * self.scale, _PLACE_PT) + padding, 2),
            round(height + 2 * padding, 2),
        )

    def bar(self, mark: Mark, *, at_right: bool) -> _Box:
        """A bar in the outer margin beside the line of a mark."""
        box = self.box(mark, "bar")
        left = self.left + self.width - _BAR_IN_PT if at_right else self.left + _BAR_IN_PT - _BAR_PT
        height = round((mark.top_pt - mark.foot_pt) * self.scale, 2)
        return _Box("bar", round(left, 2), box.top, _BAR_PT, height)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A spread with everything that is drawn on it."""

    label: str
    old_page: int
    new_page: int
    change: str
    frames: tuple[_Slot, ...]
    boxes: tuple[_Box, ...]


def render_comparison(old: Side, new: Side, spreads: Sequence[Spread], publication: Publication, path: str) -> Artifact:
    """The PDF of the spreads, one a sheet. Their text can still be searched.

    Args:
        old: The edition on the left.
        new: The edition on the right.
        spreads: What is shown, in order.
        publication: Whose template, style sheet and faces are used.
        path: What the artifact is called.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`.
    """
    with pikepdf.open(io.BytesIO(old.content)) as left, pikepdf.open(io.BytesIO(new.content)) as right:
        sheets = [_sheet(spread, left, right) for spread in spreads]
        environment = template_environment(publication.templates, lambda _: "", {})
        names = _printable((old.name, new.name), publication)
        html = fill(environment, "print/comparison.html", sheets=sheets, names=names)
        with pikepdf.open(io.BytesIO(_marks_pdf(html, publication))) as marked:
            for place, (sheet, page) in enumerate(zip(sheets, marked.pages, strict=True)):
                if sheet.old_page:
                    _lay_under(page, left.pages[sheet.old_page - 1], sheet.frames[0], f"/Old{place}")
                if sheet.new_page:
                    _lay_under(page, right.pages[sheet.new_page - 1], sheet.frames[1], f"/New{place}")
            file = io.BytesIO()
            marked.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Artifact(path, "application/pdf", file.getvalue())


def _lay_under(sheet: pikepdf.Page, page: pikepdf.Page, slot: _Slot, called: str) -> None:
    """Draws a page as it is below what is drawn on a sheet already.

    Args:
        sheet: What it is drawn on.
        page: The page, of another file.
        slot: Where.
        called: A name that no other page has: the engine's sheets have their resources in common. (The library would make up
            another name each time.)
    """
    name = pikepdf.Name(called)
    form = page.as_form_xobject()
    sheet.add_resource(form, pikepdf.Name.XObject, name)
    placed = sheet.calc_form_xobject_placement(
        form, name, _rectangle(slot), invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    sheet.contents_add(placed, prepend=True)


def _marks_pdf(html: str, publication: Publication) -> bytes:
    css = faces_css(dict(publication.faces), HEI.families) + grid_css(publication)
    css += find_asset(publication.assets, "css/comparison.css").read_text("utf-8", errors="replace")
    faces: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(path) for name, path in publication.faces}
    return draw(html, css, faces, find_asset(publication.assets, "fonts/fonts.conf")).content


def _printable(names: Iterable[str], publication: Publication) -> tuple[str, ...]:
    """The names (of files, in whatever script) with 〓 for each character that the faces do not have."""
    paths = dict(publication.faces)
    files = {face.file for face in TYPEFACES if face.family in HEI.families}
    known = {code for file in files for code in uharfbuzz.Face(uharfbuzz.Blob.from_file_path(paths[file])).unicodes}
    return tuple("".join(each if ord(each) in known else _MISSING for each in name) for name in names)


def _sheet(spread: Spread, left: pikepdf.Pdf, right: pikepdf.Pdf) -> _Sheet:
    slots = _slot(left, spread.old_page, 0), _slot(right, spread.new_page, 1)
    boxes = (*_boxes(slots[0], spread.struck, "struck"), *_boxes(slots[1], spread.boxed, "boxed"))
    label = f"{spread.old_page or '—'} → {spread.new_page or '—'}"
    return _Sheet(label, spread.old_page, spread.new_page, spread.change.value, slots, boxes)


def _boxes(slot: _Slot, marks: Sequence[Mark], kind: str) -> Iterator[_Box]:
    for mark in marks:
        yield slot.box(mark, "place" if mark.is_place else kind)
    for mark in {round(mark.foot_pt): mark for mark in marks}.values():
        yield slot.bar(mark, at_right=kind == "boxed")


def _slot(document: pikepdf.Pdf, number: int, half: int) -> _Slot:
    """Where a page stands: in the middle of its half of the sheet, as large as it fits."""
    width, height = _size_of(document.pages[number - 1]) if number else (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
    scale = min(_SLOT_WIDTH_MM * POINTS_PER_MM / width, _SLOT_HEIGHT_MM * POINTS_PER_MM / height)
    left = (half + 0.5) * _HALF_MM * POINTS_PER_MM - width * scale / 2
    return _Slot(left, _SLOT_TOP_MM * POINTS_PER_MM, width * scale, height * scale, scale)


def _size_of(page: pikepdf.Page) -> tuple[float, float]:
    left, foot, right, top = (float(edge) for edge in page.trimbox)
    return right - left, top - foot


def _rectangle(slot: _Slot) -> pikepdf.Rectangle:
    top = _SHEET_HEIGHT_PT - slot.top
    return pikepdf.Rectangle(slot.left, top - slot.height, slot.left + slot.width, top)
