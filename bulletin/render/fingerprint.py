"""A digest of everything but the text that decides how the printed issue looks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bulletin import __version__
from bulletin.model.publication import Publication
from bulletin.model.typeface import TYPEFACES
from bulletin.render.assets import WEB_PDF_SHEET, find_asset
from bulletin.render.versions import library_versions


def print_fingerprint(publication: Publication) -> str:
    """A SHA-256 of settings, style sheet, templates and faces: of their content, so that it is the same on every machine."""
    digest = hashlib.sha256(find_asset(publication.assets, "css/print.css").read_bytes())
    settings = (publication.typesetting, publication.layout, publication.copy_number, publication.pdf_standard)
    digest.update(repr(settings).encode())
    for template in _templates(publication):
        digest.update(template.name.encode() + template.read_bytes())
    built_in = {face.file for face in TYPEFACES if not face.house}
    for name, path in publication.faces:
        if name in built_in:
            digest.update(name.encode() + hashlib.sha256(Path(path).read_bytes()).digest())
    for face in publication.house_faces:
        digest.update(f"{face.role.name} {face.member}".encode() + hashlib.sha256(face.content).digest())
    return f"sha256:{digest.hexdigest()}"


def web_pdf_fingerprint(publication: Publication) -> str:
    """A digest of everything but the text that decides how the web's PDF comes out, versions among them; the layout engine is not
    loaded for it."""
    digest = hashlib.sha256(print_fingerprint(publication).encode())
    digest.update(find_asset(publication.assets, WEB_PDF_SHEET).read_bytes())
    digest.update(repr((__version__, library_versions())).encode())
    return f"sha256:{digest.hexdigest()}"


def _templates(publication: Publication) -> list[Path]:
    """All that the print template may take in: whatever lies beside it, or beside what takes its place."""
    folders = [Path(folder) for folder in publication.templates]
    print_folders = [folder / "print" for folder in folders]
    return sorted(path for folder in (*folders, *print_folders) for path in folder.glob("*.html"))
