"""What tests of press files share: print PDFs made by hand, paper that is really folded, and lines read from a PDF in mm."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium

from bulletin.model.page import POINTS_PER_MM
from bulletin.model.press import Imposition, PressProfile
from bulletin.model.sheets import Side

A4 = (0, 0, 595.2756, 841.8898)


def print_pdf(contents: Sequence[str], xobjects: dict[str, pikepdf.Stream] | None = None) -> bytes:
    """An A4 PDF with these contents, whose font is `/F`."""
    with pikepdf.new() as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=document.make_indirect(font)))
        if xobjects:
            resources.XObject = pikepdf.Dictionary(
                {name: document.make_indirect(each) for name, each in xobjects.items()}
            )
        shared = document.make_indirect(resources)
        for content in contents:
            page = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=A4, Resources=shared))
            page.Contents = document.make_stream(content.encode())
            document.pages.append(pikepdf.Page(page))
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def numbered_pdf(pages: int) -> bytes:
    """Pages that say `page 1` … 100 pt from the left and 700 pt from the foot."""
    return print_pdf([f"BT /F 24 Tf 1 0 0 1 100 700 Tm (page {number}) Tj ET" for number in range(1, pages + 1)])


def text_of(content: bytes, side: int, left_mm: float, right_mm: float) -> str:
    """What PDFium reads on a side between two distances from the left."""
    with pdfium.PdfDocument(content) as document:
        page = document[side]
        text = page.get_textpage()
        bounded = text.get_text_bounded(left_mm * POINTS_PER_MM, 0, right_mm * POINTS_PER_MM, page.get_height())
    return str(bounded).strip()


@dataclass(frozen=True, slots=True)
class Face:
    """A side of a leaf on the table: whether right of the fold, its height in the pile, whether it is seen from above."""

    right: bool
    height: int
    up: bool
    page: int


def fold(sides: Sequence[Side]) -> list[int]:
    """The pages of a signature as it is leafed through, by folding paper.

    The sheets lie in a pile, the outermost lowest and with its front down; the part left of the fold is turned over onto the
    other. Whoever holds the folded pile reads from its top: of each leaf the upper face, then the lower.
    """
    faces = []
    highest = len(sides)
    for height, (front, back) in enumerate(zip(sides[::2], sides[1::2], strict=True)):
        assert (front.back, back.back) == (False, True)
        down_right, down_left = front.cells  # turned face down about the fold, left is right
        up_left, up_right = back.cells
        faces += [Face(True, height, False, down_right.page), Face(True, height, True, up_right.page)]
        # the left part turns over: what was low comes high, what was down comes up
        faces += [Face(True, highest - height, True, down_left.page), Face(True, highest - height, False, up_left.page)]
    return [face.page for face in sorted(faces, key=lambda face: (-face.height, not face.up))]


def leafed_through(sides: Sequence[Side], profile: PressProfile) -> list[int]:
    """The pages of a copy in the order in which a reader meets them."""
    if profile.imposition is Imposition.DUPLEX:
        return [side.cells[0].page for side in sides]
    signatures = sorted({side.signature for side in sides})
    return [page for number in signatures for page in fold([side for side in sides if side.signature == number])]


def lines_mm(content: bytes, side: int) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines that a side of a press file draws itself, in mm from the left and the foot of the paper."""
    with pikepdf.open(io.BytesIO(content)) as document:
        start = (0.0, 0.0)
        for instruction in pikepdf.parse_content_stream(document.pages[side]):
            numbers = tuple(
                round(float(each) / POINTS_PER_MM, 2)
                for each in instruction.operands
                if str(instruction.operator) in "ml"
            )
            if str(instruction.operator) == "m":
                start = numbers[0], numbers[1]
            elif str(instruction.operator) == "l":
                yield (*start, numbers[0], numbers[1])


def operators(content: bytes) -> Iterator[tuple[str, tuple[float | str, ...]]]:
    """Every operator of every content stream in a PDF, forms included, with its operands."""
    with pikepdf.open(io.BytesIO(content)) as document:
        forms = [
            each for each in document.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
        ]
        for stream in [*document.pages, *forms]:
            for each in pikepdf.parse_content_stream(stream):
                operands = (
                    float(str(part)) if str(part).replace(".", "").replace("-", "").isdigit() else str(part)
                    for part in each.operands
                )
                yield str(each.operator), tuple(operands)
