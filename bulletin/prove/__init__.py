"""Outputs read back and compared with the edition they were made from: a build that proves nothing is not finished."""

from bulletin.prove.composition import prove_composition
from bulletin.prove.glyph_lines import read_printed
from bulletin.prove.glyphs import prove_glyphs
from bulletin.prove.imposition import prove_press
from bulletin.prove.layout import prove_layout
from bulletin.prove.looks import other_looks
from bulletin.prove.print_edition import count_closing_pages, count_pages, prove_print
from bulletin.prove.specimen import prove_specimen
from bulletin.prove.web_edition import prove_web

__all__ = [
    "count_closing_pages",
    "count_pages",
    "other_looks",
    "prove_composition",
    "prove_glyphs",
    "prove_layout",
    "prove_press",
    "prove_print",
    "prove_specimen",
    "prove_web",
    "read_printed",
]
