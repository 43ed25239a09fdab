"""A finished page read back: its text, its pictures, where it leads, what it can be led to.

The reader takes only plain HTML, of which every browser makes the same: tags closed by the next `>`, no `<` or `>` in text. Whatever
else a template writes is found, not guessed at. That makes it as quick as a site of 5,000 pages needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from bulletin.prove.passages import squeezed

_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(r"""\s([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.IGNORECASE)
_LEADING = frozenset({"href", "src", "action", "poster"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSHOWN = frozenset({
    "audio", "canvas", "datalist", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
})  # fmt: skip
"""Elements whose text is not shown, or not as it stands: an edition's text may not be in one."""
_UNSHOWN_ATTRIBUTES = frozenset({"hidden", "style", "inert", "popover", "aria-hidden"})
_RAW = re.compile(r"(<(script|style)\b[^>]*>).*?(?=</\2>)", re.DOTALL | re.IGNORECASE)
_REGION = "data-text"


@dataclass(frozen=True, slots=True)
class WebPage:
    """What is read back of a page.

    `text` is that of its regions (`data-text`) in order, without white space; `images` are the pictures in them. `faults` are what a
    region must not hold: text that is not shown, or markup that browsers may read in different ways.
    """

    text: str
    images: int
    references: tuple[str, ...]
    names: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a page leads inside the site, as `2026/10/03/index.html#note-1`, and the anchors it has."""

    path: str
    targets: frozenset[str]
    names: frozenset[str]


def read_page(html: str) -> WebPage:
    """The page in its parts."""
    reader = _Reader()
    for place, part in enumerate(_TAGS.split(_RAW.sub(r"\1", html))):
        if place % 2:
            reader.take_tag(part)
        elif reader.open_in_region:
            reader.take_text(part)
    return reader.page()


class _Reader:
    def __init__(self) -> None:
        self.found: list[str] = []
        self.references: list[str] = []
        self.names: list[str] = []
        self.faults: list[str] = []
        self.images = 0
        self.open_in_region: list[str] = []

    def take_tag(self, tag: str) -> None:
        named = _NAME.match(tag)
        if not named:
            if self.open_in_region:
                self.faults.append(tag)
            return
        name = named[1].lower()
        if tag[1] == "/":
            self._close(name)
            return
        attributes = dict(_attributes(tag[named.end() :]))
        self.references += [value for key, value in attributes.items() if key in _LEADING]
        if "id" in attributes:
            self.names.append(attributes["id"])
        if self.open_in_region or _REGION in attributes:
            self._open(name, attributes)

    def take_text(self, text: str) -> None:
        if "<" in text or ">" in text:
            self.faults.append(text.strip())
        self.found.append(text)

    def page(self) -> WebPage:
        faults = (*self.faults, *self.open_in_region)
        text = squeezed(unescape("".join(self.found)))
        return WebPage(text, self.images, tuple(self.references), tuple(self.names), faults)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self.images += name == "img"
        if name in _UNSHOWN or not _UNSHOWN_ATTRIBUTES.isdisjoint(attributes):
            self.faults.append(name)
        if self.open_in_region and _REGION in attributes:
            self.faults.append(_REGION)
        if name not in _VOID:
            self.open_in_region.append(name)

    def _close(self, name: str) -> None:
        if not self.open_in_region:
            return
        if self.open_in_region.pop() != name:
            self.faults.append(f"/{name}")


def _attributes(tag: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(tag):
        yield found[1].lower(), unescape(found[2] or found[3] or found[4] or "")


def links_of(path: str, page: WebPage, base: str) -> PageLinks:
    """Where the page at `path` leads inside the site; `base` is the path of the home page on its server (`/gzdt/`).

    An address with a scheme or a host leads outside. One that leads above the home page is kept as it is, and so leads nowhere.
    """
    return PageLinks(path, frozenset(_targets(path, page, base)), frozenset(page.names))


def _targets(path: str, page: WebPage, base: str) -> Iterator[str]:
    for reference in page.references:
        address = urlsplit(reference)
        if address.scheme or address.netloc:
            continue
        where = unquote(address.path)
        if where.startswith("/"):
            target = where.removeprefix(base) if where.startswith(base) else where
        else:
            target = normpath(join(dirname(path), where)) if where else path
        yield f"{target}#{unquote(address.fragment)}" if address.fragment else target
