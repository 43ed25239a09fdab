"""The foot of the issue (报尾) on the finished pages: the last thing, on an even page, its last rule at the foot of the type area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from PIL import Image

from bulletin.model.page import POINTS_PER_MM, WIDTH_PT, left_margin_pt
from bulletin.model.printed import AREA_FOOT_PT, PrintedPage
from bulletin.model.problem import Problem, Span, error, message
from bulletin.prove.passages import squeezed

_SCALE = 300 / 72
_SLACK_MM = 0.5
_DARK = 128
_REACH = 0.98
"""A rule is dark over so much of the type area's width."""


def check_imprint(
    pages: Sequence[PrintedPage], last_rule_pt: float | None, ends: str, span: Span, *, even: bool = True
) -> Iterator[Problem]:
    """The last page ends with the 报尾, and its last rule is the foot of the type area (GB/T 9704-2012, 7.4.1).

    Args:
        pages: All pages.
        last_rule_pt: See `read_last_rule`.
        ends: What the 报尾 ends with.
        span: Where problems are reported.
        even: The last page is an even one, as it is of everything that goes to the printer.
    """
    last = pages[-1]
    if even and last.number % 2:
        what = message("报尾在第 {page} 页，是单数页", page=last.number)
        yield error("proof-imprint", span, what, message("报尾应在最后一面，双数页；请检查模板和样式"))
    if not "".join(glyph.character for glyph in last.body).endswith(squeezed(ends)):
        what = message("最后一面（第 {page} 页）末了不是报尾", page=last.number)
        yield error("proof-imprint", span, what, message("报尾以后不能再有别的内容；请检查模板"))
    if last_rule_pt is None:
        what = message("最后一面（第 {page} 页）没有报尾的末条线", page=last.number)
        yield error("proof-imprint", span, what, message("请检查样式"))
    elif abs(last_rule_pt - AREA_FOOT_PT) > _SLACK_MM * POINTS_PER_MM:
        off = (last_rule_pt - AREA_FOOT_PT) / POINTS_PER_MM
        what = message("第 {page} 页报尾的末条线不在版心下边缘，差 {off} 毫米", page=last.number, off=f"{off:+.1f}")
        yield error("proof-imprint", span, what, message("末条线应与版心下边缘重合（GB/T 9704 7.4.1）；请检查样式"))


def read_last_rule(content: bytes) -> float | None:
    """How high above the foot of the sheet the lowest rule across the type area of the last page stands; `None` without one.

    It is looked for in the picture of the page: a border may be written into a PDF in many ways.
    """
    with pdfium.PdfDocument(content) as document:
        number, page = len(document), document[len(document) - 1]
        picture = page.render(scale=_SCALE, grayscale=True).to_pil()
        left = left_margin_pt(number)
        columns = (round(left * _SCALE), 0, round((left + WIDTH_PT) * _SCALE), picture.height)
        strip = (
            picture.crop(columns)
            .point(lambda grey: 255 * (grey < _DARK))
            .resize((1, picture.height), Image.Resampling.BOX)
        )
        dark = [row for row, share in enumerate(strip.tobytes()) if share > 255 * _REACH]
        if not dark:
            return None
        first = dark[-1]
        while first - 1 in dark:
            first -= 1
        return float(page.get_height() - (first + dark[-1] + 1) / 2 / _SCALE)
