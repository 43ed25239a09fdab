"""Gives the built-in print faces the spacing features that finished lines are made with (bulletin/faces/features.py says how).

    python tools/fonts.py SOURCE… --into assets/fonts

The sources have full-width marks, unified metrics, `halt` and `chws` already (assets/fonts/README.md). Running it on its own output is refused.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from fontTools.ttLib import TTFont

from bulletin.faces.features import has_features
from bulletin.faces.preparing import finish
from bulletin.model.marks import is_han

LATIN = "GWLatin.ttf"
NAMES = {"GWFang.ttf", "GWKai.ttf", "GWWenKai.ttf"}
"""The faces that names are set in."""
COMMON = "GWFang.ttf"
"""Of rare characters, which this face does not have, there are no wider glyphs: a font holds 65,535."""


def prepare(source: Path, folder: Path, common: frozenset[str]) -> None:
    """Writes the face into `folder` with the features; `common` are the Han that get wider glyphs."""
    font = TTFont(source, recalcTimestamp=False)
    if has_features(font):
        raise SystemExit(f"{source}: has the features already")
    content = finish(font, common, latin=source.name == LATIN, spreads=source.name in NAMES, halves=False)
    (folder / source.name).write_bytes(content)


def han_of(path: Path) -> frozenset[str]:
    """The Han of a face that are an em wide."""
    font = TTFont(path, lazy=True)
    em, advances = font["head"].unitsPerEm, font["hmtx"]
    return frozenset(
        chr(code) for code, name in font.getBestCmap().items() if is_han(chr(code)) and advances[name][0] == em
    )


def main() -> None:
    """Prepares each source and writes the checksums of the folder anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--into", required=True, type=Path)
    arguments = parser.parse_args()
    common = han_of(next(source for source in arguments.sources if source.name == COMMON))
    for source in arguments.sources:
        prepare(source, arguments.into, common)
    faces = sorted(arguments.into.glob("*.ttf"))
    sums = [f"{hashlib.sha256(face.read_bytes()).hexdigest()}  {face.name}\n" for face in faces]
    (arguments.into / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
