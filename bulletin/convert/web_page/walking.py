"""The elements of a page one after another: what each means for the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from lxml import etree

from bulletin.convert.web_page.blanks import collapsed, kept
from bulletin.convert.web_page.builder import PLAIN, Builder
from bulletin.convert.web_page.content import all_text, is_around, is_hidden, is_no_text
from bulletin.convert.web_page.looks import Style, declarations, styled
from bulletin.convert.web_page.notes import Notes
from bulletin.convert.web_page.numbering import counting, list_style, mark, whole
from bulletin.convert.web_page.pictures import PICTURE_LIMIT, is_spacer, picture_of, source_of
from bulletin.model.foreign import (
    ChangeKind,
    DropKind,
    Dropped,
    ForeignParagraph,
    ForeignPicture,
    Place,
    Run,
    TrackedChange,
)

_NO_STYLE = Style()
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol",
    "dl", "dt", "dd", "blockquote", "pre", "address", "center", "figure", "figcaption", "form", "fieldset", "legend", "details", "summary",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "body", "html", "dir", "menu", "hgroup",
})  # fmt: skip
_UNTOLD = frozenset({"script", "style", "head", "title"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_OUTWARD = re.compile(r"(?:https?://[^\s/?#@]+\S*|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"level(\d)")
_SHOWN = 80
"""Characters of an address that are shown."""
HAN = re.compile(r"[\u3400-\u9fff]")
_END = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is read of a page: the elements with the article and its title, the tables with data, the notes."""

    body: etree._Element
    read: frozenset[etree._Element]
    tables: frozenset[etree._Element]
    notes: Notes


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun: how text in it is set, where it leads, what becomes of it."""

    style: Style = _NO_STYLE
    kind: ForeignParagraph = PLAIN
    link: str = ""
    is_read: bool = False
    takes: _END | None = None
    """Where its text goes when it ends, if it is not text of the page."""


@dataclass(slots=True)
class _List:
    """A list that has begun, and the number of its next item."""

    style: str
    value: int
    step: int


@dataclass(slots=True)
class Walk:
    """Reads a page; then `builder` has its text, the other lists what was told and left out."""

    parts: Parts
    builder: Builder = field(default_factory=Builder)
    pictures: list[ForeignPicture] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    lost_links: int = 0
    lost_pictures: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=lambda: [_Open()])
    _lists: list[_List] = field(default_factory=list)
    _aside: list[str] = field(default_factory=list)
    _in_table: bool = False

    def read(self) -> None:
        """Goes through the page once."""
        for event, element in etree.iterwalk(self.parts.body, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._begin(element)
                self._text("" if element.tag in _UNTOLD else element.text)
                continue
            if event == "end":
                self._end(element)
            elif event == "comment" and HAN.search(element.text or ""):
                self._drop(DropKind.HIDDEN, element.text or "")
            if element is not self.parts.body:
                self._text(element.tail)
        self.builder.end_paragraph()
        self._end_aside()

    def _begin(self, element: etree._Element) -> None:
        outer = self._open[-1]
        if outer.takes is not None:
            self._open.append(outer)
            return
        declared = declarations(element)
        takes = self._taker(element, declared)
        if takes is not None:
            self._end_aside()
            self._open.append(replace(outer, takes=takes))
            return
        style = styled(element, declared, outer.style)
        kind, link = outer.kind, outer.link
        if element.tag == "a":
            link = self._link_of(element)
        if self._is_block(element, declared):
            self._end_block()
            kind = self._kind(element, declared, outer.kind)
        kind = replace(kind, alignment=style.alignment, indent_pt=style.indent_pt)
        self._open.append(_Open(style, kind, link, outer.is_read or element in self.parts.read))
        self._begin_part(element, declared)

    def _end(self, element: etree._Element) -> None:
        ended = self._open.pop()
        if ended.takes is not None:
            if self._open[-1].takes is not ended.takes:
                text, self._aside = "".join(self._aside), []
                ended.takes(text)
            return
        if self._is_block(element, declarations(element)):
            self._end_block()
        self._end_part(element)
        if element.tag in _LISTS and self._lists:
            self._lists.pop()

    def _text(self, text: str | None) -> None:
        if not text:
            return
        inside = self._open[-1]
        if inside.takes is not None or not inside.is_read:
            self._aside.append(text)
            return
        shown = kept(text) if inside.style.keeps_blanks else collapsed(text)
        self.builder.add(Run(shown, inside.style.look, inside.link), inside.kind)

    def _taker(self, element: etree._Element, declared: dict[str, str]) -> _END | None:
        """What takes the text of an element that is no text of the page; `None` for what is."""
        if is_no_text(element):
            return _forget if element.tag in _UNTOLD else partial(self._drop, DropKind.MARKUP)
        if is_hidden(element, declared):
            return partial(self._drop, DropKind.HIDDEN)
        if element.tag in ("rt", "rp", "rtc"):
            return partial(self._drop, DropKind.MARKUP)
        if element.tag == "del":
            return self._deleted
        if declared.get("mso-list", "").lower() == "ignore":
            return self._marked
        if element in self.parts.notes.back:
            return partial(self._drop, DropKind.FIELD)
        if element in self.parts.notes.calls:
            return partial(self._called, self.parts.notes.calls[element])
        if self.parts.body in self.parts.read and is_around(element, self.parts.body):
            return partial(self._drop, DropKind.MARKUP)
        return None

    def _begin_part(self, element: etree._Element, declared: dict[str, str]) -> None:
        """What lists, tables, notes and pictures begin with."""
        if element in self.parts.notes.labels:
            self.builder.begin_note()
        match element.tag:
            case "br":
                self._line_end()
            case "img":
                self._picture(element)
            case "ul" | "ol" | "menu" | "dir":
                style = list_style(element, declared, len(self._lists))
                self._lists.append(_List(style, *counting(element)))
            case "li":
                self._item(element, declared)
            case "tr":
                self.builder.begin_row()
            case "table" if element in self.parts.tables:
                self._in_table = True
            case "ins":
                self._inserted(all_text(element))
            case "td" | "th" if self._in_table:
                self.builder.begin_cell(whole(element.get("colspan")) or 1, whole(element.get("rowspan")) or 1)

    def _end_part(self, element: etree._Element) -> None:
        if element.tag in ("td", "th") and self._in_table:
            self.builder.end_cell()
        elif element in self.parts.tables:
            self._in_table = False
            self.builder.end_table()
        elif element in self.parts.notes.labels:
            self.builder.end_note(self.parts.notes.labels[element])

    def _is_block(self, element: etree._Element, declared: dict[str, str]) -> bool:
        shown = declared.get("display", "").lower()
        return element.tag in _BLOCKS or shown in ("block", "flex", "grid", "table", "list-item")

    def _kind(self, element: etree._Element, declared: dict[str, str], outer: ForeignParagraph) -> ForeignParagraph:
        """What a paragraph in the block is like."""
        tag = str(element.tag)
        depth = len(self._lists) - 1
        of_word = _WORD_LEVEL.search(declared.get("mso-list", "").lower())
        return replace(
            outer,
            style=" ".join((element.get("class") or "").split()[:1])[:100] or (tag if tag in _LEVELS else outer.style),
            level=_LEVELS.get(tag, outer.level),
            list_level=int(of_word[1]) - 1 if of_word else depth,
        )

    def _end_block(self) -> None:
        self.builder.end_paragraph()
        self._end_aside()

    def _end_aside(self) -> None:
        """What was said outside the article is told."""
        text, self._aside = "".join(self._aside), []
        self._drop(DropKind.MARKUP, text)

    def _drop(self, kind: DropKind, text: str) -> None:
        words = " ".join(text.split())
        if words:
            self.dropped.append(Dropped(kind, words, self._place()))

    def _place(self) -> Place:
        return Place(self.builder.paragraphs + 1)

    def _deleted(self, text: str) -> None:
        self.changes.append(TrackedChange(ChangeKind.DELETED, text, "", "", self._place()))
        self._drop(DropKind.DELETED, text)

    def _inserted(self, text: str) -> None:
        self.changes.append(TrackedChange(ChangeKind.INSERTED, text, "", "", self._place()))

    def _marked(self, text: str) -> None:
        """The number that Word writes before a paragraph."""
        self.builder.mark += "".join(text.split())
        self._drop(DropKind.FIELD, text)

    def _called(self, label: str, text: str) -> None:
        self.builder.add(Run("", note=label), self._open[-1].kind)
        self._drop(DropKind.FIELD, text)

    def _line_end(self) -> None:
        inside = self._open[-1]
        if inside.is_read:
            self.builder.add(Run("\n", inside.style.look, inside.link), inside.kind)
        else:
            self._aside.append("\n")

    def _item(self, element: etree._Element, declared: dict[str, str]) -> None:
        """An item of a list: its mark waits for its first paragraph."""
        if not self._lists or element in self.parts.notes.labels or not self._open[-1].is_read:
            return
        items = self._lists[-1]
        given = whole(element.get("value"))
        value = items.value if given is None else given
        items.value = value + items.step
        style = list_style(element, declared, 0) if "list-style-type" in declared else items.style
        self.builder.mark = mark(style, value)

    def _picture(self, element: etree._Element) -> None:
        source, alternative = source_of(element), " ".join((element.get("alt") or "").split())[:500]
        if not self._open[-1].is_read or not source or is_spacer(element):
            return
        made = None
        if len(self.pictures) < PICTURE_LIMIT:
            made = picture_of(source, len(self.pictures) + 1, alternative)
        if made is None:
            self.lost_pictures.append(alternative or source[:_SHOWN])
        else:
            self.pictures.append(made)
            self.builder.add(Run("", picture=made.name), self._open[-1].kind)

    def _link_of(self, element: etree._Element) -> str:
        """Where a link leads, if that is a page or a mailbox outside."""
        target = (element.get("href") or "").strip()
        if _OUTWARD.fullmatch(target):
            return target
        if target and not target.startswith("#") and self._open[-1].is_read:
            self.lost_links += 1
        return ""


def _forget(_text: str) -> None:
    """For code, which is no text in any sense."""
