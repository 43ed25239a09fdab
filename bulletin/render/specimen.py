"""The type specimen to its PDF."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from bulletin import __version__
from bulletin.model.artifact import Artifact
from bulletin.model.publication import Publication
from bulletin.model.specimen import Rule, TypesetRule
from bulletin.model.typeface import TYPEFACES
from bulletin.render.assets import find_asset
from bulletin.render.engine import draw, engine_versions
from bulletin.render.print_css import class_of, print_css
from bulletin.render.templates import fill, template_environment

SPECIMEN_PATH = "specimen.pdf"


def render_specimen(rules: tuple[TypesetRule, ...], publication: Publication) -> Artifact:
    """`specimen.pdf`: each rule with its example, as the layout engine alone sets it and as the composer does.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`.
    """
    faces: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(path) for name, path in publication.faces}
    html, css = _render_html(rules, publication), print_css(rules, publication)
    return Artifact(SPECIMEN_PATH, "application/pdf", draw(html, css, faces, _fontconfig(publication)).content)


def specimen_fingerprint(rules: tuple[Rule, ...], publication: Publication) -> str:
    """A digest of all that decides how the specimen comes out: its texts and style sheet, the faces, and every version.

    Raises:
        MissingLibrary: A system library is not installed.
    """
    faces = [face_mark(name, path) for name, path in publication.faces]
    versions = (__version__, engine_versions(_fontconfig(publication)))
    parts = (rules, print_css((), publication), faces, versions)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def face_mark(name: str, path: str) -> tuple[str | int, ...]:
    """What changes when a face does: a prepared one has a name that tells its content."""
    if any(face.house for face in TYPEFACES if face.file == name):
        return name, Path(path).name
    return name, path, os.stat(path).st_size, os.stat(path).st_mtime_ns


def _render_html(rules: tuple[TypesetRule, ...], publication: Publication) -> str:
    environment = template_environment(publication.templates, lambda _: "", {})
    environment.filters["spacing"] = class_of
    return fill(environment, "print/specimen.html", rules=rules, language=publication.language)


def _fontconfig(publication: Publication) -> Path:
    return find_asset(publication.assets, "fonts/fonts.conf")
