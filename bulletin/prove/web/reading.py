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
    shown = _RAW.sub(r"\1", html)
    addresses = [(name.lower(), unescape(one or other or bare)) for name, one, other, bare in _ADDRESS.findall(shown)]
    regions = _Regions()
    for place, part in enumerate(_TAGS.split(shown)):
        if place % 2 and (regions.open or _REGION in part):
            regions.take_tag(part)
        elif regions.open:
            regions.take_text(part)
    return WebPage(
        squeezed(unescape("".join(regions.found))),
        regions.images,
        tuple(value for name, value in addresses if name != "id"),
        tuple(value for name, value in addresses if name == "id"),
        (*regions.faults, *regions.open),
    )


class _Regions:
    """What has been read of the regions: texts, pictures, faults, and the elements that are open where the reader stands."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.images = 0
        self.faults: list[str] = []
        self.open: list[str] = []

    def take_tag(self, tag: str) -> None:
        named = _TAG.match(tag)
        if not named:
            self.faults.append(tag)
        elif named[1]:
            self._close(named[2].lower())
        else:
            self._begin(named[2].lower(), tag)

    def take_text(self, text: str) -> None:
        if "<" in text or ">" in text:
            self.faults.append(text.strip())
        self.found.append(text)

    def _begin(self, name: str, tag: str) -> None:
        self.images += name == "img"
        if name in _UNSHOWN or (" " in tag and _UNSHOWN_ATTRIBUTE.search(tag)) or (self.open and _REGION in tag):
            self.faults.append(tag)
        if name not in _VOID:
            self.open.append(name)

    def _close(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            self.faults.append(f"</{name}>")


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
