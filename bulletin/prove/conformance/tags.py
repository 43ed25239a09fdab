"""The tag tree of a PDF as a reader meets it (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from pikepdf import Array, Dictionary, Object, Pdf

Mark: TypeAlias = "tuple[int, int]"
"""A stretch of marked content: its page from 0, and its number there."""

GROUPING = frozenset(
    {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"}
)
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
BLOCKS = frozenset(
    {"P", "H", *HEADINGS, "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"}
)
INLINES = frozenset(
    {
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "Warichu",
        "RB",
        "RT",
        "RP",
        "WT",
        "WP",
    }
)
STANDARD = GROUPING | BLOCKS | INLINES | {"Figure", "Formula", "Form"}
"""The standard structure types (ISO 32000-1, 14.8.4)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A structure element: its type (mapped to a standard one where there is a map), and what is in it, in order."""

    type: str
    thing: Object
    kids: tuple[Node | Mark | Object, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(kid for kid in self.kids if isinstance(kid, Node))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that are directly in it."""
        return tuple(kid for kid in self.kids if isinstance(kid, tuple))

    @property
    def annotations(self) -> tuple[Object, ...]:
        return tuple(kid for kid in self.kids if isinstance(kid, Object))

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in reading order."""
        yield self
        for node in self.nodes:
            yield from node.walk()

    def leaves(self) -> Iterator[Mark]:
        """All marks in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.leaves()
            elif isinstance(kid, tuple):
                yield kid

    def attribute(self, owner: str, key: str) -> Object | None:
        """The value of an attribute, `None` where it is not given (ISO 32000-1, 14.7.5)."""
        said = self.thing.get("/A")
        objects = list(said) if isinstance(said, Array) else [said]
        found = (each.get(key) for each in objects if isinstance(each, Dictionary) and each.get("/O") == owner)
        return next((value for value in found if value is not None), None)


def read_tags(pdf: Pdf) -> tuple[Node, ...]:
    """The elements at the root of the tree; none where there is no tree."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return ()
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    roles = {name: str(meant) for name, meant in root.get("/RoleMap", Dictionary()).items()}
    reader = _Reader(pages, roles)
    return tuple(reader.node(each) for each in _listed(root.get("/K")))


@dataclass(frozen=True, slots=True)
class _Reader:
    pages: dict[tuple[int, int], int]
    roles: dict[str, str]

    def node(self, thing: Object) -> Node:
        kids = tuple(self.kid(kid, thing) for kid in _listed(thing.get("/K")))
        return Node(self.role(str(thing.get("/S", ""))), thing, kids)

    def role(self, name: str) -> str:
        """The standard type that a type stands for, itself where it leads to none."""
        seen = [name]
        while seen[-1].removeprefix("/") not in STANDARD and seen[-1] in self.roles:
            seen.append(self.roles[seen[-1]])
            if len(seen) > len(STANDARD):
                break
        return seen[-1].removeprefix("/")

    def kid(self, kid: Object | int, parent: Object) -> Node | Mark | Object:
        if isinstance(kid, int):
            return self.pages[parent.Pg.objgen], kid
        if kid.get("/Type") == "/MCR":
            return self.pages[kid.get("/Pg", parent.get("/Pg", kid)).objgen], int(kid.MCID)
        if kid.get("/Type") == "/OBJR":
            found: Object = kid.Obj
            return found
        return self.node(kid)


def _listed(kids: Any) -> list[Any]:
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]
