"""A finished page read back: its text, its pictures, where it leads, what it can be led to.

The reader takes only plain HTML, of which every browser makes the same: tags closed by the next `>`, no `<` or `>` in text. Whatever
else a template writes is found, not guessed at. That makes it as quick as a site of 5,000 pages needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from posixpath import dirname, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bulletin.prove.passages import squeezed

_TAGS = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ADDRESS = re.compile(r"""\s(id|href|src|action|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_UNSHOWN_ATTRIBUTE = re.compile(r"\s(hidden|style|inert|popover|aria-hidden)\b", re.IGNORECASE)
_REGION = "data-text"
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSHOWN = frozenset({
    "audio", "canvas", "datalist", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
})  # fmt: skip
"""Elements whose text is not shown, or not as it stands: an edition's text may not be in one."""
_RAW = re.compile(r"(<(script|style)\b[^>]*>).*?(?=</\2>)", re.DOTALL | re.IGNORECASE)


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
    parts = _TAGS.split(_RAW.sub(r"\1", html))
    tags = [_read_tag(tag) for tag in parts[1::2]]
    regions = _Regions()
    for text, tag in zip(parts[::2], (None, *tags), strict=True):
        if tag and (regions.open or tag.region):
            regions.take_tag(tag)
        if regions.open:
            regions.take_text(text)
    addresses = [address for tag in tags for address in tag.addresses]
    return WebPage(
        squeezed(unescape("".join(regions.found))),
        regions.images,
        tuple(value for name, value in addresses if name != "id"),
        tuple(value for name, value in addresses if name == "id"),
        (*regions.faults, *regions.open),
    )


class _Tag(NamedTuple):
    """A tag as it is written; no `name` where it is none that is known. `shown` is false where its element's text is not, or not as it stands."""

    written: str
    name: str
    closes: bool
    region: bool
    shown: bool
    addresses: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1 << 13)
def _read_tag(tag: str) -> _Tag:
    """The tag in its parts; most tags are the same on many pages."""
    named = _TAG.match(tag)
    name = named[2].lower() if named else ""
    shown = name not in _UNSHOWN and not _UNSHOWN_ATTRIBUTE.search(tag)
    addresses = ((each.lower(), unescape(one or other or bare)) for each, one, other, bare in _ADDRESS.findall(tag))
    return _Tag(tag, name, bool(named and named[1]), _REGION in tag, shown, tuple(addresses))


class _Regions:
    """What has been read of the regions: texts, pictures, faults, and the elements that are open where the reader stands."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.images = 0
        self.faults: list[str] = []
        self.open: list[str] = []

    def take_tag(self, tag: _Tag) -> None:
        if not tag.name:
            self.faults.append(tag.written)
        elif tag.closes:
            self._close(tag.name)
        else:
            self._begin(tag)

    def take_text(self, text: str) -> None:
        if "<" in text or ">" in text:
            self.faults.append(text.strip())
        self.found.append(text)

    def _begin(self, tag: _Tag) -> None:
        self.images += tag.name == "img"
        if not tag.shown or (self.open and tag.region):
            self.faults.append(tag.written)
        if tag.name not in _VOID:
            self.open.append(tag.name)

    def _close(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            self.faults.append(f"</{name}>")


def links_of(path: str, page: WebPage, base: str) -> PageLinks:
    """Where the page at `path` leads inside the site; `base` is the path of the home page on its server (`/gzdt/`).

    An address with a scheme or a host leads outside. One that leads above the home page is kept as it is, and so leads nowhere.
    """
    return PageLinks(path, frozenset(_targets(path, page, base)), frozenset(page.names))


def _targets(path: str, page: WebPage, base: str) -> Iterator[str]:
    folder = dirname(path)
    for reference in dict.fromkeys(page.references):
        outward, where, fragment = _parts_of(reference)
        if outward:
            continue
        if where.startswith("/"):
            target = where.removeprefix(base) if where.startswith(base) else where
        else:
            target = normpath(f"{folder}/{where}" if folder else where) if where else path
        yield f"{target}#{fragment}" if fragment else target


@lru_cache(maxsize=1 << 13)
def _parts_of(reference: str) -> tuple[bool, str, str]:
    """Whether an address leads outside, its path, its fragment."""
    address = urlsplit(reference)
    return bool(address.scheme or address.netloc), unquote(address.path), unquote(address.fragment)
