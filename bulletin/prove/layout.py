"""The finished pages as a printer sees them: lines, edges, fonts, folios; and what can be counted of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from statistics import mean

import pypdfium2 as pdfium

from bulletin.model.artifact import Artifact
from bulletin.model.build import Examination, FaceFigures, LayoutProof, PrintFigures
from bulletin.model.edition import Edition, Imprint
from bulletin.model.page import TypeSize
from bulletin.model.pages import TypesetEdition
from bulletin.model.printed import PrintedPage
from bulletin.model.problem import Span, message
from bulletin.prove.folios import check_folio_places
from bulletin.prove.fonts import check_fonts
from bulletin.prove.glyph_lines import read_page
from bulletin.prove.imprint import check_imprint, read_last_rule
from bulletin.prove.passages import note_passages, print_passages
from bulletin.prove.print_lines import (
    BodyLine,
    FullLine,
    Locate,
    body_lines,
    check_edges,
    check_grid,
    check_line_ends,
    check_line_starts,
    check_long_marks,
    full_lines,
    grid_lines,
    line_joints,
)
from bulletin.prove.thumbnails import thumbnail_of

_STARTS = message("行首没有不该在行首的标点")
_LINE_ENDS = message("行尾没有不该在行尾的标点")
_LONG_MARKS = message("破折号、省略号没有拆开")
_EDGES = message("排满的行右边对齐")
_GRID = message("正文、标题每行落在 22 行的行格上")
_FOLIOS = message("页码在版心下 7 毫米、外侧空一字")
_IMPRINT = message("报尾在末页、双数页，末条线在版心下边缘")
_FONTS = message("字体全部嵌入，都是登记过的")
_ENDS, _LINES, _PAGES = message("处断行"), message("行"), message("页")


def prove_layout(
    edition: Edition, typeset: TypesetEdition, artifact: Artifact, size: TypeSize, issue_file: Span
) -> LayoutProof:
    """Looks at every line and every font of a print PDF.

    A line that offends is a warning: a text can leave no good place to break, and a draft must still come out.

    Args:
        edition: What is printed, with the places that it comes from.
        typeset: The same on its pages.
        artifact: The print PDF.
        size: The size of its body text.
        issue_file: Where problems outside the articles are reported.
    """
    pages, thumbnails = _read(artifact.content)
    lines = body_lines(pages)
    joints, full = line_joints(lines, size), full_lines(lines, size)
    on_grid = grid_lines(lines, size)
    faces, locate = _faces(pages), locator(edition, typeset, issue_file)
    numbered = [page for page in pages if page.foot]
    last_rule, ends, even = (
        read_last_rule(artifact.content),
        edition.imprint.closing,
        isinstance(edition.imprint, Imprint),
    )
    looked = (
        (_STARTS, len(joints), _ENDS, check_line_starts(joints, locate)),
        (_LINE_ENDS, len(joints), _ENDS, check_line_ends(joints, locate)),
        (_LONG_MARKS, len(joints), _ENDS, check_long_marks(joints, locate)),
        (_EDGES, len(full), _LINES, check_edges(full, locate)),
        (_GRID, len(on_grid), _LINES, check_grid(on_grid, locate)),
        (_FOLIOS, len(numbered), _PAGES, check_folio_places(numbered, issue_file)),
        (_IMPRINT, 1, _PAGES, check_imprint(pages, last_rule, ends, issue_file, even=even)),
        (_FONTS, len(faces), message("种"), check_fonts(pages, issue_file)),
    )
    found = [(name, places, unit, tuple(problems)) for name, places, unit, problems in looked]
    examinations = tuple(Examination(name, places, unit, len(problems)) for name, places, unit, problems in found)
    problems = tuple(problem for *_, several in found for problem in several)
    return LayoutProof(examinations, problems, _figures(pages, lines, full, faces), thumbnails)


def locator(edition: Edition, typeset: TypesetEdition, issue_file: Span) -> Locate:
    """Finds the source of a printed line by its text; `issue_file` where it is not of one passage."""
    passages = [*print_passages(edition, dict(typeset.openings), issue_file)]
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
