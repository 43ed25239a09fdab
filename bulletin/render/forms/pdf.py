"""Registers, slips and labels to PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.forms import (
    BINDING_MM,
    EDGE_MM,
    FOOT_MM,
    HEAD_MM,
    FormName,
    SheetSize,
    Slip,
    SlipSheet,
    TableForm,
)
from bulletin.model.key import IssueKey
from bulletin.model.publication import Publication
from bulletin.render.assets import find_asset
from bulletin.render.engine import draw
from bulletin.render.forms.slips import SlipLevels, levels_of
from bulletin.render.print_css import faces_css, grid_css
from bulletin.render.templates import fill, template_environment

FORMS_FOLDER = "forms"
_NUMBER = re.compile(r"(\d+(?:[－.]\d+)*[、；]?)")
_SLIP_TEMPLATES = {FormName.RECEIPTS: "forms/receipts.html", FormName.LABELS: "forms/labels.html"}


def render_table(form: TableForm, key: IssueKey, publication: Publication) -> Artifact:
    """`<issue>/forms/<stem>.pdf` of a register.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`.
    """
    environment = template_environment(publication.templates, lambda _: "", {})
    html = fill(environment, "forms/table.html", form=form, pieces=_pieces, language=publication.language)
    return _artifact(f"{key}/{FORMS_FOLDER}/{form.stem}.pdf", html, _table_css(form), publication)


def render_slips(sheet: SlipSheet, levels: SlipLevels, key: IssueKey, publication: Publication) -> Artifact:
    """`<issue>/forms/<stem>.pdf` of slips.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`.
    """
    environment = template_environment(publication.templates, lambda _: "", {})
    sheets = [
        [place[1:] for place in places] for _sheet, places in groupby(_placed(sheet, levels), lambda each: each[0])
    ]
    template = _SLIP_TEMPLATES[sheet.name]
    html = fill(environment, template, sheet=sheet, sheets=sheets, language=publication.language)
    return _artifact(f"{key}/{FORMS_FOLDER}/{sheet.stem}.pdf", html, _slips_css(sheet), publication)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and which of them are numbers: figures, a range of them, the mark after them, to stand on one line."""
    return ((piece, place % 2 == 1) for place, piece in enumerate(_NUMBER.split(text)) if piece)


def _placed(sheet: SlipSheet, levels: SlipLevels) -> Iterator[tuple[int, int, int, Slip]]:
    """Sheet, place on it and sizes of each slip."""
    for index, (slip, level) in enumerate(zip(sheet.slips, levels, strict=True), start=sheet.start - 1):
        on_sheet, place = divmod(index, sheet.size.per_sheet)
        yield on_sheet, place, level or 0, slip


def _artifact(path: str, html: str, css: str, publication: Publication) -> Artifact:
    sheet = find_asset(publication.assets, "css/forms.css").read_text("utf-8", errors="replace")
    css = faces_css(dict(publication.faces)) + grid_css(publication) + sheet + css
    faces: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(each) for name, each in publication.faces}
    drawing = draw(html, css, faces, find_asset(publication.assets, "fonts/fonts.conf"))
    return Artifact(path, "application/pdf", drawing.content)


def _table_css(form: TableForm) -> str:
    width, height = form.paper_mm
    rules = [
        f"@page {{ size: {width}mm {height}mm; margin: {HEAD_MM}mm {EDGE_MM}mm {FOOT_MM}mm {BINDING_MM}mm;",
        "  @top-left { content: string(running, first-except); font: 9pt/1 Lat, Song; vertical-align: bottom; padding-bottom: 2mm } }",
        f".register table {{ font-size: {form.size_pt:g}pt }}",
        f".register tbody td {{ height: {form.row_mm:g}mm }}",
    ]
    for place in range(1, len(form.parts) + 1):
        rules += _part_rules(place)
    return "\n".join(rules) + "\n"


def _part_rules(place: int) -> Iterator[str]:
    """Pages that are numbered from the part's first to that on which its last line stands.

    *Source:* CSS Paged Media 3, 6.1 (`page` may be reset); CSS GCPM 3, 6.1 (`:nth()` of named pages); the page on which an anchor
    stands: CSS GCPM 3, 5.1.
    """
    yield f"#part{place} {{ page: part{place} }}"
    yield f"@page :nth(1 of part{place}) {{ counter-reset: page 1 }}"
    last = f'target-counter(url("#end{place}"), page)'
    yield f'@page part{place} {{ @bottom-center {{ content: "第" counter(page) "页　共" {last} "页"; font: 9pt/1 Lat, Song }} }}'


def _slips_css(sheet: SlipSheet) -> str:
    width, height = sheet.size.paper_mm
    rules = [
        f"@page {{ size: {width}mm {height}mm; margin: 0 }}",
        f"section {{ width: {width}mm; height: {height}mm }}",
    ]
    rules += _place_rules(sheet.size)
    for place, level in enumerate(levels_of(sheet)):
        rules.append(
            f".f{place} {{ font-size: {level.text_pt:g}pt }} .f{place} .holder {{ font-size: {level.holder_pt:g}pt }}"
        )
    return "\n".join(rules) + "\n"


def _place_rules(size: SheetSize) -> Iterator[str]:
    yield f".place {{ width: {size.width_mm}mm; height: {size.height_mm}mm }}"
    for place in range(size.per_sheet):
        _sheet, left, top = size.place_mm(place)
        yield f".p{place} {{ left: {left:.3f}mm; top: {top:.3f}mm }}"
