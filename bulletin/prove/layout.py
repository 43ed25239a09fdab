"""The finished pages as a printer sees them: lines, edges, fonts, folios; and what can be counted of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from statistics import mean

import pypdfium2 as pdfium

from bulletin.model.artifact import Artifact
from bulletin.model.build import Examination, FaceFigures, LayoutProof, PrintFigures
from bulletin.model.edition import Edition
from bulletin.model.page import TypeSize
from bulletin.model.printed import PrintedPage
from bulletin.model.problem import Span, message
from bulletin.prove.fonts import check_fonts
from bulletin.prove.glyph_lines import read_page
from bulletin.prove.passages import note_passages, print_passages
from bulletin.prove.print_lines import (
    BodyLine,
    FullLine,
    Locate,
    body_lines,
    check_edges,
    check_line_ends,
    check_line_starts,
    check_long_marks,
    full_lines,
    line_joints,
)
from bulletin.prove.thumbnails import thumbnail_of


def prove_layout(edition: Edition, artifact: Artifact, size: TypeSize, issue_file: Span) -> LayoutProof:
    """Looks at every line and every font of a print PDF.

    A line that offends is a warning: a text can leave no good place to break, and a draft must still come out.

    Args:
        edition: What is printed, with the places that it comes from.
        artifact: The print PDF.
        size: The size of its body text.
        issue_file: Where problems outside the articles are reported.
    """
    pages, thumbnails = _read(artifact.content)
    lines = body_lines(pages)
    joints, full = line_joints(lines, size), full_lines(lines, size)
    faces, locate = _faces(pages), locator(edition, issue_file)
    ends = message("处断行")
    looked = (
        (message("行首没有不该在行首的标点"), len(joints), ends, tuple(check_line_starts(joints, locate))),
        (message("行尾没有不该在行尾的标点"), len(joints), ends, tuple(check_line_ends(joints, locate))),
        (message("破折号、省略号没有拆开"), len(joints), ends, tuple(check_long_marks(joints, locate))),
        (message("排满的行右边对齐"), len(full), message("行"), tuple(check_edges(full, locate))),
        (message("字体全部嵌入，都是登记过的"), len(faces), message("种"), tuple(check_fonts(pages, issue_file))),
    )
    examinations = tuple(Examination(name, places, unit, len(found)) for name, places, unit, found in looked)
    problems = tuple(problem for *_, found in looked for problem in found)
    return LayoutProof((*examinations, *_not_run()), problems, _figures(pages, lines, full, faces), thumbnails)


def locator(edition: Edition, issue_file: Span) -> Locate:
    """Finds the source of a printed line by its text; `issue_file` where it is not of one passage."""
    passages = [*print_passages(edition, issue_file)]
    passages += [passage for article in edition.articles for passage in note_passages(article)]
    starts = list(accumulate((len(passage.text) for passage in passages), initial=0))
    text = "".join(passage.text for passage in passages)

    def locate(line: str) -> Span:
        place = text.find(line)
        return passages[bisect_right(starts, place) - 1].span if place >= 0 else issue_file

    return locate


def _read(content: bytes) -> tuple[tuple[PrintedPage, ...], tuple[bytes, ...]]:
    """The pages and their thumbnails, in one go: a page that is open costs little more to draw."""
    with pdfium.PdfDocument(content) as document:
        read = [(read_page(page, number), thumbnail_of(page)) for number, page in enumerate(document, start=1)]
    return tuple(page for page, _ in read), tuple(thumbnail for _, thumbnail in read)


def _not_run() -> Iterable[Examination]:
    """What a printer would look at too, and this program does not yet: it is named, not passed over."""
    names = (
        message("正文每行落在 22 行的行格上"),
        message("页码的位置"),
        message("报尾在末页、双数页，末条线在版心下边缘"),
    )
    return tuple(Examination(name, None, message("页")) for name in names)


def _figures(
    pages: Sequence[PrintedPage], lines: Sequence[BodyLine], full: Sequence[FullLine], faces: tuple[FaceFigures, ...]
) -> PrintFigures:
    stretches = [line.stretch_em for line in full if line.stretch_em is not None] or [0.0]
    return PrintFigures(
        pages=len(pages),
        blank_pages=sum(page.blank for page in pages),
        characters=sum(len(page.body) for page in pages),
        lines=len(lines),
        full_lines=len(full),
        ragged_lines=sum(line.ragged for line in full),
        stretch_mean_em=mean(stretches),
        stretch_max_em=max(stretches),
        faces=faces,
    )


def _faces(pages: Iterable[PrintedPage]) -> tuple[FaceFigures, ...]:
    used: dict[str, set[float]] = {}
    for page in pages:
        for font in page.fonts:
            used.setdefault(font.family, set()).add(font.size_pt)
    return tuple(FaceFigures(family, tuple(sorted(sizes, reverse=True))) for family, sizes in sorted(used.items()))
