"""A digest of everything but the text that decides how the printed issue looks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bulletin.model.publication import Publication
from bulletin.model.typeface import TYPEFACES
from bulletin.render.assets import find_asset

_TEMPLATES = ("print/issue.html", "prose.html")


def print_fingerprint(publication: Publication) -> str:
    """A SHA-256 of settings, style sheet, templates and faces: of their content, so that it is the same on every machine."""
    digest = hashlib.sha256(find_asset(publication.assets, "css/print.css").read_bytes())
    digest.update(repr((publication.typesetting, publication.layout, publication.copy_number)).encode())
    for template in _TEMPLATES:
        digest.update(find_asset(publication.templates, template).read_bytes())
    built_in = {face.file for face in TYPEFACES if not face.house}
    for name, path in publication.faces:
        if name in built_in:
            digest.update(name.encode() + hashlib.sha256(Path(path).read_bytes()).digest())
    for face in publication.house_faces:
        digest.update(f"{face.role.name} {face.member}".encode() + hashlib.sha256(face.content).digest())
    return f"sha256:{digest.hexdigest()}"
