"""Footnotes of a page: what a link `#name` calls, in Word's HTML and in that of other programs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from bulletin.convert.web_page.content import all_text

_NAMED = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote|note)[-_:.]?\w{1,20}", re.IGNORECASE)
_MARK = re.compile(
    r"\s*[\[［〔【(（]?\s*(?:\d{1,3}|[①-⑳]|[*†‡↩^]|[ivx]{1,5})\ufe0e?\s*[\]］〕】)）]?\s*", re.IGNORECASE
)
_WORD = re.compile(r"mso-element\s*:\s*(?:footnote|endnote)\s*(?:;|$)", re.IGNORECASE)
_HOLDERS = frozenset({"li", "p", "div", "section", "aside", "dd"})
_HIGHEST = 6
"""Ancestors of a name that may be the note."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The elements that are notes, with their labels, and the links that call them or lead back."""

    labels: dict[etree._Element, str]
    calls: dict[etree._Element, str]
    back: frozenset[etree._Element]


def notes_of(body: etree._Element) -> Notes:
    """The footnotes of a page; labels count from 1 in the order of the calls."""
    named = {
        name: element
        for element in body.iter(etree.Element)
        for name in (element.get("id"), element.get("name"))
        if name
    }
    labels: dict[etree._Element, str] = {}
    calls: dict[etree._Element, str] = {}
    for link in body.iter("a"):
        target = (
            named.get((link.get("href") or "").removeprefix("#")) if (link.get("href") or "").startswith("#") else None
        )
        holder = _holder(target) if target is not None and _MARK.fullmatch(all_text(link)) else None
        if holder is not None and not _is_within(link, holder):
            calls[link] = labels.setdefault(holder, str(len(labels) + 1))
    back = {
        link
        for holder in labels
        for link in holder.iter("a")
        if (link.get("href") or "").startswith("#") and _MARK.fullmatch(all_text(link))
    }
    return Notes(labels, calls, frozenset(back - set(calls)))


def _holder(target: etree._Element) -> etree._Element | None:
    """The note that a name stands in."""
    element: etree._Element | None = target
    for _ in range(_HIGHEST):
        if element is None:
            return None
        if _WORD.search(element.get("style") or "") or (
            element.tag in _HOLDERS and _NAMED.fullmatch(element.get("id") or element.get("name") or "")
        ):
            return element
        element = element.getparent()
    return None


def _is_within(link: etree._Element, holder: etree._Element) -> bool:
    return any(ancestor is holder for ancestor in link.iterancestors())
