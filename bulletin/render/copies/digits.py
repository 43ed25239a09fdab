"""The ten digits in the face that the number of a copy is set in, as a font that a finished PDF can take over."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pikepdf

from bulletin import __version__
from bulletin.model.errors import RenderingFailed
from bulletin.model.problem import message
from bulletin.model.publication import Publication
from bulletin.model.stamp import DIGITS
from bulletin.render.assets import find_asset
from bulletin.render.engine import draw
from bulletin.render.print_css import print_css
from bulletin.render.specimen import face_mark

_SUBSET = "DIGITS"
"""The tag of the subset. The engine gives all subsets of a face one tag; but those of one file must differ (ISO 32000-1, 9.6.4),
or a press that keeps fonts by name prints one with the glyphs of the other."""
_HTML = """<!DOCTYPE html><html lang="zh-CN"><head><title>{digits}</title></head><body><div class="page unnumbered">
<div class="top"><div><p class="{css_class} digits">{digits}</p></div></div></div></body></html>"""
_CSS = ".digits { font-feature-settings: normal !important; letter-spacing: 0 !important }"


@dataclass(frozen=True, slots=True)
class DigitFace:
    """A PDF that has no other font, and of each digit the code in it, in hexadecimal, and the width in em."""

    content: bytes
    codes: tuple[bytes, ...]
    widths: tuple[float, ...]

    @classmethod
    def read(cls, content: bytes) -> DigitFace:
        """The face in a PDF that was drawn before.

        Raises:
            RenderingFailed: The digits in it come from more than one face.
        """
        with pikepdf.open(io.BytesIO(content)) as pdf:
            name, each = _digits_on(pdf.pages[0])
            widths = _widths(pdf.pages[0].Resources.Font[name])
        return cls(
            content,
            tuple(code.hex().encode() for code in each),
            tuple(widths[int.from_bytes(code, "big")] / 1000 for code in each),
        )

    def codes_of(self, number: str) -> bytes:
        """The codes of a number, in hexadecimal."""
        return b"".join(self.codes[DIGITS.index(digit)] for digit in number)

    def width_em(self, number: str) -> float:
        return sum(self.widths[DIGITS.index(digit)] for digit in number)


def draw_digits(publication: Publication) -> DigitFace:
    """The digits as the publication's style sheet sets them after the label of the number.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`; or the digits come from more than one face.
    """
    html, css = _source(publication)
    assets: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(path) for name, path in publication.faces}
    drawn = draw(html, css, assets, find_asset(publication.assets, "fonts/fonts.conf"))
    with pikepdf.open(io.BytesIO(drawn.content)) as pdf:
        page = pdf.pages[0]
        name, _ = _digits_on(page)
        font = page.Resources.Font[name]
        _name(font)
        page.Resources.Font = pikepdf.Dictionary({name: font})
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return DigitFace.read(written.getvalue())


def digits_fingerprint(publication: Publication) -> str:
    """A digest of all that decides how the digits come out, but for the libraries of the system; the engine is not loaded."""
    faces = [face_mark(name, path) for name, path in publication.faces]
    parts = (_source(publication), faces, __version__, version("weasyprint"))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _source(publication: Publication) -> tuple[str, str]:
    """The page of digits, and its style sheet."""
    css_class = "copy-number" if publication.copy_number.position == "right" else "number"
    return _HTML.format(digits=DIGITS, css_class=css_class), print_css((), publication) + _CSS


def _digits_on(page: pikepdf.Page) -> tuple[str, tuple[bytes, ...]]:
    """The name of the only font that has all digits of a page, and the code of each."""
    shown = [(font, codes) for font, codes in _shown(page) if len(codes) == 2 * len(DIGITS)]
    if len(shown) != 1:
        what = message("份号的十个数字排不成一种字体")
        raise RenderingFailed(what, message("请检查字库：西文字库里要有全部数字"))
    ((name, codes),) = shown
    return name, tuple(codes[at : at + 2] for at in range(0, len(codes), 2))


def _shown(page: pikepdf.Page) -> Iterator[tuple[str, bytes]]:
    """The name of the font, and all codes, of each text that a page shows."""
    font = ""
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        operands = list(instruction.operands)
        if str(instruction.operator) == "Tf":
            font = str(operands[0])
            continue
        parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
        yield font, b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """The width of each code, in thousandths of an em (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    listed = list(font.DescendantFonts[0].W)
    while listed:
        first, second = int(listed.pop(0)), listed.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(listed.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths


def _name(font: pikepdf.Object) -> None:
    """Gives the subset its own name, in all three places."""
    name = pikepdf.Name(f"/{_SUBSET}+{str(font.BaseFont).split('+')[-1].removeprefix('/')}")
    descendant = font.DescendantFonts[0]
    font.BaseFont = descendant.BaseFont = descendant.FontDescriptor.FontName = name
