"""Styles and how they come to look: defaults, the chain of a paragraph's style, that of a character style, then what is set by hand (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from bulletin.convert.docx.names import THEME_FONT, local, number, switch, value, w
from bulletin.model.foreign import Alignment, Look

_ALIGNMENTS = {
    "center": Alignment.CENTER,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.JUSTIFIED,
    "distribute": Alignment.JUSTIFIED,
}
_MOST_STYLES_IN_A_CHAIN = 50


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
        layers = self._layers(paragraph_style, direct)
        size = next((said for layer in layers if (said := value(layer, "sz"))), "")
        return Look(
            self._face(layers),
            max(number(size), 0) / 2,
            bold=self.on("b", paragraph_style, direct),
            italic=self.on("i", paragraph_style, direct),
        )

    def on(self, name: str, paragraph_style: str, direct: etree._Element | None) -> bool:
        """A toggle property: by hand it counts; else it is on where just one of the two kinds of style says so (17.7.3)."""
        by_hand = switch(direct, name)
        if by_hand is not None:
            return by_hand
        chains = (self.chain(paragraph_style), self.chain(value(direct, "rStyle") or ""))
        said = [
            next((on for style in chain if (on := switch(style.characters, name)) is not None), False)
            for chain in chains
        ]
        return said[0] != said[1] or bool(switch(self.defaults, name))

    def _layers(self, paragraph_style: str, direct: etree._Element | None) -> list[etree._Element]:
        styles = (*self.chain(value(direct, "rStyle") or ""), *self.chain(paragraph_style))
        layers = (direct, *(style.characters for style in styles), self.defaults)
        return [layer for layer in layers if layer is not None]

    def _face(self, layers: list[etree._Element]) -> str:
        """The face of Han: named, or that of the theme."""
        for layer in layers:
            fonts = layer.find(w("rFonts"))
            if fonts is None:
                continue
            theme = fonts.get(w("eastAsiaTheme"))
            named = self.theme.get(theme[:5].lower(), "") if theme else fonts.get(w("eastAsia")) or ""
            if named:
                return named
        return ""


def read_styles(root: etree._Element | None, theme: etree._Element | None) -> Styles:
    """The styles of `styles.xml`; none where there is no such part."""
    named: dict[str, Style] = {}
    ordinary = ""
    for style in () if root is None else root.findall(w("style")):
        key = style.get(w("styleId")) or ""
        name, based_on = value(style, "name") or "", value(style, "basedOn") or ""
        named[key] = Style(name, based_on, style.find(w("rPr")), style.find(w("pPr")))
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
            ordinary = key
    defaults = None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    return Styles(named, ordinary, defaults, _theme_faces(theme))


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
                return sign * number(indent.get(w(name))) / 20
    return 0.0
