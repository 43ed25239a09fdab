"""The digits of copy numbers: drawn when the issue is built, while the engine is at hand, and kept for the copies."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.publication import Publication
from bulletin.publish import publish_folder
from bulletin.render.copies import DigitFace, digits_fingerprint, draw_digits

_FOLDER = ".digits"
"""In the output folder: the digits that were drawn last, named by the digest of all that decides them."""


def assure_digits(publication: Publication, output: Path) -> DigitFace:
    """The digits of a publication, its own faces prepared, as they are kept below `output`; drawn now if they are not.

    Raises:
        MissingLibrary, RenderingFailed: They cannot be drawn.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    name = f"{digits_fingerprint(publication)[:32]}.pdf"
    kept = output / _FOLDER / name
    if kept.is_file():
        return DigitFace.read(kept.read_bytes())
    digits = draw_digits(publication)
    publish_folder(output, _FOLDER, (Artifact(f"{_FOLDER}/{name}", "application/pdf", digits.content),))
    return digits
