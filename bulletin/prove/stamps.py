"""Stamps on a finished page, read with other eyes than those that drew them: PDFium for text and picture, ZXing for codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from bulletin.model.copies import CodeKind
from bulletin.model.page import POINTS_PER_MM, WIDTH_PT, left_margin_pt
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.stamp import SMALL_SIZE_PT, CodePlace, CopyStamp, NumberPlace, PageKind, Stamping
from bulletin.prove.code_reading import read_codes
from bulletin.prove.glyph_lines import PrintedGlyph
from bulletin.prove.imposition import SLACK_PT, trimmed_glyphs

_QUIET_MM = 1.6
"""The white around a code: 4 modules of a QR code of 33."""
_DPI = 200
"""As an office scans."""
_COLLISION = 250
"""Darker than this is ink."""
_ADVICE = message("请检查刊物自己的模板和样式：首页版心上方、各页页码旁要留空")


@dataclass(frozen=True, slots=True)
class NumberRoom:
    """Where the number goes on the first page, and how much room there is for it to the right."""

    place: NumberPlace
    width_pt: float


def find_number_room(printed: bytes, label: str) -> NumberRoom | None:
    """After the label on the first page of a print PDF (where it stands more than once, the topmost); `None` if it is not there.

    The room ends where the type area ends, or where something else stands on the same line.
    """
    with pdfium.PdfDocument(printed) as document:
        glyphs = trimmed_glyphs(document[0])
    text = "".join(glyph.character for glyph in glyphs)
    ends = [glyphs[at + len(label) - 1] for at in range(len(text)) if label and text.startswith(label, at)]
    if not ends:
        return None
    last = max(ends, key=lambda glyph: glyph.y_pt)
    after = (glyph.x_pt for glyph in glyphs if glyph.x_pt > last.x_pt and abs(glyph.y_pt - last.y_pt) < last.size_pt)
    end = min(after, default=left_margin_pt(1) + WIDTH_PT)
    return NumberRoom(NumberPlace(last.right_pt, last.y_pt, round(last.size_pt, 2)), end - last.right_pt)


def prove_room(printed: bytes, stamping: Stamping, span: Span) -> tuple[Problem, ...]:
    """Problems where something is printed already at the place of a code or of a small number."""
    with pdfium.PdfDocument(printed) as document:
        return tuple(
            error("copies-room", span, message("第 {page} 页要印{what}的地方已有内容", page=number, what=what), _ADVICE)
            for number, page in enumerate(document, start=1)
            if stamping.bears(number)
            for what, area in _areas(stamping, PageKind.of(number))
            if min(_picture(page, _shifted(area, page.get_trimbox())).tobytes()) < _COLLISION
        )


Area = tuple[float, float, float, float]
"""Left, foot, right and top, in points from the lower left corner of the paper."""


def _areas(stamping: Stamping, kind: PageKind) -> Iterator[tuple[Message, Area]]:
    if kind is PageKind.FIRST and stamping.marks.code is not CodeKind.NONE:
        yield message("二维码"), _area(stamping.code_place)
    if stamping.marks.tracing:
        yield message("追溯码"), _area(stamping.tracing_place(kind))
    place = stamping.number_place(kind)
    if place and place.size_pt == SMALL_SIZE_PT:
        left = place.x_pt - 6 * place.size_pt * place.right
        yield (
            message("小份号"),
            (left, place.y_pt - place.size_pt / 3, left + 6 * place.size_pt, place.y_pt + place.size_pt),
        )


def _shifted(area: Area, trim: Area) -> Area:
    return area[0] + trim[0], area[1] + trim[1], area[2] + trim[0], area[3] + trim[1]


def _area(place: CodePlace, left_pt: float = 0.0, foot_pt: float = 0.0) -> Area:
    """A code with its white, on a paper where the page's corner stands there."""
    left, foot, quiet = left_pt + place.left_pt, foot_pt + place.foot_pt, _QUIET_MM * POINTS_PER_MM
    return left - quiet, foot - quiet, left + place.edge_pt + quiet, foot + place.edge_pt + quiet


def _picture(page: pdfium.PdfPage, area: Area) -> Image.Image:
    left, foot, right, top = area
    width, height = page.get_size()
    crop = (left, foot, width - right, height - top)
    picture: Image.Image = page.render(scale=_DPI / 72, grayscale=True, crop=crop).to_pil()
    return picture.convert("L")


@dataclass(frozen=True, slots=True)
class StampedPage:
    """A page of a copy on a side of a sheet: its number, what is on it beyond what the print PDF has, and where it stands."""

    number: int
    added: tuple[PrintedGlyph, ...]
    paper: pdfium.PdfPage
    corner_pt: tuple[float, float]


def check_stamps(page: StampedPage, stamp: CopyStamp, stamping: Stamping) -> Iterator[Message]:
    """What is wrong with what is stamped on a page."""
    kind = PageKind.of(page.number)
    place = stamping.number_place(kind)
    wanted = stamp.number if place else ""
    if (found := "".join(glyph.character for glyph in page.added)) != wanted:
        yield message(
            "份号 {number} 的第 {page} 页：份号处是“{found}”", number=stamp.number, page=page.number, found=found
        )
    elif place and not _stands(page.added, place):
        yield message("份号 {number} 的第 {page} 页：份号不在它的位置上", number=stamp.number, page=page.number)
    for text, where in _codes(stamp, stamping, kind):
        read = _read_codes(page, where)
        if read != (text,):
            yield message(
                "份号 {number} 的第 {page} 页：码读出“{found}”，应是“{wanted}”",
                number=stamp.number,
                page=page.number,
                found=read,
                wanted=text,
            )


def _stands(digits: Sequence[PrintedGlyph], place: NumberPlace) -> bool:
    """True if the digits stand at the place, one behind the other."""
    edge = digits[-1].right_pt if place.right else digits[0].x_pt
    return (
        abs(edge - place.x_pt) < SLACK_PT
        and all(abs(glyph.y_pt - place.y_pt) < SLACK_PT for glyph in digits)
        and all(abs(glyph.size_pt - place.size_pt) < SLACK_PT for glyph in digits)
        and all(abs(after.x_pt - before.right_pt) < SLACK_PT for before, after in pairwise(digits))
    )


def _codes(stamp: CopyStamp, stamping: Stamping, kind: PageKind) -> Iterator[tuple[str, CodePlace]]:
    """The text of each code that the page must bear, and its place."""
    if stamp.code is None:
        return
    if kind is PageKind.FIRST and stamping.marks.code is not CodeKind.NONE:
        qr = stamping.marks.code is CodeKind.QR
        yield stamp.code.text() if qr else stamp.code.compact(), stamping.code_place
    if stamping.marks.tracing:
        yield stamp.code.compact(), stamping.tracing_place(kind)


def _read_codes(page: StampedPage, place: CodePlace) -> tuple[str, ...]:
    picture = ImageOps.autocontrast(_picture(page.paper, _area(place, *page.corner_pt)))
    return read_codes(picture, thoroughly=False)
