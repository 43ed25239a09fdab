"""Editions to artifacts. Heavy libraries are imported where they are used."""

from bulletin.render.fingerprint import print_fingerprint
from bulletin.render.print_edition import render_print
from bulletin.render.proof import render_proof
from bulletin.render.specimen import render_specimen, specimen_fingerprint
from bulletin.render.web_edition import render_web

__all__ = [
    "print_fingerprint",
    "render_print",
    "render_proof",
    "render_specimen",
    "render_web",
    "specimen_fingerprint",
]
