"""A finished PDF opened for the rules, with what it was made from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from pikepdf import Dictionary, Object, Pdf, Stream

from bulletin.model.edition import Edition
from bulletin.model.publication import PdfStandard, SourceFile
from bulletin.prove.conformance.marks import PageMarks, Shown, read_marks
from bulletin.prove.conformance.tags import Mark, Node, read_tags

_HEX = rb"<([0-9A-Fa-f]+)>"
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_CHARACTER = re.compile(rb"\s*".join((_HEX, _HEX)))
_RANGE = re.compile(rb"\s*".join((_HEX, _HEX, rb"(?:" + _HEX + rb"|\[([^\]]*)\])")))


@dataclass(frozen=True)
class PrintFile:
    """What the rules look at.

    `sources` are the files that should be attached; `folder` is where the publication lies, which nobody need know.
    """

    content: bytes
    edition: Edition
    standard: PdfStandard
    sources: tuple[SourceFile, ...] = ()
    folder: str = ""

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf.open(io.BytesIO(self.content))

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        return read_tags(self.pdf)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All structure elements in reading order."""
        return tuple(node for root in self.roots for node in root.walk())

    def of_type(self, *types: str) -> Iterator[Node]:
        return (node for node in self.nodes if node.type in types)

    @cached_property
    def pages(self) -> tuple[PageMarks, ...]:
        return tuple(read_marks(page) for page in self.pdf.pages)

    @cached_property
    def metadata(self) -> ElementTree.Element:
        """The XMP packet; raises what no packet raises."""
        return ElementTree.fromstring(self.pdf.Root.Metadata.read_bytes())  # noqa: S314  expat loads nothing from outside

    @cached_property
    def fonts(self) -> dict[tuple[int, str], Object]:
        """The font of each name on each page."""
        return {
            (number, name): font
            for number, page in enumerate(self.pdf.pages)
            for name, font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).items()
        }

    @cached_property
    def shown(self) -> tuple[tuple[int, Shown], ...]:
        """All codes that are shown, with their page."""
        return tuple((number, shown) for number, page in enumerate(self.pages) for shown in page.shown)

    @cached_property
    def _characters(self) -> dict[tuple[int, int], Mapping[int, str]]:
        return {}

    def characters(self, page: int, name: str) -> Mapping[int, str]:
        """What each code of a font stands for (ISO 32000-1, 9.10.3)."""
        font = self.fonts[page, name]
        if font.objgen not in self._characters:
            stream = font.get("/ToUnicode")
            read = _read_cmap(stream.read_bytes()) if isinstance(stream, Stream) else {}
            self._characters[font.objgen] = read
        return self._characters[font.objgen]

    def text_of(self, page: int, shown: Shown) -> str:
        """The characters of what is shown; U+FFFD for a code that stands for nothing."""
        known = self.characters(page, shown.font)
        return "".join(known.get(code, "\ufffd") for code in codes_of(shown.codes))

    @cached_property
    def texts(self) -> dict[Mark, str]:
        """The text of each mark."""
        texts: dict[Mark, str] = {}
        for page, shown in self.shown:
            if shown.mark is not None:
                place = page, shown.mark
                texts[place] = texts.get(place, "") + self.text_of(page, shown)
        return texts


def codes_of(codes: bytes) -> Iterator[int]:
    """The codes of a string in a font with Identity-H: two bytes each."""
    return (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))


def _read_cmap(cmap: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        if kind == b"bfchar":
            known |= {int(code, 16): _text(text) for code, text in _CHARACTER.findall(body)}
            continue
        for first, last, text, listed in _RANGE.findall(body):
            texts = [_text(each) for each in re.findall(_HEX, listed)]
            for at, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                known[code] = texts[at] if listed else _following(_text(text), at)
    return known


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")


def _following(text: str, steps: int) -> str:
    return text[:-1] + chr(ord(text[-1]) + steps)
