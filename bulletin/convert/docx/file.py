"""A Word file while it is read: what holds for all of it, and what was found on the way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

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
    TrackedChange,
)
from bulletin.model.problem import Message, Problem, Span, hint, message

_LEADS_TO = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
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
class Field:
    """A complex field that is being read: its code, then its result, which may lead somewhere."""

    code: str = ""
    in_result: bool = False
    link: str = ""


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
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """Kind and id of the notes that are called, and their labels, in order."""
    changes: list[TrackedChange] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    pictures: dict[str, ForeignPicture] = field(default_factory=dict)
    """By the name of their part."""
    hints: Counter[Message] = field(default_factory=Counter)

    @property
    def place(self) -> Place:
        return Place(paragraph=self.paragraph)

    @property
    def in_code(self) -> bool:
        """True between the beginning of a field and its result."""
        return any(not each.in_result for each in self.fields)

    @property
    def left_out(self) -> bool:
        """True where the words are inserted and insertions are rejected, or deleted and deletions are accepted."""
        return any(self.leaves_out(change.kind) for change in self.changing)

    def leaves_out(self, kind: ChangeKind) -> bool:
        return (kind is ChangeKind.DELETED) == (self.policy is ChangePolicy.ACCEPT)

    def drop(self, kind: DropKind, text: str) -> None:
        """Notes what is left out; what follows at once joins what went before."""
        last = self.dropped[-1] if self.dropped else None
        if last and last.kind is kind and last.place == self.place:
            self.dropped[-1] = replace(last, text=last.text + text)
        else:
            self.dropped.append(Dropped(kind, text, self.place))

    def note_change(self, text: str) -> None:
        """Enters the words under the change that is nearest to them."""
        kind, author, at = self.changing[-1]
        last = self.changes[-1] if self.changes else None
        if last and (last.kind, last.author, last.at, last.place) == (kind, author, at, self.place):
            self.changes[-1] = replace(last, text=last.text + text)
        else:
            self.changes.append(TrackedChange(kind, text, author, at, self.place))

    def remark(self, key: str) -> None:
        """A comment is called: it is about the words of its range."""
        if key in self.remarks_by_id:
            author, text = self.remarks_by_id.pop(key)
            self.remarks.append(Remark(text, self.remarked.get(key, ""), author, self.place))

    def begin_result(self) -> None:
        """The code of the innermost field is known."""
        if self.fields:
            last = self.fields[-1]
            last.in_result = True
            found = _LEADS_TO.match(last.code)
            last.link = self.safe_link(found[1]) if found else ""

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
            content = self.package.picture(related.target)
            ending = next((end for magic, end in _PICTURES.items() if content and content.startswith(magic)), "")
            if not content or not ending:
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
