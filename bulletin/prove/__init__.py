"""Outputs read back and compared with the edition they were made from: a build that proves nothing is not finished."""

from bulletin.prove.composition import prove_composition
from bulletin.prove.conformance import RULES as CONFORMANCE_RULES
from bulletin.prove.conformance import prove_conformance, prove_syntax
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.copies import RunFile, SingleFile, prove_alike, prove_run, prove_single
from bulletin.prove.copy_objects import read_attachments
from bulletin.prove.glyph_lines import read_printed
from bulletin.prove.glyphs import missing_characters, prove_glyphs
from bulletin.prove.imposition import prove_parts, prove_press
from bulletin.prove.layout import prove_layout
from bulletin.prove.looks import other_looks
from bulletin.prove.print_edition import count_closing_pages, count_pages, prove_print
from bulletin.prove.specimen import prove_specimen
from bulletin.prove.stamps import find_number_room, prove_room
from bulletin.prove.tracing import read_copy_marks
from bulletin.prove.verapdf import ask_verapdf
from bulletin.prove.web_edition import prove_web

__all__ = [
    "CONFORMANCE_RULES",
    "PrintFile",
    "RunFile",
    "SingleFile",
    "ask_verapdf",
    "count_closing_pages",
    "count_pages",
    "find_number_room",
    "missing_characters",
    "other_looks",
    "prove_alike",
    "prove_composition",
    "prove_conformance",
    "prove_glyphs",
    "prove_layout",
    "prove_parts",
    "prove_press",
    "prove_print",
    "prove_room",
    "prove_run",
    "prove_single",
    "prove_specimen",
    "prove_syntax",
    "prove_web",
    "read_attachments",
    "read_copy_marks",
    "read_printed",
]
