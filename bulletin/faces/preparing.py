"""A font file to a print face: one recipe for the bureau's own, whatever they are like, and the end of it for the built-in ones."""

from __future__ import annotations

import hashlib

import fontTools
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from bulletin.faces.features import (
    add_features,
    add_gaps,
    add_spreads,
    half_source,
    idle_features,
    room_source,
    spacing_source,
)
from bulletin.faces.outlines import EM, cut_down, part_shared_glyphs, place_marks, saved, unify_metrics
from bulletin.faces.source import attempt, characters_of, open_face
from bulletin.model.problem import Outcome
from bulletin.model.publication import HouseFace

RECIPE = 1
"""Raised with every change of what a prepared face is: faces that were prepared by another recipe are not used again."""


def face_digest(face: HouseFace) -> str:
    """What decides the bytes of the prepared face: its source, what it is for, and how it is made."""
    recipe = f"{RECIPE} {fontTools.version} {face.role.name} {face.member or 0} "
    return hashlib.sha256(recipe.encode() + hashlib.sha256(face.content).digest()).hexdigest()


def prepare_face(face: HouseFace, common: frozenset[str]) -> Outcome[bytes]:
    """The face as it is printed with; the source is not changed. The same source gives the same bytes.

    `common` are the Han that get wider glyphs, for the white beside figures and for names that are spread.
    """
    opened = open_face(face)
    font = opened.value
    return attempt(face, lambda: _prepare(face, font, common)) if font is not None else Outcome(None, opened.problems)


def _prepare(face: HouseFace, source: TTFont, common: frozenset[str]) -> Outcome[bytes]:
    latin = face.role.latin
    font = cut_down(source, characters_of(face, source, common), latin=latin)
    unify_metrics(font)
    if not latin:
        part_shared_glyphs(font)
        place_marks(font)
    return Outcome(finish(font, common, latin=latin, spreads=face.role.spreads_names, halves=not latin))


def finish(font: TTFont, common: frozenset[str], *, latin: bool, spreads: bool, halves: bool) -> bytes:
    """The bytes of a face whose outlines are ready, with the features that lines are spaced by.

    Raises:
        ValueError: HarfBuzz does not know what to do with them.
    """
    if not latin and font["head"].unitsPerEm != EM:
        scale_upem(font, EM)  # so that a thousandth of an em is a whole number
    added = [add_gaps(font, common)]
    if spreads:
        added.append(add_spreads(font, common))
    if not latin:
        added.append(spacing_source(font))
    if halves:
        added += [half_source(font), room_source(font)]
    add_features(font, "\n".join(added))
    content = saved(font)
    idle = idle_features(content, "1", ("GAP8",)) if latin else idle_features(content, "汉", ("S128", "GAP8"))
    if idle:
        raise ValueError(f"features without effect: {', '.join(idle)}")
    return content
