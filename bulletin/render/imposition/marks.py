"""What a printing office needs beside the page: marks for trimming, register, folding, stapling and collating."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.page import POINTS_PER_MM
from bulletin.model.press import Colour, Imposition, PressProfile
from bulletin.model.sheets import MARK_LENGTH_MM, PAGE_MM, SheetSize, Side, mark_offset_mm, sheet_size

LINE_PT = 0.25
STAPLE_MM = 70.0
"""From head and foot to the outer hole of a staple, ± 4 mm (GB/T 9704-2012, 6.3)."""
STAPLE_LENGTH_MM = 10.0
"""Less than the crown of any staple, so that it hides the mark."""
STAPLE_FROM_SPINE_MM = 4.0
"""Where staples go through the side (平订): 3 to 5 mm from the spine (GB/T 9704-2012, 6.3)."""
COLLATING_MM = (2.0, 5.0)
"""Width (half of it on each side of the fold) and height of a collating mark (帖码)."""
COLLATING_FROM_MM = 90.0
COLLATING_STEP_MM = 6.0
COLLATING_STEPS = 19
"""Collating marks go down the spine between the staples; one more begins at the top again."""
REGISTRATION = "/Registration"
"""The name of the colour of all inks in a side's resources."""
_BLACK = {Colour.RGB: "0 0 0 {}", Colour.GREY: "0 {}", Colour.CMYK: "0 0 0 1 {}"}
_BLACK_OPERATORS = {Colour.RGB: ("rg", "RG"), Colour.GREY: ("g", "G"), Colour.CMYK: ("k", "K")}
_CIRCLE = 0.5523
"""How far the handles of four curves stand out to make a circle of radius 1."""
_REGISTER_MM = 1.5


def marks_content(side: Side, profile: PressProfile) -> str:
    """The content that draws the marks of a side; empty where the profile wants none."""
    drawn = [*_trim_marks(profile)] if profile.crop_marks else []
    drawn += _spine_marks(side, profile) if profile.folded else []
    return "\n".join(drawn)


def _trim_marks(profile: PressProfile) -> Iterator[str]:
    """Outside the trim, in all inks: crop marks at the corners, crosses of register at the sides, dashes at the fold."""
    size, near = sheet_size(profile), mark_offset_mm(profile)
    (left, foot), (width, height) = size.origin_mm, size.trim_mm
    right, head, far = left + width, foot + height, near + MARK_LENGTH_MM
    all_inks = f"{REGISTRATION} CS 1 SCN" if profile.colour is Colour.CMYK else _black(profile, stroking=True)
    yield f"q {LINE_PT} w {all_inks}"
    for y in (foot, head):
        yield _line((left - far, y), (left - near, y))
        yield _line((right + near, y), (right + far, y))
    for x in (left, right):
        yield _line((x, foot - far), (x, foot - near))
        yield _line((x, head + near), (x, head + far))
    for x in (left - (near + far) / 2, right + (near + far) / 2):
        yield _register(x, foot + height / 2)
    if profile.folded:
        yield f"[{_points(1)} {_points(1)}] 0 d"
        fold = left + width / 2
        yield _line((fold, foot - far), (fold, foot - near))
        yield _line((fold, head + near), (fold, head + far))
    yield "Q"


def _spine_marks(side: Side, profile: PressProfile) -> Iterator[str]:
    """On the spine, in black: where staples go (under them), and the step of the signature in the pile."""
    size = sheet_size(profile)
    spine, foot = size.origin_mm[0] + PAGE_MM[0], size.origin_mm[1]
    if profile.crop_marks and side.outermost and side.signature == 1:
        x = spine + (STAPLE_FROM_SPINE_MM if profile.imposition is Imposition.SIDE else 0)
        yield f"q {LINE_PT} w {_black(profile, stroking=True)}"
        for y in _staple_feet(size):
            yield _line((x, foot + y), (x, foot + y + STAPLE_LENGTH_MM))
        yield "Q"
    if profile.collating_marks and profile.imposition is Imposition.SIDE and side.outermost:
        wide, high = COLLATING_MM
        top = COLLATING_FROM_MM + (side.signature - 1) % COLLATING_STEPS * COLLATING_STEP_MM
        corner = (spine - wide / 2, foot + size.trim_mm[1] - top - high)
        numbers = " ".join(_points(each) for each in (*corner, wide, high))
        yield f"q {_black(profile, stroking=False)} {numbers} re f Q"


def _staple_feet(size: SheetSize) -> tuple[float, float]:
    """The lower ends of the two marks, from the foot of the trimmed sheet: their outer ends are where the holes are."""
    return STAPLE_MM, size.trim_mm[1] - STAPLE_MM - STAPLE_LENGTH_MM


def _black(profile: PressProfile, *, stroking: bool) -> str:
    return _BLACK[profile.colour].format(_BLACK_OPERATORS[profile.colour][stroking])


def _register(x: float, y: float) -> str:
    """A circle with a cross through it."""
    reach = MARK_LENGTH_MM / 2
    return "\n".join(
        (_line((x - reach, y), (x + reach, y)), _line((x, y - reach), (x, y + reach)), _circle(x, y, _REGISTER_MM))
    )


def _circle(x: float, y: float, radius: float) -> str:
    handle = radius * _CIRCLE
    quarters = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
    curves = [f"{_points(x + radius)} {_points(y)} m"]
    for from_x, from_y, to_x, to_y in quarters:
        numbers = (
            x + from_x * radius + to_x * handle,
            y + from_y * radius + to_y * handle,
            x + to_x * radius + from_x * handle,
            y + to_y * radius + from_y * handle,
            x + to_x * radius,
            y + to_y * radius,
        )
        curves.append(" ".join(map(_points, numbers)) + " c")
    return " ".join((*curves, "s"))


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"{_points(start[0])} {_points(start[1])} m {_points(end[0])} {_points(end[1])} l S"


def _points(length_mm: float) -> str:
    return f"{length_mm * POINTS_PER_MM:.3f}".rstrip("0").rstrip(".")
