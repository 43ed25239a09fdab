"""A Word file while it is read: what holds for all of it, and what was found on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple, TypeVar

from lxml import etree

from bulletin.convert.docx.fields import Field
from bulletin.convert.docx.numbering import Numbering
from bulletin.convert.docx.package import Package, Relationship
from bulletin.convert.docx.styles import Styles
from bulletin.model.foreign import (
    ChangeKind,
    ChangePolicy,
    DropKind,
    Dropped,
    ForeignPicture,
    Place,
    Remark,
    Run,
    TrackedChange,
)
from bulletin.model.problem import Message, Problem, Span, hint, message

_Part = TypeVar("_Part", Run, Dropped, TrackedChange)
_MOST_ABOUT = 200
"""Characters of what a comment is about."""
_LINKS = re.compile(r"(https?://|mailto:)[^\s\"<>]+", re.IGNORECASE)
_PICTURES = {
    b"\x89PNG\r\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"BM": ".bmp",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
}


class Change(NamedTuple):
    """A tracked change that is being read: by whom and when, as the file says."""

    kind: ChangeKind
    author: str
    at: str


@dataclass(slots=True)
class File:
    """The parts of a Word file that others refer to, where the reading stands, and what was found."""

    package: Package
    styles: Styles
    numbering: Numbering
    policy: ChangePolicy
    part: str
    remarks_by_id: dict[str, tuple[str, str]]
    """Author and words of comments."""
    paragraph: int = 0
    changing: list[Change] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    remarked: dict[str, str] = field(default_factory=dict)
    """Comments whose range is open or was closed, and the words in it."""
    open_remarks: set[str] = field(default_factory=set)
    new_page: bool = False
    unclosed: set[etree._Element] = field(default_factory=set)
    """Beginnings of fields that never end."""
    page_sections: set[etree._Element] = field(default_factory=set)
    """Sections after which the text goes on on another page."""
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """Kind and id of the notes that are called, and their labels, in order."""
    changes: list[TrackedChange] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    pictures: dict[str, ForeignPicture] = field(default_factory=dict)
    """By the name of their part."""
    unusable: set[str] = field(default_factory=set)
    """Parts that are no pictures that can be used."""
    written: list[str] = field(default_factory=list)
    """Words that the reader itself writes, for formulas."""
    hints: Counter[Message] = field(default_factory=Counter)

    @property
    def place(self) -> Place:
        return Place(paragraph=self.paragraph)

    @property
    def in_code(self) -> bool:
        """True between the beginning of a field and its result."""
        return bool(self.fields) and self.fields[-1].in_code

    @property
    def left_out(self) -> bool:
        """True where the words are inserted and insertions are rejected, or deleted and deletions are accepted."""
        return any(self.leaves_out(change.kind) for change in self.changing)

    def leaves_out(self, kind: ChangeKind) -> bool:
        return (kind is ChangeKind.DELETED) == (self.policy is ChangePolicy.ACCEPT)

    def drop(self, kind: DropKind, text: str) -> None:
        """Notes what is left out."""
        self.dropped.append(Dropped(kind, text, self.place))

    def note_change(self, text: str) -> None:
        """Enters the words under the change that is nearest to them."""
        kind, author, at = self.changing[-1]
        self.changes.append(TrackedChange(kind, text, author, at, self.place))

    def remark_on(self, text: str) -> None:
        """The words belong to what the open comments are about; long passages are cut."""
        for key in tuple(self.open_remarks):
            about = self.remarked[key] + text
            if len(about) > _MOST_ABOUT:
                about = about[:_MOST_ABOUT] + "…"
                self.open_remarks.discard(key)
            self.remarked[key] = about

    def remark(self, key: str) -> None:
        """A comment is called: it is about the words of its range."""
        if key in self.remarks_by_id:
            author, text = self.remarks_by_id.pop(key)
            self.remarks.append(Remark(text, self.remarked.get(key, ""), author, self.place))

    def begin_result(self) -> None:
        """The code of the innermost field is known."""
        if self.fields and not self.fields[-1].in_result:
            last = self.fields[-1]
            last.in_result = True
            last.link = (self.safe_link(last.address) if last.address else "") or last.link

    def begin_field(self) -> Field:
        outer = self.fields[-1] if self.fields else Field(in_result=True)
        self.fields.append(Field(outer.in_code, outer.link))
        return self.fields[-1]

    def safe_link(self, address: str) -> str:
        """The address, if readers may be led there; else it is left out, and said so (safety, row 3)."""
        if _LINKS.fullmatch(address):
            return address
        self.tell(message("链接的地址不能用，只留下文字"))
        return ""

    def relationship(self, key: str | None) -> Relationship | None:
        return self.package.relationships(self.part).get(key or "")

    def label_of(self, kind: str, key: str) -> str:
        """The label of a note: its number in the order in which notes are called."""
        return self.notes.setdefault((kind, key), str(len(self.notes) + 1))

    def picture(self, key: str | None, alternative: str) -> str:
        """The name of the picture that is shown here, which is kept; empty where it cannot be."""
        related = self.relationship(key)
        if related is None:
            return ""
        if related.external:
            self.tell(message("图片不在文件里，在外面的地址上，没有去取"))
            return ""
        if related.target not in self.pictures:
            if related.target in self.unusable:
                return ""
            content = self.package.picture(related.target)
            ending = next((end for magic, end in _PICTURES.items() if content and content.startswith(magic)), "")
            if not content or not ending:
                self.unusable.add(related.target)
                self.tell(message("有图片的格式（如 EMF、WMF）不能用，或图片太大，没有导入"))
                return ""
            name = f"picture-{len(self.pictures) + 1}{ending}"
            self.pictures[related.target] = ForeignPicture(name, content, alternative)
        return self.pictures[related.target].name

    def tell(self, what: Message) -> None:
        """Something that an editor should look at, once for all its places."""
        self.hints[what] += 1

    def problems(self) -> tuple[Problem, ...]:
        span = Span(self.package.name)
        return tuple(hint("import-left-out", span, what) for what in self.hints)


def joined(parts: Iterable[_Part]) -> Iterator[_Part]:
    """The parts, those that follow each other and differ in nothing but their words made one."""
    for (alone, *_), group in groupby(enumerate(parts), key=lambda each: _same(*each)):
        first, *others = (part for _, part in group)
        words = "".join((first.text, *(part.text for part in others)))
        yield first if alone or not others else replace(first, text=words)


def _same(at: int, part: Run | Dropped | TrackedChange) -> tuple[Hashable, ...]:
    """What parts that are made one have in common; notes, pictures and what stands in no paragraph stay by themselves."""
    match part:
        case Run(note="", picture=""):
            return (False, part.look, part.link)
        case Dropped(kind, _, place) if place != Place():
            return (False, kind, place)
        case TrackedChange():
            return (False, part.kind, part.author, part.at, part.place)
    return (True, at)
