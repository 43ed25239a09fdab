"""The part of the print style sheet that the grid, the faces and the lines of an edition decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bulletin.model.line import Spacing
from bulletin.model.page import (
    CAPTION_SIZE_PT,
    CELL_LINE_PT,
    CELL_PADDING_PT,
    CELL_SIZE,
    CODE_SIZE_PT,
    COPY_NUMBER_PT,
    FOLIO_TOP_PT,
    IMPRINT_CELLS,
    IMPRINT_LINE_PT,
    IMPRINT_SIZE_PT,
    LINE_PT,
    MARK_SIZE_PT,
    NOTE_LINE_PT,
    NOTE_SIZE,
    TITLE_SIZE_PT,
)
from bulletin.model.prose import Spaced
from bulletin.model.publication import Publication
from bulletin.model.typeface import CHAINS, TYPEFACES, Typeface
from bulletin.model.walk import walk
from bulletin.render.assets import find_asset


def faces_css(files: Collection[str], families: Collection[str] = ()) -> str:
    """A `@font-face` rule for each of the print faces that there is a file of, or for those of some families."""
    return "".join(
        f"@font-face {{ font-family: {face.family}; src: url(asset:fonts/{face.file});{_ranges(face)} }}\n"
        for face in TYPEFACES
        if face.file in files and (not families or face.family in families)
    )


def _ranges(face: Typeface) -> str:
    """The range of a built-in face, which has all of it; the bureau's own are cut to theirs, and may have holes."""
    listed = ", ".join(f"U+{first:X}-{last:X}" for first, last in face.ranges)
    return f" unicode-range: {listed};" if listed and not face.house else ""


def grid_css(publication: Publication) -> str:
    """The grid as custom properties: `--size`, `--pitch`, `--line`, the chains `--fang` … and the usual spacings."""
    size, files = publication.typesetting.size, dict(publication.faces)
    values = {
        "size": f"{size.size_pt:g}pt",
        "pitch": f"{size.pitch_pt:.4f}pt",
        "line": f"{LINE_PT}pt",
        "note-size": f"{NOTE_SIZE.size_pt:g}pt",
        "mark-size": f"{MARK_SIZE_PT:g}pt",
        "code-size": f"{CODE_SIZE_PT:g}pt",
        "title-size": f"{TITLE_SIZE_PT:g}pt",
        "imprint-size": f"{IMPRINT_SIZE_PT:g}pt",
        "imprint-width": f"{IMPRINT_CELLS * IMPRINT_SIZE_PT:g}pt",
        "imprint-line": f"{IMPRINT_LINE_PT:g}pt",
        "note-line": f"{NOTE_LINE_PT:g}pt",
        "cell-size": f"{CELL_SIZE.size_pt:g}pt",
        "cell-line": f"{CELL_LINE_PT:g}pt",
        "cell-padding": f"{CELL_PADDING_PT:g}pt",
        "caption-size": f"{CAPTION_SIZE_PT:g}pt",
        "folio-top": f"{FOLIO_TOP_PT:.2f}pt",
        "copy-number-width": f"{max(publication.copy_number.digits * size.size_pt / 2, COPY_NUMBER_PT):.2f}pt",
        "spacing": features_css(Spacing(size.pitch.asked)),
        "note-spacing": features_css(Spacing(NOTE_SIZE.pitch.asked)),
        "imprint-spacing": features_css(Spacing()),
    } | {chain.name: ", ".join(chain.among(files).families) for chain in CHAINS}
    return ":root {" + "".join(f" --{name}: {value};" for name, value in values.items()) + " }\n"


def head_css(running_head: str) -> str:
    """Rules for pages of class `headed`: the running head above the type area, outside."""
    if not running_head:
        return ""
    text = running_head.replace("\\", "\\\\").replace('"', '\\"')
    said = f'content: "{text}"; font: 10.5pt/1 Lat, Song; padding-bottom: 5mm; vertical-align: bottom'
    return f"@page headed:left {{ @top-left {{ {said} }} }}\n@page headed:right {{ @top-right {{ {said} }} }}\n"


def features_css(spacing: Spacing) -> str:
    """The value of `font-feature-settings` that spaces a line."""
    return ", ".join(f'"{tag}"' for tag in spacing.features)


def class_of(spacing: Spacing) -> str:
    """The class of texts that are spaced so."""
    if spacing.half or spacing.spread:
        return "half" if spacing.half else "spread"
    amounts = (spacing.stretch, spacing.brackets, spacing.commas, spacing.stops, spacing.words, spacing.gap)
    return ("o" if spacing.outdent else "k") + "_".join(str(amount or "").replace("-", "n") for amount in amounts)


def print_css(parts: object, publication: Publication) -> str:
    """The style sheet of what is printed: faces, grid, `assets/css/print.css`, and a rule for each spacing in `parts`."""
    sheet = find_asset(publication.assets, "css/print.css").read_text("utf-8", errors="replace")
    spacings = {spaced.spacing for spaced in walk(parts, Spaced)}
    return faces_css(dict(publication.faces)) + grid_css(publication) + sheet + "".join(sorted(_rules(spacings)))


def _rules(spacings: Iterable[Spacing]) -> Iterator[str]:
    for spacing in spacings:
        outdent = " margin-left: -0.5em;" if spacing.outdent else ""
        white = spacing.gap - spacing.gap_glyph + spacing.words
        gap = f" margin-right: {white / 1000:g}em;" if white else ""
        yield f".{class_of(spacing)} {{ font-feature-settings: {features_css(spacing)};{gap}{outdent} }}\n"
