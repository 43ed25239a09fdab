"""The part of the print style sheet that the grid, the faces and the lines of an edition decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bulletin.model.line import Spacing
from bulletin.model.page import (
    CODE_SIZE_PT,
    IMPRINT_CELLS,
    IMPRINT_SIZE_PT,
    LINE_PT,
    MARK_SIZE_PT,
    NOTE_SIZE,
    TITLE_SIZE_PT,
    TypeSize,
)
from bulletin.model.prose import Spaced
from bulletin.model.publication import Publication
from bulletin.model.typeface import CHAINS, TYPEFACES, Typeface
from bulletin.model.walk import walk
from bulletin.render.assets import find_asset


def faces_css(files: Collection[str]) -> str:
    """A `@font-face` rule for each of the print faces that there is a file of."""
    return "".join(
        f"@font-face {{ font-family: {face.family}; src: url(asset:fonts/{face.file});{_ranges(face)} }}\n"
        for face in TYPEFACES
        if face.file in files
    )


def _ranges(face: Typeface) -> str:
    """The range of a built-in face, which has all of it; the bureau's own are cut to theirs, and may have holes."""
    listed = ", ".join(f"U+{first:X}-{last:X}" for first, last in face.ranges)
    return f" unicode-range: {listed};" if listed and not face.house else ""


def grid_css(size: TypeSize, files: Collection[str]) -> str:
    """The grid as custom properties: `--size`, `--pitch`, `--line`, the chains `--fang` … and the usual spacings."""
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
        "spacing": features_css(Spacing(size.pitch.asked)),
        "note-spacing": features_css(Spacing(NOTE_SIZE.pitch.asked)),
        "imprint-spacing": features_css(Spacing()),
    } | {chain.name: ", ".join(chain.among(files).families) for chain in CHAINS}
    return ":root {" + "".join(f" --{name}: {value};" for name, value in values.items()) + " }\n"


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
    files = dict(publication.faces)
    grid = grid_css(publication.typesetting.size, files)
    return faces_css(files) + grid + sheet + "".join(sorted(_rules(spacings)))


def _rules(spacings: Iterable[Spacing]) -> Iterator[str]:
    for spacing in spacings:
        outdent = " margin-left: -0.5em;" if spacing.outdent else ""
        white = spacing.gap - spacing.gap_glyph + spacing.words
        gap = f" margin-right: {white / 1000:g}em;" if white else ""
        yield f".{class_of(spacing)} {{ font-feature-settings: {features_css(spacing)};{gap}{outdent} }}\n"
