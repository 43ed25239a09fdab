"""What the tags and inline styles of HTML say of the look of characters and the place of paragraphs. Sizes are in points."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from bulletin.model.foreign import Alignment, Look

_NO_LOOK = Look()
BASE_PT = 12.0
"""What an em is where the page does not say it: 16 px."""
_DECLARATION = re.compile(r"([\w-]{1,40})\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])*)")
_LENGTH = re.compile(r"([+-]?\d{0,6}\.?\d{0,6})\s*(px|pt|pc|em|rem|%|mm|cm|in|ex|ch)?", re.IGNORECASE)
_POINTS = {"px": 0.75, "pt": 1.0, "pc": 12.0, "rem": BASE_PT, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
_OF_FONT = {"em": 1.0, "%": 0.01, "ex": 0.5, "ch": 0.5}
_NAMED_PT = {
    "xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0,
}  # fmt: skip
_FONT_SIZES_PT = (7.5, 9.75, 12.0, 13.5, 18.0, 24.0, 36.0)
"""`<font size=1…7>`."""
_SHORTHAND = re.compile(r"([\d.]+(?:px|pt|em|rem|%))(?:\s*/\s*\S+)?\s+(.+)", re.IGNORECASE)
_BOLD_TAGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_ITALIC_TAGS = frozenset({"i", "em", "cite", "dfn", "var"})
_ALIGNMENTS = {
    "center": Alignment.CENTER, "middle": Alignment.CENTER, "right": Alignment.RIGHT, "end": Alignment.RIGHT,
    "justify": Alignment.JUSTIFIED, "left": Alignment.LEFT, "start": Alignment.LEFT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """What an element hands down to what it holds."""

    look: Look = _NO_LOOK
    alignment: Alignment = Alignment.LEFT
    indent: str = ""
    """As written: in ems of the paragraph that it comes to."""
    keeps_blanks: bool = False

    @property
    def indent_pt(self) -> float:
        return round(max(length_pt(self.indent, self.look.size_pt or BASE_PT) or 0.0, 0.0), 1)


def declarations(element: etree._Element) -> dict[str, str]:
    """The declarations of its `style` attribute, names and values in small letters but for faces."""
    written = element.get("style") or ""
    return {name.lower(): value.strip() for name, value in _DECLARATION.findall(written[:5_000])}


def styled(element: etree._Element, declared: dict[str, str], outer: Style) -> Style:
    """The style inside the element, by its tag, its attributes and what it declares."""
    tag = element.tag if isinstance(element.tag, str) else ""
    look = outer.look
    if tag in _BOLD_TAGS:
        look = replace(look, bold=True)
    if tag in _ITALIC_TAGS:
        look = replace(look, italic=True)
    if tag == "font":
        look = _font(element, look)
    for name, change in _CHANGES.items():
        if name in declared:
            look = change(look, declared[name].removesuffix("!important").strip())
    wanted = declared.get("text-align", element.get("align") or "").lower().removesuffix("!important").strip()
    alignment = Alignment.CENTER if tag == "center" else _ALIGNMENTS.get(wanted, outer.alignment)
    blanks = declared.get("white-space", "").lower()
    keeps = blanks.startswith(("pre", "break")) if blanks else tag == "pre" or outer.keeps_blanks
    return Style(look, alignment, declared.get("text-indent", outer.indent), keeps)


def length_pt(written: str, em_pt: float) -> float | None:
    """A length in points, `None` where it is none."""
    found = _LENGTH.fullmatch(written.strip())
    if not found or not any(each.isdigit() for each in found[1]):
        return None
    unit = (found[2] or "px").lower()
    return float(found[1]) * (_POINTS[unit] if unit in _POINTS else _OF_FONT[unit] * em_pt)


def _font(element: etree._Element, look: Look) -> Look:
    face, size = element.get("face"), (element.get("size") or "").strip()
    if face:
        look = _faced(look, face)
    if size.isdecimal() and 1 <= int(size[:3]) <= len(_FONT_SIZES_PT):
        look = replace(look, size_pt=_FONT_SIZES_PT[int(size) - 1])
    return look


def _faced(look: Look, written: str) -> Look:
    face = written.split(",", maxsplit=1)[0].strip(" \"'")
    return replace(look, face=face[:100]) if face and face.lower() not in ("inherit", "initial", "unset") else look


def _sized(look: Look, written: str) -> Look:
    named = _NAMED_PT.get(written.lower())
    size = named if named is not None else length_pt(written, look.size_pt or BASE_PT)
    return look if size is None or not 0 < size < 1_000 else replace(look, size_pt=round(size, 1))


def _weighted(look: Look, written: str) -> Look:
    weight = written.lower()
    if weight.isdecimal():
        return replace(look, bold=int(weight[:5]) >= 600)
    return (
        replace(look, bold=weight in ("bold", "bolder")) if weight in ("bold", "bolder", "normal", "lighter") else look
    )


def _slanted(look: Look, written: str) -> Look:
    return replace(look, italic=written.lower().startswith(("italic", "oblique")))


def _short(look: Look, written: str) -> Look:
    found = _SHORTHAND.search(written)
    if not found:
        return look
    before = written[: found.start()].lower()
    look = replace(_faced(_sized(look, found[1]), found[2]), bold="bold" in before, italic="italic" in before)
    return look


_CHANGES: dict[str, Callable[[Look, str], Look]] = {
    "font": _short, "font-family": _faced, "font-size": _sized, "font-weight": _weighted, "font-style": _slanted,
}  # fmt: skip
