"""The printed document in one piece again: as it is read, whatever pages its parts stand on.

The pages of `templates/print/issue.html` are elements of their own. What goes on from one to the next is moved to where it began,
footnotes to where they are referred to. Elements keep their identity, so that it is known what was drawn of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

CONTINUED = "continued"
"""The class of a part of an article whose first block began on the page before."""
_REST = "rest"
_PAGE = "page"
_BEGINS = "begins"
"""The class of a table whose first row is on the page."""
_CONTAINERS = frozenset({"ul", "ol", "li", "div", "blockquote", "table", "tbody"})


def join_pages(document: Element) -> None:
    """Joins the pages of the document in place."""
    body = next(iter(document.iter("body")))
    for page in [each for each in body if _is(each, _PAGE)]:
        _bring_notes_home(page)
        place = list(body).index(page)
        body.remove(page)
        for offset, part in enumerate(list(page)):
            body.insert(place + offset, part)
    _join_parts(body)


def _is(element: Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _bring_notes_home(page: Element) -> None:
    """Every footnote after its mark in the text; the marks of a page and its notes come in the same order."""
    foot = next((part for part in page if _is(part, "notes")), None)
    if foot is None:
        return
    page.remove(foot)
    for (parent, mark), note in zip(list(_marks_in(page)), list(foot), strict=False):
        parent.insert(list(parent).index(mark) + 1, note)
        foot.remove(note)
    page.append(foot)


def _marks_in(element: Element) -> Iterator[tuple[Element, Element]]:
    """The marks of footnotes, with what they stand in, in order; not those of heads of tables that are but repeated."""
    for child in element:
        if child.tag == "sup":
            yield element, child
        elif not (child.tag == "thead" and not _is(element, _BEGINS)):
            yield from _marks_in(child)


def _join_parts(body: Element) -> None:
    """Parts of one article, or of the first pages, which follow one another, become one."""
    whole: Element | None = None
    for part in list(body):
        name = part.get("data-part")
        if whole is None or name is None or name != whole.get("data-part"):
            whole = part
            continue
        body.remove(part)
        blocks = list(part)
        if _is(part, CONTINUED) and blocks and len(whole) and _join(whole[-1], blocks[0]):
            blocks = blocks[1:]
        for block in blocks:
            whole.append(block)


def _join(before: Element, after: Element) -> bool:
    """Moves into `before` what goes on in `after`; false where it is something else."""
    if before.tag != after.tag:
        return False
    if _is(after, _REST):
        before.append(after)
        return True
    if after.tag not in _CONTAINERS:
        return False
    inner = list(after)
    if after.tag == "table":
        inner = [part for part in inner if part.tag == "tbody"]  # its head is but repeated
    if after.tag == "li":
        inner = [part for part in inner if not _is(part, "mark")]
    if inner and len(before) and _joins(before[-1], inner[0]):
        inner = inner[1:]
    for part in inner:
        before.append(part)
    return True


def _joins(before: Element, after: Element) -> bool:
    """True if the first of the inner parts went on from the last before, and was joined to it."""
    if after.tag == "li" and _marked(after):
        return False
    if after.tag == "p" and not _is(after, _REST):
        return False
    return _join(before, after)


def _marked(item: Element) -> bool:
    """True of an item that has its own mark: it does not go on from one before."""
    return any(_is(part, "mark") and (part.text or "").strip() for part in item)
