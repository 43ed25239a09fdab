"""The tag tree of a drawn document: its elements in their own order, whole, whatever pages they fell on.

An element that goes on over a page is one element; a footnote stands where it is referred to; what a page repeats (the head of a
table) and what belongs to the page (the folio) is no part of the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeAlias
from xml.etree.ElementTree import Element

from bulletin.render.drawing import Drawing, Hotspot, Piece
from bulletin.render.joining import join_pages

_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
TAGS = {
    "section": "Sect",
    "article": "Art",
    "figure": "Div",
    "blockquote": "BlockQuote",
    **{name.lower(): name for name in (*_HEADINGS, "P")},
    "pre": "P",
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    **{"table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD"},
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    "img": "Figure",
    "a": "Link",
    "sup": "Reference",
    "code": "Code",
    "strong": "Strong",
    "em": "Em",
}
"""HTML to the standard structure types (ISO 32000-1, 14.8.4); others have no meaning of their own and are left out."""
CLASS_TAGS = {"mark": "Lbl", "note": "Note", "note-mark": "Lbl", "rest": ""}
ROLE_MAP = {"Strong": "Span", "Em": "Span"}
"""What types of PDF 2.0 are in PDF 1.7 (ISO 14289-1, 7.1: every other type is mapped)."""
NOWHERE = (-1, -1)
_MAY_BE_EMPTY = frozenset({"TD", "TH", "TR"})

Attribute: TypeAlias = tuple[str, str, str | int | tuple[float, ...]]
"""Owner, name and value; a name begins with `/`."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element: its type, what is in it in reading order, and what is said of it."""

    type: str
    kids: tuple[Tag | Piece | Hotspot, ...]
    attributes: tuple[Attribute, ...] = ()
    alternative: str = ""
    actual: str = ""
    """What is read in place of what is drawn (ISO 32000-1, 14.9.4)."""
    language: str = ""
    identifier: str = ""

    @property
    def first(self) -> tuple[int, int] | None:
        """Where the first of it is drawn in the flow of the text: footnotes are drawn later than their place."""
        places = (
            kid.place if isinstance(kid, Piece) else None if isinstance(kid, Hotspot) else kid.first
            for kid in self.kids
        )
        return None if self.type == "Note" else min((place for place in places if place), default=None)


@dataclass(frozen=True, slots=True)
class TagTree:
    """The root of the tree, and the pieces that are no part of it: artifacts (ISO 32000-1, 14.8.2.2)."""

    root: Tag
    artifacts: tuple[Piece, ...]


def tag_tree(drawing: Drawing) -> TagTree:
    """The tree of what was drawn."""
    join_pages(drawing.document)
    body = next(iter(drawing.document.iter("body")))
    whole = {id(element) for element in body.iter()}
    artifacts = tuple(piece for piece in drawing.pieces if id(piece.element) not in whole)
    tagger = _Tagger(drawing, set(artifacts))
    root = Tag("Document", tuple(tagger.kids_of(body)))
    return TagTree(_with_levels(_with_identifiers(root, count(1)), []), artifacts)


def _with_levels(tag: Tag, above: list[str]) -> Tag:
    """Headings at their depth: an author may begin with （一）, but no level is skipped (ISO 14289-1, 7.4.2).

    Args:
        tag: A tag.
        above: The headings that the text before it stands under, from the top.
    """
    type_ = tag.type
    if type_ in _HEADINGS:
        while above and above[-1] >= type_:
            above.pop()
        above.append(type_)
        type_ = f"H{len(above)}"
    kids = tuple(_with_levels(kid, above) if isinstance(kid, Tag) else kid for kid in tag.kids)
    return replace(tag, type=type_, kids=kids)


def _by_element(pieces: Iterable[Piece]) -> defaultdict[int, list[Piece]]:
    found: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: piece.place):
        found[id(piece.element)].append(piece)
    return found


