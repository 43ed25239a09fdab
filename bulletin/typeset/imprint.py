"""The foot of the issue (报尾) in finished lines, and where it stands: at the foot of the last page, which is an even one in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor

from bulletin.model.edition import Colophon, Imprint
from bulletin.model.line import Spacing, Stretch
from bulletin.model.page import (
    IMPRINT_CELLS,
    IMPRINT_FRAME_PT,
    IMPRINT_LINE_PT,
    IMPRINT_SIZE_PT,
    LINE_PT,
    LINES,
    stretches_of,
)
from bulletin.model.pages import Page, SetImprint
from bulletin.model.prose import SetInline, SetText, Spaced, Text, WebLink
from bulletin.model.typeface import FANG, HEI
from bulletin.model.walk import visible_text
from bulletin.typeset.fit import Measure
from bulletin.typeset.paragraph import Setting, set_paragraph, width_em
from bulletin.typeset.pieces import line_count, lines_between

_EDITORS_CELLS = 29
_EDITORS_GAP = 1
_CAPACITY = floor((LINES * LINE_PT - IMPRINT_FRAME_PT) / IMPRINT_LINE_PT)
"""Lines of a foot that fills a page."""
_LAST_LISTED = 2
"""Lines of the lists that stay with the editors."""
_TWO_HAN = re.compile("[\u3400-\u9fff]{2}")


def set_imprint(imprint: Imprint, setting: Setting) -> SetImprint:
    """The foot of the issue; lines of a list end between its units."""
    rows = tuple(_editor_lines(imprint.editors, setting))
    return SetImprint(
        distribution=tuple(
            (line.label, tuple(_set_units(rank, IMPRINT_CELLS, setting) for rank in line.ranks))
            for line in imprint.distribution
        ),
        editors=rows,
        print_run_text=imprint.print_run_text,
        run_beside=len(rows) > 1 and _fits_beside(imprint.print_run_text, rows[-1], setting),
    )


def set_colophon(colophon: Colophon, setting: Setting) -> SetImprint:
    """The foot of the web's PDF; its address is a link, on lines of its own."""
    published = tuple(_colophon_lines(colophon.published, setting))
    found = [
        tuple((label, (WebLink(colophon.address, text),)) for label, text in row)
        for row in _colophon_lines(colophon.found, setting)
    ]
    rows = (*published, *found)
    beside = _fits_beside(colophon.closing, rows[-1], setting)
    return SetImprint((), rows, colophon.closing, run_beside=beside)


def _fits_beside(text: str, row: tuple[tuple[str, SetText], ...], setting: Setting) -> bool:
    """Whether what ends the foot has room on its last line."""
    if any(line_count(names) > 1 for _, names in row):
        return False
    taken = sum(_EDITORS_GAP + _entry_width(label, visible_text(names), setting) for label, names in row)
    return taken + width_em(text, FANG, setting) <= _EDITORS_CELLS


def _colophon_lines(
    entries: tuple[tuple[str, str], ...], setting: Setting
) -> Iterator[tuple[tuple[str, SetText], ...]]:
    """Labels and texts on one line where it holds them, else each on lines of its own."""
    set_entries = tuple(
        (label, _set_units(text, _EDITORS_CELLS - width_em(label, HEI, setting), setting)) for label, text in entries
    )
    widths = [_EDITORS_GAP + width_em(label, HEI, setting) + width_em(text, FANG, setting) for label, text in entries]
    if sum(widths) - _EDITORS_GAP <= _EDITORS_CELLS:
        yield from [set_entries] if set_entries else []
    else:
        yield from ((entry,) for entry in set_entries)


def _set_units(text: str, cells: float, setting: Setting) -> SetText:
    """Units in lines that end between units; only a unit that is wider than a line is parted."""
    lines, line = [], ""
    for unit in re.findall("[^、]+、?", text):
        if line and width_em(line + unit, FANG, setting) > cells:
            lines.append(line)
            line = ""
        line += unit
    measure = Measure(cells, 0.0, Stretch(0, 0), stretches_of(IMPRINT_SIZE_PT))
    content: list[SetInline] = []
    for number, part in enumerate((*lines, line)):
        content += [Text("\n")] if number else []
        content += set_paragraph([((Text(part),), FANG)], IMPRINT_SIZE_PT, measure, setting).contents[0]
    return tuple(content)


