"""The fonts in a finished PDF: each embedded, each one of the declared faces (safety, row 14)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.typeface import TYPEFACES

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_fonts(content: bytes, span: Span) -> tuple[int, tuple[Problem, ...]]:
    """How many fonts there are, and a problem for each that is not embedded, or is none of ours."""
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts = sorted((family_of(str(font.get("/BaseFont", ""))), _is_embedded(font)) for font in _fonts(document))
    return len(fonts), tuple(_problems(fonts, span))


def family_of(name: str) -> str:
    """The family in a font's name: `VFZPRN+Hei` is a subset of `Hei` (ISO 32000-2, 9.9.2)."""
    return name.removeprefix("/").split("+")[-1]


def _fonts(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every font of the file, in whatever content it is used; the parts of composite ones are not told again."""
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and "/CIDSystemInfo" not in each:
            yield each


def _is_embedded(font: pikepdf.Object) -> bool:
    """True if the font's program is in the file (ISO 32000-2, 9.9); that of a composite font is with its descendant."""
    described = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor")
    return font.get("/Subtype") == "/Type3" or (
        descriptor is not None and any(file in descriptor for file in _FONT_FILES)
    )


def _problems(fonts: list[tuple[str, bool]], span: Span) -> Iterator[Problem]:
    declared = {face.family for face in TYPEFACES}
    for family, embedded in fonts:
        if not embedded:
            what = message("字体“{family}”没有嵌入 PDF", family=family)
            yield error("proof-font", span, what, message("换一台电脑会变样，不能付印；请检查 assets/fonts"))
        if family not in declared:
            what = message("PDF 里有没登记过的字体“{family}”", family=family)
            yield error("proof-font", span, what, message("只能用 assets/fonts 里的字库；请检查样式"))
