"""The tags of a PDF: which characters make one paragraph, and the words that stand for pictures (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pikepdf

ELEMENT_LIMIT = 300_000
_DEEPEST = 60
_BLOCKS = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "LBody", "TH", "TD", "Caption", "Note", "FENote", "TOCI"}
)
_LABEL = "Lbl"
"""The mark of an item or a note: it belongs to what follows on its line."""

ByMark: TypeAlias = Mapping[int, int]


@dataclass(slots=True)
class Tags:
    """By the index of the page and the number of marked content there: the number of the paragraph; what stands for a picture."""

    blocks: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    alternatives: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class _Inside:
    """What holds an element: the number of its paragraph (0: none), its page, the words for its picture, how deep it is."""

    block: int = 0
    page: int = -1
    alternative: str = ""
    depth: int = 0


def read_tags(content: bytes) -> Tags:
    """The tags of a file; none where they are broken."""
    tags = Tags()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _walk(pdf, tags)
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError, OSError, OverflowError):
        return Tags()
    return tags


def _walk(pdf: pikepdf.Pdf, tags: Tags) -> None:
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return
    pages: dict[tuple[int, int], int] = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    meanings = root.get("/RoleMap")
    roles = (
        {str(name): str(meant) for name, meant in meanings.items()} if isinstance(meanings, pikepdf.Dictionary) else {}
    )
    waiting: list[tuple[object, _Inside]] = [(root.get("/K"), _Inside())]
    seen = 0
    while waiting and seen < ELEMENT_LIMIT:
        each, inside = waiting.pop()
        seen += 1
        if isinstance(each, int):
            _mark(tags, each, inside)
        elif isinstance(each, pikepdf.Array):
            waiting += [(child, inside) for child in list(each)[:ELEMENT_LIMIT]]
        elif isinstance(each, pikepdf.Dictionary) and inside.depth < _DEEPEST:
            here = _Inside(inside.block, _page(each, pages, inside.page), inside.alternative, inside.depth + 1)
            if "/MCID" in each:
                if "/Stm" not in each:
                    _mark(tags, int(each["/MCID"]), here)
            elif "/S" in each:
                waiting.append((each.get("/K"), _named(each, roles, here, seen)))


def _named(element: pikepdf.Dictionary, roles: Mapping[str, str], here: _Inside, number: int) -> _Inside:
    """What the children of an element are inside of."""
    name = str(element["/S"])
    role = roles.get(name, name).removeprefix("/")
    block = number if role in _BLOCKS else 0 if role == _LABEL else here.block
    alternative = str(element.get("/Alt", "")) if role == "Figure" else here.alternative
    return _Inside(block, here.page, alternative[:500], here.depth)


def _page(element: pikepdf.Object, pages: Mapping[tuple[int, int], int], otherwise: int) -> int:
    """The index of the page that an element names."""
    page = element.get("/Pg")
    return pages.get(page.objgen, otherwise) if isinstance(page, pikepdf.Object) else otherwise


def _mark(tags: Tags, number: int, inside: _Inside) -> None:
    if inside.page < 0:
        return
    if inside.block:
        tags.blocks[inside.page][number] = inside.block
    if inside.alternative.strip():
        tags.alternatives[inside.page][number] = inside.alternative.strip()