def _editor_lines(editors: tuple[tuple[str, str], ...], setting: Setting) -> Iterator[tuple[tuple[str, SetText], ...]]:
    """Labels and names, as many on a line as it holds; a list of names that needs several lines has them to itself."""
    row: list[tuple[str, SetText]] = []
    width = 0.0
    for label, names in editors:
        needed = _entry_width(label, names, setting)
        if needed > _EDITORS_CELLS:
            yield from [tuple(row)] if row else []
            yield ((label, _set_units(names, _EDITORS_CELLS - len(label), setting)),)
            row, width = [], 0.0
            continue
        if row and width + _EDITORS_GAP + needed > _EDITORS_CELLS:
            yield tuple(row)
            row, width = [], 0.0
        row.append((label, _spread_names(names)))
        width += (_EDITORS_GAP if width else 0) + needed
    if row:
        yield tuple(row)


def _entry_width(label: str, names: str, setting: Setting) -> float:
    return width_em(label, HEI, setting) + _spread_width(names, setting)


def _spread_width(names: str, setting: Setting) -> float:
    return width_em(names, FANG, setting) + sum(bool(_TWO_HAN.fullmatch(name)) for name in names.split("、"))


def _spread_names(names: str) -> SetText:
    """Names of a list, those of two characters set as wide as those of three (CLREQ, 凸排); the text stays as it is."""
    content: list[Text | Spaced] = []
    for name in re.split("(、)", names):
        if _TWO_HAN.fullmatch(name):
            content += [Spaced(name[0], Spacing(spread=True)), Text(name[1])]
        else:
            content.append(Text(name))
    return tuple(content)


def add_imprint(pages: tuple[Page, ...], imprint: SetImprint, step: int) -> tuple[Page, ...]:
    """The pages with the foot of the issue on the last, whose number is a multiple of `step`: even in print, of four for a booklet.

    Where it stands on a page of its own, as few blank pages as may be come before it; then neither they nor it are numbered
    (GB/T 9704-2012, 7.5). One that is longer than a page begins on the pages before.
    """
    last, parts = pages[-1], list(_parts(imprint))
    foot = _grid_lines(parts[0])
    lines = ceil(last.lines) + 1 + foot
    if len(parts) == 1 and last.number % step == 0 and lines <= LINES:
        return (*pages[:-1], Page(last.number, (*last.parts, imprint), last.notes, lines, imprint_lines=foot))
    total = step * ceil((last.number + len(parts)) / step)
    blank = range(last.number + 1, total - len(parts) + 1)
    return (
        *pages,
        *(Page(number, (), (), 0, folio=False) for number in blank),
        *(
            Page(number, (part,), (), _grid_lines(part), folio=not blank)
            for number, part in enumerate(parts, start=total - len(parts) + 1)
        ),
    )


def _grid_lines(imprint: SetImprint) -> int:
    """How many lines of the grid the foot takes."""
    return ceil((_imprint_lines(imprint) * IMPRINT_LINE_PT + IMPRINT_FRAME_PT) / LINE_PT)


def _imprint_lines(imprint: SetImprint) -> int:
    return _listed(imprint) + _closing(imprint)


def _listed(imprint: SetImprint) -> int:
    return sum(line_count(rank) for _, ranks in imprint.distribution for rank in ranks)


def _closing(imprint: SetImprint) -> int:
    """Lines of editors and print run."""
    return sum(max(line_count(names) for _, names in row) for row in imprint.editors) + bool(
        imprint.print_run_text and not imprint.run_beside
    )


def _parts(imprint: SetImprint) -> Iterator[SetImprint]:
    """The foot as much as a page holds at a time; editors and print run stand on the last."""
    listed, start = _listed(imprint), 0
    while listed - start + _closing(imprint) > _CAPACITY and listed - start > _LAST_LISTED:
        end = min(start + _CAPACITY, listed - _LAST_LISTED)
        yield SetImprint(tuple(_between(imprint, start, end)), (), "", continued=start > 0)
        start = end
    yield replace(imprint, distribution=tuple(_between(imprint, start, listed)), continued=start > 0)


def _between(imprint: SetImprint, start: int, end: int) -> Iterator[tuple[str, tuple[SetText, ...]]]:
    """The lines of the lists from `start` up to `end`; a list that goes on has no label."""
    for label, ranks in imprint.distribution:
        first, kept = start, []
        for rank in ranks:
            count = line_count(rank)
            if start < count and end > 0:
                kept.append(lines_between(rank, max(start, 0), min(end, count)))
            start, end = start - count, end - count
        if kept:
            yield (label if first <= 0 else ""), tuple(kept)
