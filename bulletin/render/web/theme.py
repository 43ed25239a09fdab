"""What the bureau is known by, as a style sheet of its own: its colours, and its name in the face of the printed masthead."""

from __future__ import annotations

import base64
from pathlib import Path

from bulletin.model.publication import Publication

_FACE = "fonts/GWBiaosong.ttf"
_NAMES = {0, 1, 2, 13, 14}
"""Copyright, family, style, licence and its address: the licence must go with the face (OFL 1.1, condition 2)."""
_MOST_BYTES = 15_000


def theme_css(publication: Publication) -> str:
    """Custom properties that `site.css` draws with: `--accent-light`, `--accent-dark`, and `--masthead` where there is a face for it."""
    said = publication.web
    colours = f":root {{ --accent-light: {said.accent}; --accent-dark: {said.accent_dark} }}\n"
    face = masthead_face(publication)
    if not face:
        return colours
    source = f"data:font/ttf;base64,{base64.b64encode(face).decode()}"
    return (
        f"{colours}:root {{ --masthead: Masthead, var(--song) }}\n"
        f'@font-face {{ font-family: Masthead; src: url("{source}"); font-weight: 600; font-display: optional }}\n'
    )


def masthead_face(publication: Publication) -> bytes:
    """小标宋 cut to the characters of the publication's title; nothing where it lacks one of them, or the title is long.

    Many telephones have no 宋体 at all. It is the program's own face: a bureau may print with others, but not publish them.
    """
    import uharfbuzz as hb  # heavy: only where there is a masthead to be cut

    face = hb.Face(Path(publication.assets[-1], _FACE).read_bytes())
    wanted = set(map(ord, publication.title))
    if not wanted <= set(face.unicodes):
        return b""
    chosen = hb.SubsetInput()
    chosen.flags = hb.SubsetFlags.NO_HINTING
    chosen.unicode_set.update(wanted)
    chosen.layout_feature_tag_set.clear()
    chosen.name_id_set.update(_NAMES)
    cut = hb.subset(face, chosen).blob.data
    return cut if len(cut) <= _MOST_BYTES else b""
