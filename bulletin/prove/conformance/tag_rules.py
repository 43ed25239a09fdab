"""Rules about the tag tree: ISO 14289-1 (PDF/UA-1), 7, with the failure conditions of the Matterhorn protocol (MH)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object

from bulletin.model.problem import Message, message
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.conformance.tags import HEADINGS, STANDARD, Node

_CHILDREN = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    **{part: {"TR"} for part in ("THead", "TBody", "TFoot")},
    "TR": {"TH", "TD"},
}
_PARENTS = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    **{cell: {"TR"} for cell in ("TH", "TD")},
    **{part: {"Table"} for part in ("THead", "TBody", "TFoot")},
}
_PARTS = frozenset({"Document", "Sect", "Art", "BlockQuote"})
_FLAT = frozenset({"P", *HEADINGS})


def check_root(file: PrintFile) -> Iterator[Message]:
    """There is a tree, a document is its root, and each element knows its parent (ISO 32000-1, 14.7.2; MH 01-005)."""
    if [root.type for root in file.roots] != ["Document"]:
        yield message("PDF 没有结构标签，或不止一个根")
    for node in file.nodes:
        if any(child.thing.get("/P", Dictionary()).objgen != node.thing.objgen for child in node.nodes):
            yield message("结构标签的上下级说法不一：{type}", type=node.type)


def check_types(file: PrintFile) -> Iterator[Message]:
    """Every type is a standard one, or stands for one (ISO 14289-1, 7.1; MH 02-001 to 02-004)."""
    roles = dict(file.pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary()).items())
    for type_ in sorted({node.type for node in file.nodes} - STANDARD):
        yield message("结构标签“{type}”不是标准的类型", type=type_)
    for name in roles:
        if name.removeprefix("/") in STANDARD:
            yield message("结构标签“{type}”不是标准的类型", type=name)


def check_nesting(file: PrintFile) -> Iterator[Message]:
    """Lists, tables and paragraphs hold what they may hold (ISO 14289-1, 7.5, 7.6; MH 09-004 to 09-006)."""
    for node in file.nodes:
        allowed = _CHILDREN.get(node.type)
        for child in node.nodes:
            outside = child.type in _PARENTS and node.type not in _PARENTS[child.type]
            if (allowed and child.type not in allowed) or outside or (node.type in _FLAT and child.type in _FLAT):
                yield message("结构标签“{child}”不能在“{parent}”里", child=child.type, parent=node.type)
        if allowed and node.marks:
            yield message("结构标签“{child}”不能在“{parent}”里", child="MCID", parent=node.type)


def check_parent_tree(file: PrintFile) -> Iterator[Message]:
    """Every mark on a page leads to the one element that has it (ISO 32000-1, 14.7.4.4; ISO 14289-1, 7.1)."""
    numbers = _numbers(file)
    owners = {mark: node.thing.objgen for node in file.nodes for mark in node.marks}
    often = [mark for mark, times in Counter(mark for node in file.nodes for mark in node.marks).items() if times > 1]
    shown = {(number, mark) for number, page in enumerate(file.pages) for mark in page.marks}
    twice = any(len(set(page.marks)) < len(page.marks) for page in file.pages)
    if often or twice or shown != owners.keys():
        yield message("页面内容与结构标签对不上")
        return
    for (page, mark), owner in owners.items():
        listed = numbers.get(int(file.pdf.pages[page].obj.get("/StructParents", -1)))
        if not isinstance(listed, Array) or mark >= len(listed) or listed[mark].objgen != owner:
            yield message("第 {page} 页的内容找不到它的结构标签", page=page + 1)
            return


def _numbers(file: PrintFile) -> dict[int, Object]:
    """The parent tree as a table; ours has one level."""
    flat = list(file.pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}


def check_untagged(file: PrintFile) -> Iterator[Message]:
    """All that is shown is text or artifact, and never both (ISO 14289-1, 7.1; MH 01-001 to 01-005)."""
    for number, page in enumerate(file.pages, start=1):
        if page.bare or page.crossed:
            yield message("第 {page} 页有 {count} 处内容没有结构标签", page=number, count=page.bare + page.crossed)


def check_alternatives(file: PrintFile) -> Iterator[Message]:
    """Every picture has words that stand for it, and a place (ISO 14289-1, 7.3; MH 13-004)."""
    for node in file.of_type("Figure", "Formula"):
        if not str(node.thing.get("/Alt", "")).strip() or node.attribute("/Layout", "/BBox") is None:
            yield message("图片没有替代文字，读屏软件读不出来")


def check_headings(file: PrintFile) -> Iterator[Message]:
    """The first heading is of level 1, and no level is skipped (ISO 14289-1, 7.4.2; MH 14-002, 14-003, 14-007)."""
    levels = [0, *(int(node.type[1:] or 0) for node in file.of_type("H", *HEADINGS))]
    if any(level > before + 1 or not level for before, level in pairwise(levels)) or levels == [0]:
        yield message("标题的层级有跳级")


def check_table_grid(file: PrintFile) -> Iterator[Message]:
    """Every row of a table fills all its columns (ISO 14289-1, 7.5; ISO 32000-1, 14.8.4.3.4)."""
    for table in file.of_type("Table"):
        if len(set(_row_widths(table))) > 1:
            yield message("表格各行的格数不一")


def _row_widths(table: Node) -> Iterator[int]:
    """How many columns each row takes, with the cells that reach down into it."""
    reaching: list[tuple[int, int]] = []
    for row in (node for node in table.walk() if node.type == "TR"):
        width = sum(columns for columns, _ in reaching)
        reaching = [(columns, rows - 1) for columns, rows in reaching if rows > 1]
        for cell in row.nodes:
            columns, rows = (int(str(cell.attribute("/Table", key) or 1)) for key in ("/ColSpan", "/RowSpan"))
            width += columns
            if rows > 1:
                reaching.append((columns, rows - 1))
        yield width


def check_table_heads(file: PrintFile) -> Iterator[Message]:
    """Every table has heads, and says what each is the head of (ISO 14289-1, 7.5; MH 15-003)."""
    for table in file.of_type("Table"):
        heads = [node for node in table.walk() if node.type == "TH"]
        if not heads or any(node.attribute("/Table", "/Scope") is None for node in heads):
            yield message("表格没有表头，或表头没有说明管行还是管列")


def check_lists(file: PrintFile) -> Iterator[Message]:
    """A list whose items are labelled says how they are numbered (ISO 14289-1, 7.6; MH 16-001 to 16-003)."""
    for items in file.of_type("L"):
        labelled = [item for item in items.nodes if any(part.type == "Lbl" for part in item.nodes)]
        if labelled and items.attribute("/List", "/ListNumbering") is None:
            yield message("列表没有说明编号的方式")


def check_notes(file: PrintFile) -> Iterator[Message]:
    """Every footnote has a name of its own, by which it is found (ISO 14289-1, 7.9; MH 19-003, 19-004)."""
    names = [str(node.thing.get("/ID", "")) for node in file.of_type("Note")]
    tree = file.pdf.Root.StructTreeRoot.get("/IDTree", Dictionary())
    known = [str(name) for leaf in tree.get("/Kids", Array()) for name in list(leaf.Names)[::2]]
    if sorted(names) != known or len(set(names)) < len(names) or "" in names:
        yield message("脚注没有各自的标识")


def check_links(file: PrintFile) -> Iterator[Message]:
    """Every link is in a link element, is found from it and leads to it, and says where it goes (ISO 14289-1, 7.18.1 and 7.18.5; MH 28-002 to 28-012)."""
    numbers = _numbers(file)
    owners = {thing.objgen: node for node in file.of_type("Link") for thing in node.annotations}
    for page in file.pdf.pages:
        for link in page.obj.get("/Annots", Array()):
            node = owners.get(link.objgen)
            owner = numbers.get(int(link.get("/StructParent", -1)))
            if node is None or owner is None or owner.objgen != node.thing.objgen:
                yield message("链接没有对应的结构标签")
            elif not str(link.get("/Contents", "")).strip():
                yield message("链接没有说明文字，读屏软件读不出来")


def check_annotations(file: PrintFile) -> Iterator[Message]:
    """Nothing lies on a page but links, and they are not hidden (ISO 19005-2, 6.3.1 and 6.3.2)."""
    for page in file.pdf.pages:
        for thing in page.obj.get("/Annots", Array()):
            if thing.get("/Subtype") != Name.Link or int(thing.get("/F", 0)) & 0b100111 != 0b100:
                yield message("页面上有链接以外的标注，或隐藏的链接")


def check_tab_order(file: PrintFile) -> Iterator[Message]:
    """The tab key follows the text (ISO 14289-1, 7.18.3; MH 28-008, 28-009)."""
    for number, page in enumerate(file.pdf.pages, start=1):
        if "/Annots" in page.obj and page.obj.get("/Tabs") != Name.S:
            yield message("第 {page} 页的 Tab 键不按正文次序走", page=number)


def check_parts(file: PrintFile) -> Iterator[Message]:
    """Every article is one part of the document, whatever pages it is on, and text stands in its paragraphs, headings and
    items, never loose in a part (ISO 14289-1, 7.2)."""
    for node in file.nodes:
        if node.type in _PARTS and node.marks:
            yield message("有文字不在段落里，直接在结构标签 {type} 下", type=node.type)
    found, wanted = sum(node.type == "Art" for node in file.nodes), len(file.edition.articles)
    if found != wanted:
        yield message("文章有 {wanted} 篇，结构标签里有 {found} 篇", wanted=wanted, found=found)
