"""Where the article of a web page stands, and what of a page is not shown or is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_MAIN = ("js_content", "UCAP-CONTENT", "zoom", "Zoom", "artibody", "article_content")
"""Ids of the text of an article: WeChat, government sites, portals."""
_MAIN_CLASSES = (
    "TRS_Editor",
    "trs_editor_view",
    "trs_paper_default",
    "rich_media_content",
    "article-content",
    "content-article",
)
_ENOUGH = 0.3
"""Of the Han of the page: what is less is not its text."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_NO_TEXT = frozenset({"title", "script", "style", "template", "head", "object", "embed", "applet", "iframe", "frame", "frameset", "noframes",
                      "svg", "math", "canvas", "audio", "video", "map", "textarea", "select", "button", "input", "noscript", "xml"})  # fmt: skip
_AROUND = frozenset({"nav", "header", "footer"})
_HIDDEN_CLASSES = frozenset({"visually-hidden", "sr-only", "screen-reader-text", "d-none"})


def is_no_text(element: etree._Element) -> bool:
    """True for elements whose text is no text of the page."""
    return element.tag in _NO_TEXT


def is_hidden(element: etree._Element, declared: dict[str, str]) -> bool:
    """True for what a browser does not show. WeChat sends its articles unseen and shows them by script: they are not hidden."""
    if element.get("hidden") is not None or _HIDDEN_CLASSES & set((element.get("class") or "").split()):
        return True
    said = {name: value.lower().removesuffix("!important").strip() for name, value in declared.items()}
    if said.get("display") == "none" or said.get("mso-hide") == "all":
        return True
    if said.get("visibility") in ("hidden", "collapse") or said.get("opacity") in ("0", "0.0"):
        return element.get("id") != "js_content"
    return said.get("font-size") in ("0", "0px", "0pt") and not len(element)


def main_of(body: etree._Element) -> etree._Element:
    """The element that holds the article: known by id or class, `article`, `main`; the body where none of them holds its text."""
    whole = _weight(body)
    for found in _candidates(body):
        if _weight(found) > _ENOUGH * whole:
            return found
    return body


def _candidates(body: etree._Element) -> Iterator[etree._Element]:
    by_id = {element.get("id"): element for element in body.iter() if element.get("id")}
    yield from (by_id[name] for name in _MAIN if name in by_id)
    for element in body.iter():
        if set(_MAIN_CLASSES) & set((element.get("class") or "").split()):
            yield element
    for tag in ("article", "main"):
        found = list(body.iter(tag))
        if len(found) == 1:
            yield found[0]


def title_of(body: etree._Element, main: etree._Element) -> etree._Element | None:
    """The heading of the page where it stands outside its text."""
    if main is body or next(main.iter("h1"), None) is not None:
        return None
    return next((heading for heading in body.iter("h1") if _weight(heading)), None)


def is_around(element: etree._Element, body: etree._Element) -> bool:
    """True for what frames the text of a page: navigation, the head and foot of the page itself."""
    return element.tag == "nav" or (element.tag in _AROUND and element.getparent() is body)


def all_text(element: etree._Element) -> str:
    """The text of an element and of all in it."""
    return "".join(str(piece) for piece in element.itertext())


def _weight(element: etree._Element) -> int:
    return len(_HAN.findall("".join(text_of(element))))


def text_of(element: etree._Element) -> Iterator[str]:
    """All text of an element, comments and what is no text left out."""
    skipped: etree._Element | None = None
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start" and skipped is None:
            if is_no_text(each):
                skipped = each
            elif each.text:
                yield each.text
        elif event == "end" and skipped is each:
            skipped = None
        if event in ("end", "comment", "pi") and skipped is None and each is not element and each.tail:
            yield each.tail
