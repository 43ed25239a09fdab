"""What the layout engine draws, piece by piece, and which element of the document each piece stands for.

The engine's own tag tree ends every element at the foot of a page and begins it anew on the next, and knows no classes. So the
pieces are watched while they are drawn, and `tag_tree` makes the tree of the document itself.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

POINTS_PER_PIXEL = 0.75
"""CSS Values 3, 5.2: 96 px are 72 pt."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of marked content: its page from 0, its number there (MCID), and the element whose text or picture it is.

    `element` is `None` for what belongs to the page and not to the document; `area_pt` is left, foot, right and top of a
    picture; `blank` is true of the white between two words, of which the engine draws nothing.
    """

    page: int
    number: int
    element: Element | None
    area_pt: tuple[float, float, float, float] | None = None
    blank: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where it comes in the order of drawing."""
        return self.page, self.number


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A link annotation: its page from 0, the number of its object in the PDF, and the element that is the link."""

    page: int
    object_number: int
    element: Element


@dataclass(frozen=True, slots=True)
class Drawing:
    """A PDF as the engine wrote it, and the document that it was drawn from."""

    content: bytes
    document: Element
    pieces: tuple[Piece, ...]
    hotspots: tuple[Hotspot, ...]


def watch(layout: Any, document: Element, variant: str) -> Drawing:
    """Draws the laid-out pages and notes what is drawn.

    Args:
        layout: WeasyPrint's `Document`.
        document: The tree that it was laid out from.
        variant: WeasyPrint's name of the standard to follow.
    """
    known = {id(element) for element in document.iter()}
    pieces: list[Piece] = []
    for number, page in enumerate(layout.pages):
        page.paint = _watched(page, number, pieces, known)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the engine leaves the file of its colour profile open
        content: bytes = layout.write_pdf(pdf_variant=variant)
    return Drawing(content, document, tuple(pieces), tuple(_hotspots(layout.pages)))


def _watched(page: Any, number: int, pieces: list[Piece], known: set[int]) -> Callable[..., None]:
    """The page's own `paint`, after which what the stream has marked is added to `pieces`."""
    paint = page.paint

    def paint_and_note(stream: Any, *rest: Any, **options: Any) -> None:
        paint(stream, *rest, **options)
        for box, tag in stream._tags.items():
            element = box.element if id(box.element) in known else None
            blank = getattr(box, "text", "").isspace()
            pieces.append(Piece(number, tag["mcid"], element, _area_pt(box, page.height), blank))

    return paint_and_note


def _area_pt(box: Any, page_height: float) -> tuple[float, float, float, float] | None:
    """The place of a picture in PDF's coordinates, which go up from the foot of the page (ISO 32000-1, 8.3.2.3)."""
    if not hasattr(box, "replacement"):
        return None
    left, top = box.content_box_x(), box.content_box_y()
    edges = left, page_height - top - box.height, left + box.width, page_height - top
    x1, y1, x2, y2 = (round(edge * POINTS_PER_PIXEL, 3) for edge in edges)
    return x1, y1, x2, y2


def _hotspots(pages: Any) -> Iterator[Hotspot]:
    for number, page in enumerate(pages):
        for *_, box in page.links:
            annotation = getattr(box, "link_annotation", None)
            if annotation is not None:
                yield Hotspot(number, annotation.number, box.element)
