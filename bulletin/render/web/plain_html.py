"""Running text of a page as HTML that stands anywhere: whole addresses, and nothing that needs the page's style sheet."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_KEPT = {
    **dict.fromkeys(
        ("p", "h2", "h3", "h4", "h5", "strong", "em", "sup", "code", "pre", "br", "hr", "blockquote", "ul", "ol", "li"),
        (),
    ),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "td", "figure", "figcaption"), ()),
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "th": ("scope",),
}
"""The elements that are kept, each with the attributes that are; of others only what is inside."""
_ADDRESSES = ("href", "src")
_EMPTY = ("br", "hr", "img")


def plain_html(html: str, address: str) -> str:
    """The HTML of a page at `address`, for readers of feeds.

    Lists count by themselves there: the number that a page writes before an item becomes the item's value.
    """
    reader = _Plain(address)
    reader.feed(html)
    reader.close()
    return "".join(reader.written).strip()


class _Plain(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.written: list[str] = []
        self.item = 0
        """Where the start tag of the last item of a list is."""
        self.spans: list[bool] = []
        """For each span that is open, whether it holds the mark of an item."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self.spans.append(("class", "mark") in attrs)
        if tag == "li":
            self.item = len(self.written)
        if tag in _KEPT:
            said = [self.attribute(name, value or "") for name, value in attrs if name in _KEPT[tag]]
            self.written.append(f"<{tag}{''.join(said)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.spans:
            self.spans.pop()
        elif tag in _KEPT and tag not in _EMPTY:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not any(self.spans):
            self.written.append(escape(data, quote=False))
        elif number := "".join(filter(str.isdecimal, data)):
            self.written[self.item] = f'<li value="{number}">'

    def attribute(self, name: str, value: str) -> str:
        if name in _ADDRESSES and not urlsplit(value).scheme:
            value = urljoin(self.address, value).replace("/index.html", "/")
        return f' {name}="{escape(value)}"'
