"""What is stamped on a page of a copy, as content in the page's own coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.copies import CodeKind
from bulletin.model.press import Colour
from bulletin.model.stamp import TRACING_GREY, CopyStamp, NumberPlace, PageKind, Stamping
from bulletin.render.copies.digits import DigitFace
from bulletin.render.copies.symbols import datamatrix_modules, qr_modules, symbol_content

FONT = b"/Number"
"""The name of the digits' font in the resources of a page; the engine's own names have six capital letters."""


@dataclass(frozen=True, slots=True)
class Stamper:
    """Draws stamps in the inks of a file."""

    stamping: Stamping
    digits: DigitFace
    colour: Colour = Colour.RGB

    def contents(self, stamp: CopyStamp) -> dict[PageKind, bytes]:
        """What pages of each kind bear in a copy; kinds that bear nothing are left out."""
        found = {kind: "\n".join(self._drawn(stamp, kind)).encode() for kind in PageKind}
        return {kind: content for kind, content in found.items() if content}

    def _drawn(self, stamp: CopyStamp, kind: PageKind) -> Iterator[str]:
        marks = self.stamping.marks
        if place := self.stamping.number_place(kind):
            yield self._number(stamp.number, place)
        if stamp.code is None:
            return
        if kind is PageKind.FIRST and marks.code is not CodeKind.NONE:
            qr = marks.code is CodeKind.QR
            modules = qr_modules(stamp.code.text()) if qr else datamatrix_modules(stamp.code.compact())
            yield f"{_ink(self.colour, 0)} {symbol_content(modules, self.stamping.code_place)}"
        if marks.tracing:
            modules = datamatrix_modules(stamp.code.compact())
            yield f"{_ink(self.colour, TRACING_GREY)} {symbol_content(modules, self.stamping.tracing_place(kind))}"

    def _number(self, number: str, place: NumberPlace) -> str:
        x = place.x_pt - (self.digits.width_em(number) * place.size_pt if place.right else 0)
        shown = f"{FONT.decode()} {place.size_pt:g} Tf 1 0 0 1 {x:.3f} {place.y_pt:.3f} Tm"
        return f"{_ink(self.colour, 0)} BT {shown} <{self.digits.codes_of(number).decode()}> Tj ET"


def _ink(colour: Colour, white: float) -> str:
    """The operator that sets a grey, in black ink alone where there are inks."""
    if colour is Colour.CMYK:
        return f"0 0 0 {1 - white:g} k"
    return f"{white:g} g" if colour is Colour.GREY else f"{white:g} {white:g} {white:g} rg"
