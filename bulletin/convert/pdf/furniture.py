"""Folios and running heads: what stands at the same place of page after page, outside the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from bulletin.convert.pdf.lines import Line
from bulletin.convert.pdf.page import Page
from bulletin.model.foreign import DropKind

_DASHES = r"[-—–―─~～·•.|/\s]*"
_FOLIO = re.compile(
    rf"{_DASHES}(?:\d{{1,4}}|[ivxlc]{{1,7}}){_DASHES}|第\s*[\d一二三四五六七八九十百]+\s*页.{{0,12}}|\d+\s*/\s*\d+",
    re.IGNORECASE,
)
_BAND = 0.13
"""Of the height of a page: where folios and running heads stand."""
_OUTERMOST = 2
_SAME_PLACE_PT = 3.0
_DIGITS = re.compile(r"\d+|[ivxlc]+", re.IGNORECASE)
_ENOUGH = 2
_SHARE = 0.3
_APART = 1.3


def furniture_of(pages: Mapping[int, tuple[Page, tuple[Line, ...]]]) -> dict[tuple[int, int], DropKind]:
    """What the lines at head and foot of the pages are, by page and number of the line; lines of text are absent."""
    found: dict[tuple[int, int], DropKind] = {}
    repeated = _repeated(pages)
    for page, lines in pages.values():
        for line, at_top in _outermost(page, lines):
            if _is_folio(line) and _stands_apart(line, lines):
                found[line.page, line.number] = DropKind.FOLIO
            elif _key(line) in repeated:
                found[line.page, line.number] = DropKind.HEADER if at_top else DropKind.FOOTER
    return found


def _outermost(page: Page, lines: tuple[Line, ...]) -> Iterator[tuple[Line, bool]]:
    """The lines that may be furniture, and whether each stands at the head."""
    for line in lines[:_OUTERMOST]:
        if line.base > (1 - _BAND) * page.height:
            yield line, True
    for line in lines[-_OUTERMOST:]:
        if line.base < _BAND * page.height:
            yield line, False


def _repeated(pages: Mapping[int, tuple[Page, tuple[Line, ...]]]) -> frozenset[tuple[str, int]]:
    """The keys of lines that stand on many pages at the same height; on all of them where there are but two."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, lines in pages.values():
        for line, _ in _outermost(page, lines):
            seen[_key(line)].add(page.number)
    least = max(_ENOUGH, min(4, int(_SHARE * len(pages))))
    return frozenset(key for key, numbers in seen.items() if len(numbers) >= least)


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / _SAME_PLACE_PT)


def _is_folio(line: Line) -> bool:
    return bool(_FOLIO.fullmatch(line.text))


def _stands_apart(line: Line, lines: tuple[Line, ...]) -> bool:
    """True if there is more than the usual distance between the line and the text."""
    others = [abs(each.base - line.base) for each in lines if each.number != line.number]
    return not others or min(others) >= _APART * line.size
