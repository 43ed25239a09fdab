"""How large the texts of slips and labels are set: as large as they fit, long names smaller."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bulletin.model.forms import FormName, Slip, SlipSheet
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.publication import Publication
from bulletin.model.typeface import HEI, SONG, Chain
from bulletin.render.forms.ruler import Ruler


class Level(NamedTuple):
    """The size of the name, and of the rest, in points."""

    holder_pt: float
    text_pt: float


_LABEL_LEVELS = tuple(
    Level(*sizes)
    for sizes in (
        *((26, 14), (24, 13), (22, 12), (20, 11), (18, 10.5), (16, 10), (15, 9.5), (14, 9)),
        *((13, 8.5), (12, 8.5), (11, 8), (10, 7.5), (9, 7), (8, 6.5), (7.5, 6)),
    )
)
_OFFICE_LEVELS = tuple(
    Level(*sizes)
    for sizes in (
        *((16, 12), (15, 11), (14, 10.5), (13, 10), (12, 9.5), (11.5, 9), (11, 8.5), (10, 8)),
        *((9.5, 7.5), (9, 7), (8, 6.5), (7, 6), (6.5, 5.5)),
    )
)
"""Of labels with a line to write on, which leaves less room: the name printed there is that of a group."""
_RECEIPT_LEVELS = tuple(Level(size, size) for size in (11, 10.5, 10, 9, 8, 7))
_LABEL_PADDING_MM = (3.0, 2.5)
_RECEIPT_WIDTH_MM, _RECEIPT_SAID_MM = 170.0, 29.0
"""Room for the sentence of a receipt; of its height the two lines to sign on take theirs."""
_BLANK_MM, _OFFICE_MM = 7.5, 55.0
"""The line to write the name of an office on: its height on a label, its width on a receipt."""
_LINE, _SAID_LINE, _NAME_LINE, _NAME_MARGIN = 1.3, 1.6, 1.25, 0.3
_SPARE_EM = 0.8
"""A mark that may not begin a line takes its neighbour along."""
_LEFT = 0.72
"""The share of the line that the text at its left end may take."""
_HAIR_EM = 0.1
_NAME_LINES = (2, 9)
"""Two lines of a name at most, unless it fits at no size so."""
_ALIKE = 0.9

SlipLevels = tuple[int | None, ...]
"""For each slip the place of its sizes among the levels, `None` where not even the smallest fit."""


def levels_of(sheet: SlipSheet) -> tuple[Level, ...]:
    """The sizes that a sheet may be set in, largest first; on labels those of offices without a name after the others."""
    return _RECEIPT_LEVELS if sheet.name is FormName.RECEIPTS else (*_LABEL_LEVELS, *_OFFICE_LEVELS)


def _levels_for(sheet: SlipSheet, slip: Slip) -> range:
    """The places of the sizes that the slip may be set in."""
    if sheet.name is FormName.RECEIPTS:
        return range(len(_RECEIPT_LEVELS))
    end = len(_LABEL_LEVELS)
    return range(end, end + len(_OFFICE_LEVELS)) if slip.nameless else range(end)


def fit_slips(sheet: SlipSheet, publication: Publication) -> SlipLevels:
    """The sizes at which each slip's texts fit into its place: for all the same, but for the tenth with the longest texts. Those
    with a line to write on are smaller, and alike among themselves."""
    ruler = Ruler(publication)
    levels = [_level(ruler, sheet, slip) for slip in sheet.slips]
    common = {
        nameless: _common([level for level, slip in zip(levels, sheet.slips, strict=True) if slip.nameless == nameless])
        for nameless in (False, True)
    }
    return tuple(
        None if level is None else max(level, common[slip.nameless])
        for level, slip in zip(levels, sheet.slips, strict=True)
    )


def _common(levels: Sequence[int | None]) -> int:
    fitting = sorted(level for level in levels if level is not None)
    return fitting[int(_ALIKE * (len(fitting) - 1))] if fitting else 0


def _level(ruler: Ruler, sheet: SlipSheet, slip: Slip) -> int | None:
    """The place of the largest sizes at which the texts fit."""
    fits = _receipt_fits if sheet.name is FormName.RECEIPTS else _label_fits
    tries = ((most, place) for most in _NAME_LINES for place in _levels_for(sheet, slip))
    return next((place for most, place in tries if fits(ruler, sheet, slip, (levels_of(sheet)[place], most))), None)


def _label_fits(ruler: Ruler, sheet: SlipSheet, slip: Slip, asked: tuple[Level, int]) -> bool:
    level, most_name_lines = asked
    across, down = _LABEL_PADDING_MM
    width_pt = (sheet.size.width_mm - 2 * across) * POINTS_PER_MM
    height_pt = (sheet.size.height_mm - 2 * down) * POINTS_PER_MM
    room_em = width_pt / level.text_pt
    names = _lines(ruler, slip.addressee, HEI, width_pt / level.holder_pt)
    if names > most_name_lines or not _ends_fit(ruler, sheet, slip, room_em):
        return False
    lines = 2 + sum(_lines(ruler, text, SONG, room_em) for text in _label_texts(sheet, slip))
    needed = level.holder_pt * (names * _NAME_LINE + _NAME_MARGIN) + lines * level.text_pt * _LINE
    blank = _BLANK_MM * POINTS_PER_MM + _NAME_MARGIN * level.text_pt if slip.nameless else 0
    return needed + blank <= height_pt


def _lines(ruler: Ruler, text: str, chain: Chain, room_em: float) -> int:
    """How many lines the text takes; where it takes several, each may be a little short."""
    return 1 if ruler.lines(text, chain, room_em) == 1 else ruler.lines(text, chain, room_em - _SPARE_EM)


def _ends_fit(ruler: Ruler, sheet: SlipSheet, slip: Slip, room_em: float) -> bool:
    """True if the first and the last line hold the texts at their left and right ends."""
    left = max(ruler.width_em(text, HEI) for text in ("　".join(sheet.marking), sheet.sender))
    right = max(ruler.width_em(text, SONG) for text in (slip.route, f"序号{slip.serial}"))
    return left <= _LEFT * room_em - _HAIR_EM and right <= (1 - _LEFT) * room_em - _HAIR_EM


def _label_texts(sheet: SlipSheet, slip: Slip) -> Iterator[str]:
    if slip.address or slip.contact:
        yield "　".join(filter(None, (slip.address, slip.contact)))
    yield sheet.short
    yield f"份号 {slip.numbers}　共{slip.copies}份，装1件"


def _receipt_fits(ruler: Ruler, sheet: SlipSheet, slip: Slip, asked: tuple[Level, int]) -> bool:
    level, _ = asked
    said = f"　　兹收到{sheet.issue}共 {slip.copies} 份，份号 {slip.numbers}。"
    room_em = _RECEIPT_WIDTH_MM * POINTS_PER_MM / level.text_pt - 1
    lines = _lines(ruler, said, SONG, room_em)
    blank = "　" * math.ceil(_OFFICE_MM * POINTS_PER_MM / level.text_pt) if slip.nameless else ""
    signed = 1 + _lines(ruler, f"收件单位（章）：{slip.addressee}{blank}", SONG, room_em)
    return level.text_pt * (lines * _SAID_LINE + signed * _LINE) <= _RECEIPT_SAID_MM * POINTS_PER_MM
