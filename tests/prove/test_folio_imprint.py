"""Where folios and the foot of the issue belong: pages put together by hand, as they should be and as they should not."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from bulletin.model.page import POINTS_PER_MM, WIDTH_PT, left_margin_pt
from bulletin.model.printed import AREA_FOOT_PT, PrintedGlyph, PrintedPage
from bulletin.model.problem import Span
from bulletin.prove.folios import check_folio_places
from bulletin.prove.imprint import check_imprint, read_last_rule

WHERE = Span("issues/2026-01/issue.yaml")
DASH_PT = AREA_FOOT_PT - 7 * POINTS_PER_MM
ENDS = "共印 340 份"


def row(text: str, x: float, y: float, size: float = 14.0) -> tuple[PrintedGlyph, ...]:
    return tuple(
        PrintedGlyph(character, x + place * size, y, size, x + (place + 1) * size)
        for place, character in enumerate(text)
    )


def page(number: int, body: str = "正文", folio: str | None = None) -> PrintedPage:
    """A page with its folio at its place, or another or none."""
    text = f"—{number}—" if folio is None else folio
    left = left_margin_pt(number)
    x = left + WIDTH_PT - 14 - 14 * len(text) if number % 2 else left + 14
    glyphs = row(body, left, 400.0) + row(text, x, DASH_PT - 4)
    return PrintedPage(number, 595.3, 841.9, glyphs, (), frozenset(), DASH_PT if text else None)


def moved(one: PrintedPage, dx: float = 0.0, dy: float = 0.0) -> PrintedPage:
    """The page with its folio elsewhere."""
    foot = tuple(replace(glyph, x_pt=glyph.x_pt + dx, right_pt=glyph.right_pt + dx) for glyph in one.foot)
    return replace(one, glyphs=one.body + foot, dash_pt=(one.dash_pt or 0) + dy)


@pytest.mark.parametrize("number", [2, 3])
def test_folios_stand_at_their_place(number: int) -> None:
    assert list(check_folio_places([page(number)], WHERE)) == []
    for dx, dy in ((6, 0), (-6, 0), (0, 6), (0, -6), (-350, 0) if number % 2 else (350, 0)):
        [problem] = check_folio_places([moved(page(number), dx, dy)], WHERE)
        assert problem.code == "proof-folio-place"


def test_the_imprint_is_the_last_thing_on_an_even_page_and_stands_on_its_foot() -> None:
    good = [page(1), page(2, body="共印340份")]
    assert list(check_imprint(good, AREA_FOOT_PT, ENDS, WHERE)) == []
    faults = [
        ([page(1, body="共印340份")], AREA_FOOT_PT, "单数页"),
        ([page(1), page(2, body="共印340份附注")], AREA_FOOT_PT, "末了不是报尾"),
        (good, AREA_FOOT_PT + 4, "差 +1.4 毫米"),
        (good, None, "没有报尾的末条线"),
    ]
    for pages, rule, said in faults:
        [problem] = check_imprint(pages, rule, ENDS, WHERE)
        assert said in str(problem.message)
    for pages, rule, said in faults[1:]:
        [problem] = check_imprint(pages, rule, ENDS, WHERE, even=False)
        assert said in str(problem.message)
    assert list(check_imprint([page(1, body="共印340份")], AREA_FOOT_PT, ENDS, WHERE, even=False)) == []


def drawn(content: str) -> bytes:
    """A PDF of one page of A4 (it is odd)."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595.28, 841.89))
    document.pages[0].Contents = document.make_stream(content.encode())
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_the_last_rule_is_read_from_the_picture_of_the_page() -> None:
    left = left_margin_pt(1)
    upper = f"0 g {left} 300 {WIDTH_PT} 1 re f "
    lower = f"0 g {left} 98.7 {WIDTH_PT} 1 re f "
    assert read_last_rule(drawn(upper + lower)) == pytest.approx(99.2, abs=0.3)
    assert read_last_rule(drawn(upper)) == pytest.approx(300.5, abs=0.3)
    assert read_last_rule(drawn(f"0 g {left} 98.7 {WIDTH_PT / 2} 1 re f")) is None
    assert read_last_rule(drawn("")) is None
    stroked = f"1 w {left} 99.2 m {left + WIDTH_PT} 99.2 l S"
    assert read_last_rule(drawn(stroked)) == pytest.approx(99.2, abs=0.3)
