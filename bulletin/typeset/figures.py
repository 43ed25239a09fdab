"""What is neither text nor table: pictures, and what ends an article: its attachments by name, its signature."""

from __future__ import annotations

from math import ceil

from bulletin.model.page import CAPTION_SIZE_PT, LINE_PT, LINES, PICTURE_DPI
from bulletin.model.prose import AttachmentNote, Figure, SetAttachmentNote, SetFigure, SetSignature
from bulletin.model.typeface import FANG, HEI
from bulletin.typeset.paragraph import Setting, width_em
from bulletin.typeset.titles import break_title

_WHITE_PT = 0.6 * LINE_PT
"""Over and under a picture together, at least."""
ATTACHMENT_INDENT = 5
"""Characters: two, and 附件：."""
_RIGHT_INDENT = 2
_DATE_INDENT = 2
"""Characters (GB/T 9704-2012, 7.3.5.2)."""


def set_figure(figure: Figure, width_pt: float, setting: Setting) -> SetFigure:
    """The picture at 200 dpi, or as small as its column and a page with its caption ask for, in whole lines of the grid."""
    picture = setting.pictures[figure.picture]
    caption = break_title(figure.caption, HEI, width_pt / CAPTION_SIZE_PT, setting) if figure.caption else ()
    highest = (LINES - len(caption)) * LINE_PT - _WHITE_PT
    natural = picture.width_px * 72 / PICTURE_DPI, picture.height_px * 72 / PICTURE_DPI
    scale = min(1.0, width_pt / natural[0], highest / natural[1])
    width, height = natural[0] * scale, natural[1] * scale
    lines = ceil((height + _WHITE_PT) / LINE_PT) + len(caption)
    return SetFigure(figure.picture, figure.alternative, width, height, caption, lines)


def set_signature(name: str, date: str, width: float, setting: Setting) -> SetSignature:
    """The name two characters from the right, the date below it beginning two characters after the name does; a date that is
    longer than the name stands two characters from the right itself. `width` is that of the column, in em."""
    lines = break_title(name, FANG, width - 2 * _RIGHT_INDENT, setting)
    name_width, date_width = max(width_em(line, FANG, setting) for line in lines), width_em(date, FANG, setting)
    if date_width > name_width:
        date_indent = width - _RIGHT_INDENT - date_width
        name_indent = date_indent - _DATE_INDENT
    else:
        name_indent = width - _RIGHT_INDENT - name_width
        date_indent = min(name_indent + _DATE_INDENT, width - date_width)
    return SetSignature(lines, max(name_indent, 0.0), date, max(date_indent, 0.0))


def set_attachments(note: AttachmentNote, width: float, setting: Setting) -> SetAttachmentNote:
    """Names in lines of a column that is so many em wide; lines after the first begin below the first of the name."""
    room = width - ATTACHMENT_INDENT - 1 - (1 if len(note.names) > 1 else 0)
    return SetAttachmentNote(
        tuple(
            (number, break_title(name, FANG, room, setting))
            for number, name in zip(note.numbers, note.names, strict=True)
        )
    )
