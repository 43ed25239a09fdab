"""A digest of everything but the text that decides how the printed issue looks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bulletin.model.publication import Publication
from bulletin.render.assets import find_asset
from bulletin.render.print_css import print_css

_TEMPLATES = ("print/issue.html", "prose.html")


def print_fingerprint(publication: Publication) -> str:
    """A SHA-256 of settings, style sheet, templates and faces: of their content, so that it is the same on every machine."""
    digest = hashlib.sha256(print_css((), publication).encode())
    digest.update(repr((publication.typesetting, publication.layout, publication.copy_number)).encode())
    for template in _TEMPLATES:
        digest.update(find_asset(publication.templates, template).read_bytes())
    for name, path in publication.faces:
        digest.update(name.encode() + hashlib.sha256(Path(path).read_bytes()).digest())
    return f"sha256:{digest.hexdigest()}"