class _Tagger:
    """Makes the tags of elements from what was drawn of them."""

    def __init__(self, drawing: Drawing, artifacts: set[Piece]) -> None:
        self.pieces = _by_element(piece for piece in drawing.pieces if piece not in artifacts)
        self.hotspots: defaultdict[int, list[Hotspot]] = defaultdict(list)
        links = {id(inner): link for link in drawing.document.iter("a") for inner in link.iter()}
        for hotspot in drawing.hotspots:
            self.hotspots[id(links.get(id(hotspot.element), hotspot.element))].append(hotspot)

    def kids_of(self, element: Element) -> Iterator[Tag | Piece | Hotspot]:
        """What is in an element, in reading order: its own pieces where they stand between its children."""
        own = [Tag("Span", (piece,), actual=" ") if piece.blank else piece for piece in self.pieces[id(element)]]
        for child in element:
            for tag in self.tags_of(child):
                start = _start(tag)
                while own and _start(own[0]) < start:
                    yield own.pop(0)
                yield tag
        yield from own
        yield from self.hotspots[id(element)]

    def tags_of(self, element: Element) -> Iterator[Tag | Piece | Hotspot]:
        """The tag of an element, or what is in it where the element itself has no meaning."""
        kids = tuple(self.kids_of(element))
        type_ = _type_of(element)
        if type_ == "Link" and not self.hotspots[id(element)]:
            type_ = ""
        if not type_ or not (kids or type_ in _MAY_BE_EMPTY):
            yield from kids
            return
        if type_ in ("L", "LI"):
            kids = tuple(_listed(kids) if type_ == "LI" else _items(element, kids))
        yield Tag(
            type=type_,
            kids=kids,
            attributes=tuple(_attributes(element, type_, kids)),
            alternative=element.get("alt", "") if type_ == "Figure" else "",
            language=element.get("lang", ""),
        )


def _start(part: Tag | Piece | Hotspot) -> tuple[int, int]:
    """Where the first of a part is drawn; nowhere (first of all) for what is not in the flow: footnotes are drawn at the foot."""
    match part:
        case Piece():
            return part.place
        case Tag() if part.type != "Note":
            return min((start for start in map(_start, part.kids) if start != NOWHERE), default=NOWHERE)
        case _:
            return NOWHERE


def _type_of(element: Element) -> str:
    classes = element.get("class", "").split()
    return next((CLASS_TAGS[name] for name in classes if name in CLASS_TAGS), TAGS.get(str(element.tag), ""))


def _listed(kids: Iterable[Tag | Piece | Hotspot]) -> Iterator[Tag]:
    """The parts of an item: its label, where it has one, and its body (ISO 32000-1, table 336)."""
    body: list[Tag | Piece | Hotspot] = []
    for kid in kids:
        if isinstance(kid, Tag) and kid.type in ("Lbl", "LBody"):
            yield kid
        else:
            body.append(kid)
    if body:
        yield Tag("LBody", tuple(body))


def _items(element: Element, kids: Iterable[Tag | Piece | Hotspot]) -> Iterator[Tag | Piece | Hotspot]:
    """The items of a list; those of a list of terms begin at each term."""
    if element.tag != "dl":
        yield from kids
        return
    item: list[Tag] = []
    for kid in kids:
        if isinstance(kid, Tag):
            if kid.type == "Lbl" and item:
                yield Tag("LI", tuple(item))
                item = []
            item.append(kid)
    yield Tag("LI", tuple(item))


def _attributes(element: Element, type_: str, kids: tuple[Tag | Piece | Hotspot, ...]) -> Iterator[Attribute]:
    """What the standard wants said: ISO 32000-1, 14.8.5; ISO 14289-1, 7.5 and 7.6."""
    match type_:
        case "L":
            labelled = any(
                isinstance(part, Tag) and part.type == "Lbl"
                for item in kids
                if isinstance(item, Tag)
                for part in item.kids
            )
            numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(str(element.tag), "/None") if labelled else "/None"
            yield "/List", "/ListNumbering", numbering
        case "TH":
            yield "/Table", "/Scope", "/Row" if element.get("scope") == "row" else "/Column"
        case "Figure":
            for kid in kids:
                if isinstance(kid, Piece) and kid.area_pt:
                    yield "/Layout", "/BBox", kid.area_pt
    if type_ in ("TH", "TD"):
        for name, key in (("colspan", "/ColSpan"), ("rowspan", "/RowSpan")):
            if int(element.get(name, "1")) > 1:
                yield "/Table", key, int(element.get(name, "1"))


def _with_identifiers(tag: Tag, numbers: Iterator[int]) -> Tag:
    """Every footnote with a name of its own (ISO 14289-1, 7.9)."""
    identifier = f"note-{next(numbers)}" if tag.type == "Note" else ""
    kids = tuple(_with_identifiers(kid, numbers) if isinstance(kid, Tag) else kid for kid in tag.kids)
    return replace(tag, kids=kids, identifier=identifier)
