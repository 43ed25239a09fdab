"""The first page in finished lines: the masthead at the size that fills its width, 要览 broken at phrases."""

from __future__ import annotations

from dataclasses import replace

from bulletin.model.edition import CONTENTS_HEADING, Edition
from bulletin.model.page import WIDTH_PT
from bulletin.model.pages import Contents, Entry, Head
from bulletin.model.typeface import FANG, HEI, KAI, TITLE
from bulletin.typeset.blocks import INDENT
from bulletin.typeset.paragraph import Setting, width_em
from bulletin.typeset.titles import break_title

_WIDEST_PT = 0.9 * WIDTH_PT
_SPREAD_PT = 0.78 * WIDTH_PT
"""A masthead is as wide as this where its size and the white between its characters allow."""
_LARGEST_PT = 62.0
_SMALLEST_PT = 36.0
"""小初: a title that would have to be smaller is set in two lines."""
_WIDEST_SPACING_EM = 0.35
_MOST_LINES = 2
_PUBLISHER_EM = 17.0
"""What the date leaves of its line."""
_ENTRY_CELLS = 23
"""Characters of a line of 要览: right of it is the page number, and lines after the first begin two characters in."""


def set_head(edition: Edition, setting: Setting) -> Head:
    """The head of the first page."""
    head = edition.masthead
    title, size = _fitted_title(head.title, setting)
    widths = [width_em(line, HEI, setting) for line in edition.marking]
    return Head(
        masthead=head,
        publisher=break_title(head.publisher, KAI, _PUBLISHER_EM, setting),
        title=title,
        size_pt=size,
        spacing_em=_spacing(title, size, setting),
        marking=tuple(
            (line, (max(widths) - width) / max(len(line) - 1, 1))
            for line, width in zip(edition.marking, widths, strict=True)
        ),
        copy_number=edition.copy_number,
        copy_number_left=edition.copy_number_left,
    )


def _fitted_title(title: str, setting: Setting) -> tuple[tuple[str, ...], float]:
    """The name of the bulletin on one line as large as it may be, or on two."""
    size = _fitting_size((title,), setting)
    if size >= _SMALLEST_PT:
        return (title,), size
    lines = break_title(title, TITLE, width_em(title, TITLE, setting) * 0.6, setting)
    if len(lines) > _MOST_LINES:
        return (title,), size
    return lines, _fitting_size(lines, setting)


def _fitting_size(lines: tuple[str, ...], setting: Setting) -> float:
    widest = max(width_em(line, TITLE, setting) for line in lines)
    return round(min(_LARGEST_PT, _WIDEST_PT / widest), 1)


def _spacing(lines: tuple[str, ...], size_pt: float, setting: Setting) -> float:
    """White between the characters of a short name."""
    if len(lines) > 1 or len(lines[0]) < 2:
        return 0.0
    missing = _SPREAD_PT / size_pt - width_em(lines[0], TITLE, setting)
    return round(min(max(missing / (len(lines[0]) - 1), 0.0), _WIDEST_SPACING_EM), 3)


def set_contents(edition: Edition, setting: Setting) -> Contents:
    """要览, each line broken at its phrases; page numbers are not known yet."""
    entries = []
    for highlight in edition.highlights:
        width = _ENTRY_CELLS - (INDENT if highlight.nested else 0)
        lines = break_title(highlight.text, FANG, width, setting)
        entries.append(Entry(lines, highlight.position, highlight.nested))
    return Contents(CONTENTS_HEADING, tuple(entries))


def with_pages(contents: Contents, openings: dict[int, int]) -> Contents:
    """The 要览 with the page on which each article begins."""
    return replace(
        contents, entries=tuple(replace(entry, page=openings.get(entry.position, 0)) for entry in contents.entries)
    )
