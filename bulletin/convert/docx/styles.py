"""Styles and how they come to look: defaults, the chain of a paragraph's style, that of a character style, then what is set by hand (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from bulletin.convert.docx.names import THEME_FONT, local, number, points, switch, value, w
from bulletin.model.foreign import Alignment, Look

_ALIGNMENTS = {
    "center": Alignment.CENTER,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.JUSTIFIED,
    "distribute": Alignment.JUSTIFIED,
}
_MOST_STYLES_IN_A_CHAIN = 20
_MOST_PROPERTIES = 100


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its id, its name as Word shows it, the style it is based on, and its properties."""

    name: str
    based_on: str
    characters: etree._Element | None
    paragraph: etree._Element | None


@dataclass(slots=True)
class Styles:
    """All styles of a file."""

    named: dict[str, Style]
    ordinary: str
    """Id of the style of paragraphs that name none."""
    defaults: etree._Element | None
    theme: dict[str, str]
    chains: dict[str, tuple[Style, ...]] = field(default_factory=dict)
    said: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What styles say of a property of characters, once it was asked."""

    def chain(self, style: str) -> tuple[Style, ...]:
        """The style and those it is based on, the nearest first."""
        if style not in self.chains:
            found: list[Style] = []
            at = style
            while at in self.named and self.named[at] not in found and len(found) < _MOST_STYLES_IN_A_CHAIN:
                found.append(self.named[at])
                at = found[-1].based_on
            self.chains[style] = tuple(found)
        return self.chains[style]

    def paragraph_properties(self, direct: etree._Element | None) -> list[etree._Element]:
        """The properties that hold for a paragraph, the nearest first."""
        chain = self.chain(self.style_of(direct))
        return [each for each in (direct, *(style.paragraph for style in chain)) if each is not None]

    def style_of(self, direct: etree._Element | None) -> str:
        return value(direct, "pStyle") or self.ordinary

    def look(self, paragraph_style: str, direct: etree._Element | None) -> Look:
        """How a run looks."""
        return Look(
            self._nearest("face", self._face, paragraph_style, direct) or "",
            max(points(self._nearest("sz", _size, paragraph_style, direct), 2), 0.0),
            bold=self.on("b", paragraph_style, direct),
            italic=self.on("i", paragraph_style, direct),
        )

    def on(self, name: str, paragraph_style: str, direct: etree._Element | None) -> bool:
        """A toggle property: by hand it counts; else it is on where just one of the two kinds of style says so (17.7.3)."""
        by_hand = switch(direct, name)
        if by_hand is not None:
            return by_hand
        styles = (paragraph_style, value(direct, "rStyle") or "")
        one, other = (bool(self._said(style, name, lambda each: switch(each, name))) for style in styles)
        return one != other or bool(switch(self.defaults, name))

    def _nearest(
        self, name: str, read: Callable[[etree._Element], str], paragraph_style: str, direct: etree._Element | None
    ) -> str | None:
        """What is set by hand, or by the character style, the paragraph's style or the defaults, the first that says anything."""
        if direct is not None and (by_hand := read(direct)):
            return by_hand
        for style in (value(direct, "rStyle") or "", paragraph_style):
            if said := self._said(style, name, read):
                return str(said)
        return read(self.defaults) if self.defaults is not None else None

    def _said(self, style: str, name: str, read: Callable[[etree._Element], Any]) -> Any:
        """What the nearest style of a chain says; each is asked once."""
        key = (style, name)
        if key not in self.said:
            layers = (each.characters for each in self.chain(style) if each.characters is not None)
            self.said[key] = next((said for layer in layers if (said := read(layer)) not in (None, "")), None)
        return self.said[key]

    def _face(self, layer: etree._Element) -> str:
        """The face of Han: named, or that of the theme."""
        fonts = layer.find(w("rFonts"))
        if fonts is None:
            return ""
        theme = fonts.get(w("eastAsiaTheme"))
        return self.theme.get(theme[:5].lower(), "") if theme else fonts.get(w("eastAsia")) or ""


def _size(layer: etree._Element) -> str:
    return value(layer, "sz") or ""


def read_styles(root: etree._Element | None, theme: etree._Element | None) -> Styles:
    """The styles of `styles.xml`; none where there is no such part."""
    named: dict[str, Style] = {}
    ordinary = ""
    for style in () if root is None else root.findall(w("style")):
        key = style.get(w("styleId")) or ""
        name, based_on = value(style, "name") or "", value(style, "basedOn") or ""
        named[key] = Style(name, based_on, _bounded(style.find(w("rPr"))), _bounded(style.find(w("pPr"))))
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
            ordinary = key
    defaults = None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    return Styles(named, ordinary, _bounded(defaults), _theme_faces(theme))


def _bounded(properties: etree._Element | None) -> etree._Element | None:
    """The properties without what comes after the hundredth: no style has so many, and all paragraphs of a style are asked for them."""
    if properties is not None:
        del properties[_MOST_PROPERTIES:]
    return properties


def _theme_faces(theme: etree._Element | None) -> dict[str, str]:
    """The faces of Han in headings (`major`) and texts (`minor`)."""
    faces: dict[str, str] = {}
    for scheme in () if theme is None else theme.iter(f"{THEME_FONT}majorFont", f"{THEME_FONT}minorFont"):
        named = scheme.find(f"{THEME_FONT}ea")
        hans = next((font for font in scheme.findall(f"{THEME_FONT}font") if font.get("script") == "Hans"), None)
        face = (named.get("typeface") if named is not None else "") or (
            hans.get("typeface") if hans is not None else ""
        )
        faces[local(scheme)[:5]] = face or ""
    return faces


def alignment_of(properties: list[etree._Element]) -> Alignment:
    said = next((jc for each in properties if (jc := value(each, "jc"))), "")
    return _ALIGNMENTS.get(said, Alignment.LEFT)


def outline_of(properties: list[etree._Element]) -> int:
    """1 for the highest heading; 0 for body text."""
    said = next((found for each in properties if (found := value(each, "outlineLvl")) is not None), None)
    level = number(said, 9)
    return level + 1 if said is not None and 0 <= level < 9 else 0


def indent_of(properties: list[etree._Element], size_pt: float) -> float:
    """The indent of the first line, in pt: in characters of the paragraph's size where it is given so."""
    for each in properties:
        indent = each.find(w("ind"))
        if indent is None:
            continue
        if characters := number(indent.get(w("firstLineChars"))):
            return characters / 100 * (size_pt or 10.5)
        for name, sign in (("firstLine", 1), ("hanging", -1)):
            if indent.get(w(name)) is not None:
                return sign * points(indent.get(w(name)), 20)
    return 0.0
