"""The place of the folios on the finished pages (GB/T 9704-2012, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from bulletin.model.page import POINTS_PER_MM, WIDTH_PT, left_margin_pt
from bulletin.model.printed import AREA_FOOT_PT, PrintedPage
from bulletin.model.problem import Problem, Span, error, message

FOLIO_INDENT_PT = 14.0
"""空一字: one character of 四号, the size of the folio."""
DASH_BELOW_MM = 7
_SLACK_MM = 1.0


def check_folio_places(pages: Sequence[PrintedPage], span: Span) -> Iterator[Problem]:
    """The dashes stand 7 mm below the type area, one character in from its outer edge: right on odd pages, left on even ones."""
    for page in pages:
        if page.dash_pt is not None:
            below = (AREA_FOOT_PT - page.dash_pt) / POINTS_PER_MM
            aside = _from_outer_edge_pt(page) / POINTS_PER_MM
            if abs(below - DASH_BELOW_MM) > _SLACK_MM or abs(aside - FOLIO_INDENT_PT / POINTS_PER_MM) > _SLACK_MM:
                what = message(
                    "第 {page} 页的页码不在规定的位置：版心下 {below} 毫米，距外边 {aside} 毫米",
                    page=page.number,
                    below=f"{below:.1f}",
                    aside=f"{aside:.1f}",
                )
                advice = message("一字线应在版心下 7 毫米，单页居右、双页居左各空一字；请检查样式")
                yield error("proof-folio-place", span, what, advice)


def _from_outer_edge_pt(page: PrintedPage) -> float:
    left = left_margin_pt(page.number)
    edges = chain.from_iterable((glyph.x_pt, glyph.right_pt) for glyph in page.foot)
    return left + WIDTH_PT - max(edges) if page.number % 2 else min(edges) - left
