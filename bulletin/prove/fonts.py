"""The fonts of a finished PDF: each embedded, each one of the declared faces (safety, row 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulletin.model.printed import PrintedPage
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.typeface import TYPEFACES


def check_fonts(pages: Iterable[PrintedPage], span: Span) -> Iterator[Problem]:
    """A problem for each family that is not embedded (ISO 32000-2, 9.9), or is none of ours."""
    first: dict[tuple[str, bool], int] = {}
    for page in pages:
        for font in page.fonts:
            first.setdefault((font.family, font.embedded), page.number)
    declared = {face.family for face in TYPEFACES}
    for (family, embedded), page_number in sorted(first.items()):
        if not embedded:
            what = message("第 {page} 页的字体“{family}”没有嵌入 PDF", page=page_number, family=family)
            yield error("proof-font", span, what, message("换一台电脑会变样，不能付印；请检查 assets/fonts"))
        if family not in declared:
            what = message("第 {page} 页有没登记过的字体“{family}”", page=page_number, family=family)
            yield error("proof-font", span, what, message("只能用 assets/fonts 里的字库；请检查样式"))
