"""Text that is to be pasted into another system, read back: what it says, what it shows, where it leads, and what it must not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from bulletin.prove.passages import squeezed

_STYLED = frozenset({"style"})
_TAGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("p", "h2", "h3", "h4", "h5", "em", "blockquote", "pre", "th", "td"), _STYLED),
    **dict.fromkeys(("strong", "sup", "code", "br", "hr", "thead", "tbody", "tr"), frozenset()),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width"}),
    "table": frozenset({"border", "width", "style"}),
}
"""Elements with their attributes. All of them pass the filter that editors of government systems come with, but `scope` and the like."""
_EMPTY = frozenset({"br", "hr", "img"})
_HIDING = re.compile(
    r"display|visibility|opacity|position|overflow|clip|transform|url\s*\(|expression|(?<!-)color|font-size:(?!1em)|@|\\",
    re.IGNORECASE,
)
"""Styles by which text could be there and not be seen, or something be fetched."""


@dataclass(frozen=True, slots=True)
class PastedText:
    """What is read back: the text without white space, the pictures (file and words for it), the addresses of links, and what must not be there."""

    text: str
    pictures: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    faults: tuple[str, ...]


def picture_mark(file: str) -> str:
    """What stands in the text for a picture, so that its place is compared too."""
    return f"\1{file}\1"


def read_pasted(html: str) -> PastedText:
    """A fragment of HTML in its parts."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return PastedText(
        squeezed("".join(reader.said)), tuple(reader.pictures), tuple(reader.links), (*reader.faults, *reader.open)
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        written = self.get_starttag_text() or tag
        if (
            tag not in _TAGS
            or not said.keys() <= _TAGS[tag]
            or len(said) < len(attrs)
            or _HIDING.search(said.get("style", ""))
        ):
            self.faults.append(written)
        if tag == "a":
            self.links.append(said.get("href", ""))
        if tag == "img":
            self.pictures.append((said.get("src", ""), said.get("alt", "")))
            self.said.append(picture_mark(said.get("src", "")))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")
