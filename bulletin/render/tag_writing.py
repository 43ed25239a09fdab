"""A tag tree into a PDF: structure elements, the tables that lead from the page to them, and links (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from bulletin.render.drawing import Hotspot, Piece
from bulletin.render.tag_tree import ROLE_MAP, Attribute, Tag


def write_tag_tree(pdf: Pdf, root: Tag) -> None:
    """Puts the tree in the place of the engine's."""
    _TagWriter(pdf).write(root)


class _TagWriter:
    """Writes elements, and remembers which element each piece, annotation and identifier belongs to."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.owners: defaultdict[int, dict[int, Object]] = defaultdict(dict)
        self.links: list[Object] = []
        self.named: dict[str, Object] = {}

    def write(self, root: Tag) -> None:
        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self.element(root, tree)])
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self.parent_numbers())))
        tree.ParentTreeNextKey = len(self.pages) + len(self.links)
        tree.RoleMap = Dictionary({f"/{name}": Name(f"/{standard}") for name, standard in ROLE_MAP.items()})
        if self.named:
            names = sorted(self.named)
            listed = Array([part for name in names for part in (String(name), self.named[name])])
            limits = Array([String(names[0]), String(names[-1])])
            tree.IDTree = Dictionary(Kids=Array([self.pdf.make_indirect(Dictionary(Names=listed, Limits=limits))]))
        self.pdf.Root.StructTreeRoot = tree

    def element(self, tag: Tag, parent: Object) -> Object:
        """The element of a tag, with all that is below it."""
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{tag.type}"), P=parent))
        page = next((kid.page for kid in tag.kids if isinstance(kid, Piece)), None)
        if page is not None:
            element.Pg = self.pages[page]
        said = {"/Alt": tag.alternative, "/ActualText": tag.actual, "/Lang": tag.language, "/ID": tag.identifier}
        for key, value in said.items():
            if value:
                element[key] = String(value)
        if tag.identifier:
            self.named[tag.identifier] = element
        if tag.attributes:
            element.A = _attribute_objects(tag.attributes)
        element.K = Array([self.kid(kid, element, page) for kid in tag.kids])
        return element

    def kid(self, kid: Tag | Piece | Hotspot, element: Object, page: int | None) -> Object | int:
        """A kid as its element lists it: an element, marked content on the element's page or another, an annotation."""
        match kid:
            case Tag():
                return self.element(kid, element)
            case Piece():
                self.owners[kid.page][kid.number] = element
                if kid.page == page:
                    return kid.number
                return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)
            case Hotspot():
                annotation = self.pdf.get_object(kid.object_number, 0)
                annotation.StructParent = len(self.pages) + len(self.links)
                annotation.Contents = String("".join(kid.element.itertext()).replace("\n", "").strip())
                self.links.append(element)
                return Dictionary(Type=Name.OBJR, Pg=self.pages[kid.page], Obj=annotation)

    def parent_numbers(self) -> Iterator[Object | int]:
        """For each page the element of each of its marks, then the element of each annotation (ISO 32000-1, 14.7.4.4)."""
        for number, page in enumerate(self.pages):
            owners = self.owners[number]
            page.StructParents = number
            yield number
            yield self.pdf.make_indirect(Array([owners.get(mark) for mark in range(max(owners, default=-1) + 1)]))
        for number, element in enumerate(self.links, start=len(self.pages)):
            yield number
            yield element


def _attribute_objects(attributes: Iterable[Attribute]) -> Object:
    """The attributes by owner (ISO 32000-1, 14.7.5)."""
    owners: dict[str, Dictionary] = {}
    for owner, key, value in attributes:
        said = owners.setdefault(owner, Dictionary(O=Name(owner)))
        said[key] = Name(value) if isinstance(value, str) else Array(value) if isinstance(value, tuple) else value
    objects = list(owners.values())
    return objects[0] if len(objects) == 1 else Array(objects)
