"""The words of a paragraph: runs, fields, links, notes, pictures, text boxes, tracked changes (ECMA-376 part 1, 17.3.2, 17.13.5, 17.16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from bulletin.convert.docx.file import Change, File
from bulletin.convert.docx.names import EMBEDDED, LINKED, RELATED, local, w
from bulletin.model.foreign import ChangeKind, DropKind, Look, Run
from bulletin.model.problem import message

_SKIPPED = {
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "fldData",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "sectPr",
    "ctrlPr",
    "rubyPr",
    "lastRenderedPageBreak",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
}
_CHANGES = {
    "ins": ChangeKind.INSERTED,
    "moveTo": ChangeKind.INSERTED,
    "del": ChangeKind.DELETED,
    "moveFrom": ChangeKind.DELETED,
}
_FOREIGN_OBJECTS = {
    "chart": message("图表不能导入"),
    "relIds": message("组织结构图不能导入"),
    "OLEObject": message("嵌入的对象不能导入"),
    "control": message("控件不能导入"),
    "altChunk": message("嵌入的文件不能导入"),
}
_KNOWN = ("wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "a14", "wp14", "wp15", "v", "o")
_SYMBOLS = {
    0xB7: "•",
    0xA7: "▪",
    0x6C: "●",
    0x6E: "■",
    0x75: "◆",
    0x71: "□",
    0xA8: "□",
    0xFC: "✓",
    0xFE: "☑",
    0x52: "☑",
    0xD8: "➢",
}
"""Characters of Symbol and Wingdings that manuscripts have."""


@dataclass(slots=True)
class Inlines:
    """The runs of a paragraph, as they are read; `boxes` are the contents of text boxes that are anchored in it."""

    file: File
    style: str
    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    breaks_page: bool = False
    link: str = ""
    alternative: str = ""
    properties: etree._Element | None = None

    def read(self, element: etree._Element) -> None:
        """Takes in what stands in the element; what is not known is gone through for its words."""
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            read = _READERS.get(name)
            if read:
                read(self, child)
            else:
                if name in _FOREIGN_OBJECTS:
                    self.file.tell(_FOREIGN_OBJECTS[name])
                self.read(child)

    def say(self, text: str) -> None:
        """Characters that the paragraph has, if they are to be seen."""
        file = self.file
        if not text:
            return
        if file.fields:
            file.fields[-1].shown = True
        if file.in_code:
            file.fields[-1].code.append(text)
            file.drop(DropKind.FIELD, text)
        elif file.styles.on("vanish", self.style, self.properties):
            file.drop(DropKind.HIDDEN, text)
        elif file.left_out:
            file.drop(DropKind.DELETED, text)
            file.note_change(text)
        else:
            if file.changing:
                file.note_change(text)
            file.remark_on(text)
            self.runs.append(Run(text, self._look(), self._link()))

    def _look(self) -> Look:
        return self.file.styles.look(self.style, self.properties)

    def _link(self) -> str:
        return self.link or (self.file.fields[-1].link if self.file.fields else "")

    def run(self, element: etree._Element) -> None:
        outer, self.properties = self.properties, element.find(w("rPr"))
        self.read(element)
        self.properties = outer

    def text(self, element: etree._Element) -> None:
        self.say(element.text or "")

    def deleted_text(self, element: etree._Element) -> None:
        """`w:delText` outside of a deletion is deleted all the same."""
        if self.file.changing:
            self.say(element.text or "")
        else:
            self.file.drop(DropKind.DELETED, element.text or "")

    def instruction(self, element: etree._Element) -> None:
        text = element.text or ""
        if self.file.fields and not self.file.fields[-1].in_result:
            self.file.fields[-1].code.append(text)
        self.file.drop(DropKind.FIELD, text)

    def field_character(self, element: etree._Element) -> None:
        match element.get(w("fldCharType")):
            case "begin" if element not in self.file.unclosed:
                self.file.begin_field()
            case "separate":
                self.file.begin_result()
            case "end" if self.file.fields:
                self._formula(self.file.fields.pop().formula)

    def _formula(self, text: str) -> None:
        """Word draws a formula from its code; here it is words."""
        if text:
            self.file.tell(message("公式域（EQ）改成了文字，请核对"))
            self.file.written.append(text)
            self.say(text)

    def simple_field(self, element: etree._Element) -> None:
        code = element.get(w("instr")) or ""
        self.file.begin_field().code.append(code)
        self.file.drop(DropKind.FIELD, code)
        self.file.begin_result()
        depth = len(self.file.fields)
        self.read(element)
        del self.file.fields[depth:]
        self._formula(self.file.fields.pop().formula if len(self.file.fields) == depth else "")

    def line_break(self, element: etree._Element) -> None:
        if element.get(w("type")) in ("page", "column"):
            self.breaks_page = True
        else:
            self.say("\n")

    def symbol(self, element: etree._Element) -> None:
        self.say(symbol_of(element))

    def hyperlink(self, element: etree._Element) -> None:
        related = self.file.relationship(element.get(RELATED))
        outer = self.link
        self.link = self.file.safe_link(related.target) if related and related.external else ""
        self.read(element)
        self.link = outer

    def change(self, element: etree._Element) -> None:
        with_whom = Change(_CHANGES[local(element)], element.get(w("author")) or "", element.get(w("date")) or "")
        self.file.changing.append(with_whom)
        self.read(element)
        self.file.changing.pop()

    def note(self, element: etree._Element) -> None:
        kind = local(element).removesuffix("Reference")
        if not self.file.left_out and not self.file.in_code:
            self.runs.append(Run("", self._look(), note=self.file.label_of(kind, element.get(w("id")) or "")))

    def remark_begins(self, element: etree._Element) -> None:
        key = element.get(w("id")) or ""
        self.file.open_remarks.add(key)
        self.file.remarked.setdefault(key, "")

    def remark_ends(self, element: etree._Element) -> None:
        self.file.open_remarks.discard(element.get(w("id")) or "")

    def remark(self, element: etree._Element) -> None:
        self.file.remark(element.get(w("id")) or "")

    def ruby(self, element: etree._Element) -> None:
        """The characters are kept, their reading is left out."""
        for child in element:
            if local(child) == "rt":
                self.file.drop(DropKind.MARKUP, "".join(each.text or "" for each in child.iter(w("t"))))
            elif local(child) == "rubyBase":
                self.read(child)

    def alternatives(self, element: etree._Element) -> None:
        self.read(chosen(element))

    def described(self, element: etree._Element) -> None:
        """`wp:docPr` holds the words for the picture that follows."""
        self.alternative = element.get("descr") or element.get("title") or ""

    def shape(self, element: etree._Element) -> None:
        self.alternative = element.get("alt") or self.alternative
        self.read(element)

    def picture(self, element: etree._Element) -> None:
        linked = element.get(LINKED)
        name = self.file.picture(element.get(EMBEDDED) or element.get(RELATED) or linked, self.alternative)
        if name and not self.file.left_out:
            self.runs.append(Run("", picture=name))

    def word_art(self, element: etree._Element) -> None:
        self.say(element.get("string") or "")

    def box(self, element: etree._Element) -> None:
        self.boxes.append(element)


def chosen(element: etree._Element) -> etree._Element:
    """The one of the alternatives that is read: the newest that is known, and never both (ECMA-376 part 3, 7.6)."""
    for child in element:
        required = (child.get("Requires") or "").split()
        if local(child) == "Choice" and all(each.rstrip("0123456789") in _KNOWN or each in _KNOWN for each in required):
            return child
    fallback = next((child for child in element if local(child) == "Fallback"), None)
    return fallback if fallback is not None else next(iter(element), element)


def symbol_of(element: etree._Element) -> str:
    """A character of a symbol font, as a character of Unicode."""
    said = element.get(w("char")) or ""
    try:
        code = int(said, 16)
    except ValueError:
        return ""
    small = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if code < 0x100 or small != code:
        return _SYMBOLS.get(small, "□")
    known = 0x100 <= code < 0xD800 or 0xF900 <= code < 0x11_0000
    return chr(code) if known and chr(code).isprintable() else "□"


def raw_texts(root: etree._Element) -> Iterator[str]:
    """All characters of a part that are text, read more crudely: whatever may become of them (`ForeignDocument.census`)."""
    skipped: set[etree._Element] = set()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            name = local(element)
            if name == "AlternateContent" and len(element):
                keep = chosen(element)
                skipped.update(child for child in element if child is not keep)
            if element in skipped:
                walk.skip_subtree()
                skipped.discard(element)
            elif name in ("t", "delText", "instrText", "delInstrText"):
                yield element.text or ""
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield symbol_of(element)
            elif name == "fldSimple":
                yield element.get(w("instr")) or ""
            elif name == "textpath":
                yield element.get("string") or ""


_READERS: dict[str, Callable[[Inlines, etree._Element], None]] = {
    "r": Inlines.run,
    "t": Inlines.text,
    "delText": Inlines.deleted_text,
    "instrText": Inlines.instruction,
    "delInstrText": Inlines.instruction,
    "fldChar": Inlines.field_character,
    "fldSimple": Inlines.simple_field,
    "br": Inlines.line_break,
    "cr": Inlines.line_break,
    "tab": lambda inlines, _: inlines.say("\t"),
    "ptab": lambda inlines, _: inlines.say("\t"),
    "noBreakHyphen": lambda inlines, _: inlines.say("-"),
    "softHyphen": lambda _, __: None,
    "sym": Inlines.symbol,
    "hyperlink": Inlines.hyperlink,
    **dict.fromkeys(_CHANGES, Inlines.change),
    "footnoteReference": Inlines.note,
    "endnoteReference": Inlines.note,
    "commentRangeStart": Inlines.remark_begins,
    "commentRangeEnd": Inlines.remark_ends,
    "commentReference": Inlines.remark,
    "ruby": Inlines.ruby,
    "AlternateContent": Inlines.alternatives,
    "docPr": Inlines.described,
    "shape": Inlines.shape,
    "blip": Inlines.picture,
    "imagedata": Inlines.picture,
    "textpath": Inlines.word_art,
    "txbxContent": Inlines.box,
}
