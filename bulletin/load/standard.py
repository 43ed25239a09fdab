"""The 通用规范汉字表 (国发〔2013〕23号): what characters a face for Chinese text should have."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.files import MEGABYTE, read_bytes

_FILE = "characters/standard.txt"


def load_standard_characters(assets: tuple[str, ...]) -> frozenset[str]:
    """The 8,105 characters of the table; `assets` are the folders to look in."""
    folder = next(folder for folder in assets if Path(folder, _FILE).is_file())
    content = read_bytes(Path(folder), _FILE, MEGABYTE).value or b""
    return frozenset("".join(content.decode("utf-8", errors="replace").split()))
