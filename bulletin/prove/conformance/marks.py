"""What each page shows, and how it is marked: as a stretch of the text, as an artifact, or not at all (ISO 32000-1, 14.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Object, Page

_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_PAINTED = _TEXT | {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}
_COLOURS = frozenset({"k", "K"})
_READ = " ".join(sorted(_PAINTED | _COLOURS | {"BDC", "BMC", "EMC", "Tf", "cs", "CS", "q", "Q", "BI", "ID", "EI"}))


@dataclass(frozen=True, slots=True)
class Shown:
    """Codes that are shown in a font, and the mark that they stand in (`None` in an artifact or in nothing)."""

    font: str
    codes: bytes
    mark: int | None


@dataclass(slots=True)
class PageMarks:
    """One page: what it shows; how often each mark is opened; what is neither marked nor artifact; marks that are nested
    wrongly; operators that paint in CMYK."""

    shown: list[Shown] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    bare: int = 0
    crossed: int = 0
    cmyk: int = 0
    _font: str = ""
    _fonts: list[str] = field(default_factory=list)
    _open: list[int | str | None] = field(default_factory=list)
    """What is open, from the outside: a mark, `artifact`, or `None` for other marked content."""

    def take(self, operands: list[Object], operator: str) -> None:
        """Follows one operator of the page."""
        match operator:
            case "BDC" | "BMC":
                self._begin(operands)
            case "EMC":
                self._open.pop()
            case "Tf":
                self._font = str(operands[0])
            case "q":
                self._fonts.append(self._font)
            case "Q":
                self._font = self._fonts.pop()
            case "k" | "K":
                self.cmyk += 1
            case "cs" | "CS":
                self.cmyk += operands[0] == "/DeviceCMYK"
        if operator in _PAINTED:
            inside = [each for each in self._open if each is not None]
            self.bare += not inside
            if operator in _TEXT:
                mark = inside[-1] if inside and isinstance(inside[-1], int) else None
                self.shown.append(Shown(self._font, b"".join(_strings(operands)), mark))

    def _begin(self, operands: list[Object]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        number = properties.get("/MCID") if isinstance(properties, Dictionary) else None
        opened: int | str | None = (
            "artifact" if operands[0] == "/Artifact" else number if number is None else int(number)
        )
        if opened is not None and any(each is not None for each in self._open):
            self.crossed += 1
        if isinstance(opened, int):
            self.marks.append(opened)
        self._open.append(opened)


def read_marks(page: Page) -> PageMarks:
    """What the contents of a page show."""
    found = PageMarks()
    for instruction in pikepdf.parse_content_stream(page, _READ):
        found.take(list(instruction.operands), str(instruction.operator))
    return found


def _strings(operands: list[Object]) -> Iterator[bytes]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from (bytes(each) for each in operand if isinstance(each, pikepdf.String))
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)
