"""The proof of press files: true ones pass, and each way to spoil one is seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.press import Imposition, PressProfile
from bulletin.model.problem import Span
from bulletin.model.sheets import Side, lay_out, page_order
from bulletin.prove.imposition import prove_press
from bulletin.prove.print_edition import count_closing_pages, count_pages
from bulletin.render.imposition import impose
from tests.conftest import ARTICLE, Make, article, composed, printed
from tests.sheets import numbered_pdf

PAGES = 14
PROFILES = [PressProfile(each.value, each, signature_sheets=2) for each in Imposition]
EVERY = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)


def said_of(content: bytes, profile: PressProfile, source: bytes | None = None) -> list[str]:
    order = page_order(profile, PAGES, 2)
    return [
        str(problem.message)
        for problem in prove_press(source or numbered_pdf(PAGES), content, profile, order, Span("x"))
    ]


def made(profile: PressProfile, spoil: Callable[[list[Side]], list[Side]] = list) -> bytes:
    sides = lay_out(profile, page_order(profile, PAGES, 2))
    return impose(numbered_pdf(PAGES), tuple(spoil([*sides])), profile)


@EVERY
@pytest.mark.parametrize("marks", [True, False])
def test_true_sheets_pass(profile: PressProfile, marks: bool) -> None:
    profile = replace(profile, crop_marks=marks, collating_marks=marks)
    assert said_of(made(profile), profile) == []


def swapped(sides: list[Side]) -> list[Side]:
    return [*sides[:1], sides[3], sides[2], sides[1], *sides[4:]]


def doubled(sides: list[Side]) -> list[Side]:
    return [sides[0], replace(sides[1], cells=sides[0].cells), *sides[2:]]


def lost_side(sides: list[Side]) -> list[Side]:
    return sides[:-1]


def emptied(sides: list[Side]) -> list[Side]:
    return [replace(sides[0], cells=tuple(replace(cell, page=0) for cell in sides[0].cells)), *sides[1:]]


def moved(sides: list[Side]) -> list[Side]:
    """By the thickness of a sheet: too little to see, enough to measure."""
    cells = tuple(replace(cell, shift_mm=cell.shift_mm + 0.1) for cell in sides[3].cells)
    return [*sides[:3], replace(sides[3], cells=cells), *sides[4:]]


def turned(sides: list[Side]) -> list[Side]:
    """The back's halves changed over, as when sheets are turned on the wrong edge."""
    one, other = sides[1].cells[0], sides[1].cells[-1]
    cells = (replace(one, page=other.page), replace(other, page=one.page))[: len(sides[1].cells)]
    return [sides[0], replace(sides[1], cells=cells), *sides[2:]]


@EVERY
@pytest.mark.parametrize("spoil", [swapped, doubled, lost_side, emptied, moved])
def test_spoiled_sheets_do_not(profile: PressProfile, spoil: Callable[[list[Side]], list[Side]]) -> None:
    assert said_of(made(profile, spoil), profile)


def test_halves_changed_over() -> None:
    said = ["第 2 页没有原样印在第 2 面上", "第 13 页没有原样印在第 2 面上"]
    assert said_of(made(PROFILES[1], turned), PROFILES[1]) == said


def test_other_paper_other_creep_other_signatures() -> None:
    saddle, side = PROFILES[1], PROFILES[2]
    assert said_of(made(replace(saddle, crop_marks=True)), saddle)
    assert said_of(made(replace(saddle, paper_mm=0.2)), saddle)
    assert said_of(made(replace(side, signature_sheets=1)), side)
    assert said_of(made(saddle), side)


def test_an_order_that_leaves_a_page_out() -> None:
    """A plan and a proof that agree on a wrong order do not pass each other."""
    profile, order = PROFILES[1], (1, 2, 3, 5)
    content = impose(numbered_pdf(5), lay_out(profile, order), profile)
    said = [str(problem.message) for problem in prove_press(numbered_pdf(5), content, profile, order, Span("x"))]
    assert said == ["拼版的页序不是从第 1 页到第 5 页各一次"]


@settings(max_examples=30)
@given(
    st.sampled_from(PROFILES),
    st.integers(1, 70),
    st.integers(0, 9),
    st.integers(1, 16),
    st.sampled_from([0.0, 0.1, 0.3]),
)
def test_whatever_is_laid_out_is_proved(
    profile: PressProfile, pages: int, tail: int, sheets: int, paper_mm: float
) -> None:
    profile = replace(profile, signature_sheets=sheets, paper_mm=paper_mm, crop_marks=bool(pages % 2))
    order, source = page_order(profile, pages, tail), numbered_pdf(pages)
    content = impose(source, lay_out(profile, order), profile)
    assert prove_press(source, content, profile, order, Span("x")) == ()


@pytest.mark.parametrize(("sentences", "pages", "closing"), [(5, 2, 1), (30, 4, 1), (44, 4, 3)])
def test_which_pages_close_an_issue(make: Make, sentences: int, pages: int, closing: int) -> None:
    """The article with the imprint under it; the imprint alone, where it came onto a page of its own."""
    edition, publication = composed(make({ARTICLE: article("\n\n".join(["一句话。"] * sentences))}))
    content = printed(edition, publication).content
    assert (count_pages(content), count_closing_pages(edition, content)) == (pages, closing)


def test_text_on_a_blank_or_beside() -> None:
    with pikepdf.open(io.BytesIO(made(PROFILES[1]))) as document:
        page = document.pages[2]
        form = next(iter(page.Resources.XObject.keys()))
        page.Contents = document.make_stream(page.Contents.read_bytes() + f"\nq {form} Do Q".encode())
        written = io.BytesIO()
        document.save(written)
    assert said_of(written.getvalue(), PROFILES[1])


def test_a_lost_picture_is_missed() -> None:
    with pikepdf.open(io.BytesIO(numbered_pdf(PAGES))) as document:
        picture = pikepdf.Stream(
            document, b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1
        )
        picture.BitsPerComponent, picture.ColorSpace = 8, pikepdf.Name.DeviceGray
        page = document.pages[5]
        page.Resources.XObject = pikepdf.Dictionary(Im=picture)
        page.Contents = document.make_stream(page.Contents.read_bytes() + b"\nq 90 0 0 90 100 100 cm /Im Do Q")
        written = io.BytesIO()
        document.save(written)
    source, profile = written.getvalue(), PROFILES[1]
    true = impose(source, lay_out(profile, page_order(profile, PAGES, 2)), profile)
    assert said_of(true, profile, source) == []
    assert said_of(made(profile), profile, source) == ["印刷版有 1 张图片，拼好的文件有 0 张"]
