"""A press file read back: its sheets are folded, as the bindery will, and read through beside the print edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from bulletin.model.page import POINTS_PER_MM
from bulletin.model.press import Imposition, PressProfile
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.sheets import BLANK, PAGE_MM, sheet_size
from bulletin.prove.glyph_lines import PrintedGlyph, glyphs_on

SLACK_PT = 0.05
"""Places that differ by less are the same."""
_DEEPEST_FORM = 15
_ADVICE = message("这是程序的问题，拼好的文件不可用；请连同 print.pdf 报告维护人员")


@dataclass(frozen=True, slots=True)
class PrintedSide:
    """What PDFium finds on a side: glyphs on the trimmed sheet, from its lower left corner, and how many pictures."""

    glyphs: tuple[PrintedGlyph, ...]
    pictures: int
    paper_pt: tuple[float, float]


@dataclass(frozen=True, slots=True)
class FoldedPlace:
    """Where a page of a folded copy is printed: its side, from 0; where its left edge stands on the trimmed sheet; and which half
    of the side it has, `None` where it has all of it."""

    side: int
    edge_pt: float = 0.0
    right: bool | None = None

    def page_glyphs(self, glyphs: Sequence[PrintedGlyph]) -> tuple[PrintedGlyph, ...]:
        """Of the glyphs of the side, from the corner of the trimmed sheet, those of the page, from its own corner."""
        fold = PAGE_MM[0] * POINTS_PER_MM
        own = (glyph for glyph in glyphs if self.right is None or (glyph.x_pt >= fold) == self.right)
        return moved(own, -self.edge_pt, 0)


def prove_press(
    printed: bytes, imposed: bytes, profile: PressProfile, order: tuple[int, ...], span: Span
) -> tuple[Problem, ...]:
    """Problems if the folded sheets do not read like the print edition, glyph by glyph and to 0.05 pt.

    Nothing is taken from the plan of the sheets but the order in which a copy is to be read; where each page must stand follows
    from folding.

    Args:
        printed: The print PDF.
        imposed: The press file made of it.
        profile: How it was to be made.
        order: The numbers of the pages in reading order, 0 for a blank.
        span: Where problems are reported.
    """
    pages, sides = read_sides(printed), read_sides(imposed)
    wanted_sides = len(order) // 2 if profile.folded else len(order)
    if len(sides) != wanted_sides:
        what = message("拼好的文件有 {found} 面，应有 {wanted} 面", found=len(sides), wanted=wanted_sides)
        return (error("proof-press", span, what, _ADVICE),)
    found = [*check_sheets(pages, sides, profile, order)]
    for number, place in zip(order, folded_places(len(sides), profile), strict=True):
        wanted = pages[number - 1].glyphs if BLANK < number <= len(pages) else ()
        if not same_glyphs(wanted, place.page_glyphs(sides[place.side].glyphs)):
            found.append(_misplaced(number, place.side))
    return tuple(error("proof-press", span, what, _ADVICE) for what in found)


def check_sheets(
    pages: Sequence[PrintedSide], sides: Sequence[PrintedSide], profile: PressProfile, order: tuple[int, ...]
) -> Iterator[Message]:
    """What is wrong with the sides of a copy, apart from what is written on them: the order of pages, the paper, the pictures."""
    if [number for number in order if number != BLANK] != [*range(1, len(pages) + 1)]:
        yield message("拼版的页序不是从第 1 页到第 {pages} 页各一次", pages=len(pages))
    paper = [length * POINTS_PER_MM for length in sheet_size(profile).paper_mm]
    for number, side in enumerate(sides, start=1):
        if any(abs(one - other) > SLACK_PT for one, other in zip(side.paper_pt, paper, strict=True)):
            yield message("拼好的第 {side} 面纸张大小不对", side=number)
    wanted, found = (sum(side.pictures for side in each) for each in (pages, sides))
    if wanted != found:
        yield message("印刷版有 {wanted} 张图片，拼好的文件有 {found} 张", wanted=wanted, found=found)


def prove_parts(whole: bytes, parts: Sequence[bytes], span: Span) -> tuple[Problem, ...]:
    """Problems if the sides of some files, one after another, do not read like those of the whole that they are parts of."""
    wanted, found = read_sides(whole), [side for part in parts for side in read_sides(part)]
    alike = len(wanted) == len(found) and all(
        same_glyphs(one.glyphs, other.glyphs) and (one.pictures, one.paper_pt) == (other.pictures, other.paper_pt)
        for one, other in zip(wanted, found, strict=True)
    )
    return () if alike else (error("proof-press", span, message("外页和内页合起来不是一份"), _ADVICE),)


def _misplaced(number: int, side: int) -> Message:
    if number == BLANK:
        return message("第 {side} 面上应是白页的地方有文字", side=side + 1)
    return message("第 {page} 页没有原样印在第 {side} 面上", page=number, side=side + 1)


def read_sides(content: bytes) -> tuple[PrintedSide, ...]:
    """The pages or sides of a PDF."""
    with pdfium.PdfDocument(content) as document:
        return tuple(map(read_side, document))


def read_side(page: pdfium.PdfPage) -> PrintedSide:
    """A page or side."""
    return PrintedSide(trimmed_glyphs(page), _count_pictures(page), page.get_size())


def _count_pictures(page: pdfium.PdfPage) -> int:
    return len(list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST_FORM)))


def trimmed_glyphs(page: pdfium.PdfPage) -> tuple[PrintedGlyph, ...]:
    """The glyphs of a page or sheet, from the lower left corner of its trimmed area."""
    left, foot, *_ = page.get_trimbox()
    return moved(glyphs_on(page), -left, -foot)


def moved(glyphs: Iterable[PrintedGlyph], right_pt: float, up_pt: float) -> tuple[PrintedGlyph, ...]:
    """The glyphs at another place."""
    if not (right_pt or up_pt):
        return tuple(glyphs)
    return tuple(
        PrintedGlyph(
            glyph.character, glyph.x_pt + right_pt, glyph.y_pt + up_pt, glyph.size_pt, glyph.right_pt + right_pt
        )
        for glyph in glyphs
    )


def folded_places(sides: int, profile: PressProfile) -> Iterator[FoldedPlace]:
    """Where the pages of a copy are, from its front to its back."""
    if not profile.folded:
        yield from map(FoldedPlace, range(sides))
        return
    length = 2 * profile.signature_sheets if profile.imposition is Imposition.SIDE else sides
    for start in range(0, sides, length):
        yield from _fold(range(start, min(start + length, sides)), profile.paper_mm)


def _fold(numbers: range, paper_mm: float) -> Iterator[FoldedPlace]:
    """A pile of sheets, the first outside, folded once: the right halves of the fronts come first, going in; the left halves of
    the fronts come last, coming out again. Behind each half of a front is the other half of its back."""
    fronts = numbers[::2]
    for depth, front in enumerate(fronts):
        creep = depth * paper_mm
        yield _half(front, right=True, creep_mm=creep)
        yield _half(front + 1, right=False, creep_mm=creep)
    for depth, front in reversed([*enumerate(fronts)]):
        creep = depth * paper_mm
        yield _half(front + 1, right=True, creep_mm=creep)
        yield _half(front, right=False, creep_mm=creep)


def _half(number: int, *, right: bool, creep_mm: float) -> FoldedPlace:
    """Half a side; its page stands nearer to the fold by the creep."""
    edge_mm = PAGE_MM[0] - creep_mm if right else creep_mm
    return FoldedPlace(number, edge_mm * POINTS_PER_MM, right)


def same_glyphs(wanted: Sequence[PrintedGlyph], found: Sequence[PrintedGlyph]) -> bool:
    """True if the same characters stand at the same places in the same sizes."""
    return added_glyphs(wanted, found) == ()


def added_glyphs(wanted: Sequence[PrintedGlyph], found: Sequence[PrintedGlyph]) -> tuple[PrintedGlyph, ...] | None:
    """What is found besides what is wanted, wherever the library reads it among that; `None` if not all that is wanted is there."""
    added = []
    missing = iter(wanted)
    next_one = next(missing, None)
    for glyph in found:
        if next_one is not None and _alike(next_one, glyph):
            next_one = next(missing, None)
        else:
            added.append(glyph)
    return tuple(added) if next_one is None else None


def _alike(one: PrintedGlyph, other: PrintedGlyph) -> bool:
    return one.character == other.character and (
        max(abs(one.x_pt - other.x_pt), abs(one.y_pt - other.y_pt), abs(one.size_pt - other.size_pt)) < SLACK_PT
    )
