"""Pages on sheets: orders known by heart, and paper folded for every other case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model.press import BUILT_IN_PROFILES, Colour, Imposition, PressProfile
from bulletin.model.sheets import BLANK, count_sheets, lay_out, page_order, sheet_size
from tests.sheets import leafed_through

SADDLE = PressProfile("骑马订", Imposition.SADDLE)
SIDE = PressProfile("平订", Imposition.SIDE, signature_sheets=2)
DUPLEX = PressProfile("双面", Imposition.DUPLEX)
BOOKLETS = {
    4: [(4, 1), (2, 3)],
    8: [(8, 1), (2, 7), (6, 3), (4, 5)],
    12: [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)],
}


def pages_of(profile: PressProfile, order: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [tuple(cell.page for cell in side.cells) for side in lay_out(profile, order)]


@pytest.mark.parametrize("pages", BOOKLETS)
def test_a_booklet(pages: int) -> None:
    assert pages_of(SADDLE, page_order(SADDLE, pages, 1)) == BOOKLETS[pages]


def test_signatures_are_booklets_on_a_pile() -> None:
    """Two sheets a signature: 12 pages are one of 8 and one of 4."""
    assert pages_of(SIDE, page_order(SIDE, 12, 1)) == [*BOOKLETS[8], (12, 9), (10, 11)]


def test_leaves_of_single_pages() -> None:
    assert pages_of(DUPLEX, page_order(DUPLEX, 4, 1)) == [(1,), (2,), (3,), (4,)]
    assert pages_of(DUPLEX, page_order(DUPLEX, 3, 1)) == [(1,), (2,), (3,), (BLANK,)]


def test_blanks_stand_before_the_pages_that_close_the_issue() -> None:
    order = page_order(SADDLE, 38, 2)
    assert order == (*range(1, 37), BLANK, BLANK, 37, 38)
    sides = pages_of(SADDLE, order)
    assert sides[:4] == [(38, 1), (2, 37), (BLANK, 3), (4, BLANK)]
    assert sides[-2:] == [(22, 19), (20, 21)]
    assert len(sides) == 20


@pytest.mark.parametrize(
    ("pages", "tail", "why"),
    [
        (38, 0, "nobody knows what belongs together"),
        (37, 1, "an odd number of blanks would put a right-hand page on the left"),
        (6, 5, "the issue would begin with a page and two blanks"),
    ],
)
def test_else_blanks_stand_at_the_end(pages: int, tail: int, why: str) -> None:
    order = page_order(SADDLE, pages, tail)
    assert order[:pages] == tuple(range(1, pages + 1)), why
    assert set(order[pages:]) == {BLANK}


def test_64_pages_are_16_sheets() -> None:
    sides = lay_out(SADDLE, page_order(SADDLE, 64, 1))
    assert count_sheets(sides) == 16
    assert pages_of(SADDLE, page_order(SADDLE, 64, 1))[::2][-1] == (34, 31)


def test_creep_is_that_of_the_paper() -> None:
    """The outermost sheet not at all, each further one a sheet's thickness more, always towards the fold."""
    sides = lay_out(PressProfile("骑马订", Imposition.SADDLE, paper_mm=0.12), page_order(SADDLE, 64, 1))
    for side in sides:
        left, right = side.cells
        assert left.shift_mm == pytest.approx(0.12 * (side.sheet - 1))
        assert right.shift_mm == -left.shift_mm
    assert max(cell.shift_mm for side in sides for cell in side.cells) == pytest.approx(1.8)


def test_creep_begins_anew_with_each_signature() -> None:
    sides = lay_out(SIDE, page_order(SIDE, 24, 1))
    assert [round(side.cells[0].shift_mm, 3) for side in sides] == [0, 0, 0.1, 0.1] * 3


def test_paper() -> None:
    assert sheet_size(DUPLEX).paper_mm == (210, 297)
    assert sheet_size(SADDLE).paper_mm == (420, 297)
    assert sheet_size(PressProfile("印刷厂", Imposition.DUPLEX, crop_marks=True)).paper_mm == (230, 317)
    assert sheet_size(PressProfile("印刷厂", Imposition.DUPLEX, crop_marks=True, bleed_mm=5)).paper_mm == (234, 321)
    assert sheet_size(PressProfile("印刷厂", Imposition.SIDE, crop_marks=True)).paper_mm == (450, 320)


def test_built_in_profiles_have_names_of_their_own() -> None:
    assert len({profile.name for profile in BUILT_IN_PROFILES}) == len(BUILT_IN_PROFILES)
    assert {profile.imposition for profile in BUILT_IN_PROFILES} == set(Imposition)
    assert BUILT_IN_PROFILES[-1].colour is Colour.CMYK


profiles = st.builds(
    PressProfile,
    st.just("甲"),
    st.sampled_from(Imposition),
    paper_mm=st.sampled_from([0.0, 0.08, 0.1, 0.25]),
    signature_sheets=st.integers(1, 16),
)


@given(profiles, st.integers(1, 260), st.integers(0, 20))
def test_folded_sheets_read_from_first_to_last(profile: PressProfile, pages: int, tail: int) -> None:
    order = page_order(profile, pages, tail)
    sides = lay_out(profile, order)
    assert leafed_through(sides, profile) == list(order)
    assert [page for page in order if page != BLANK] == list(range(1, pages + 1))
    assert 0 <= order.count(BLANK) < (4 if profile.folded else 2)
    for place, page in enumerate(order, start=1):
        assert page == BLANK or page % 2 == place % 2  # mirrored margins stay on their side


@given(profiles, st.integers(1, 130))
def test_front_and_back_of_a_leaf_lie_on_each_other(profile: PressProfile, pages: int) -> None:
    """Held against the light, both pages of a leaf cover each other, creep included."""
    sides = lay_out(profile, page_order(profile, pages, 1))
    width = 420 if profile.folded else 210
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert (front.signature, front.sheet) == (back.signature, back.sheet)
        for cell, behind in zip(front.cells, reversed(back.cells), strict=True):
            assert cell.left_mm + cell.shift_mm + 210 == pytest.approx(width - behind.left_mm - behind.shift_mm)
            numbers = {cell.page, behind.page} - {BLANK}
            assert len(numbers) < 2 or abs(cell.page - behind.page) == 1
