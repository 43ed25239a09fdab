"""Finding built-in files and those that a publication puts in their place."""

from __future__ import annotations

from pathlib import Path

WEB_PDF_SHEET = "css/web-pdf.css"
"""What the PDF of the web edition has other than the print PDF."""


def find_asset(folders: tuple[str, ...], name: str) -> Path:
    """The file `name` in the first of `folders` that has it."""
    paths = [Path(folder, name) for folder in folders]
    return next((path for path in paths if path.is_file()), paths[-1])
