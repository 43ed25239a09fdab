"""The printed document in one piece again: as it is read, whatever pages its parts stand on.

The pages of `templates/print/issue.html` are elements of their own. What goes on from one to the next is moved to where it began,
footnotes to where they are referred to. Elements keep their identity, so that it is known what was drawn of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_REST = "rest"
"""The class of what began on the page before."""
_PAGE = "page"
_BEGINS = "begins"
"""The class of a table whose first row is on the page."""


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
    if len(foot):
        page.append(foot)


def _marks_in(element: Element) -> Iterator[tuple[Element, Element]]:
    """The marks of footnotes, with what they stand in, in order; not those of heads of tables that are but repeated."""
    for child in element:
        if child.tag == "sup":
            yield element, child
        elif not (child.tag == "thead" and not _is(element, _BEGINS)):
            yield from _marks_in(child)


def _join_parts(body: Element) -> None:
    """Parts of one article, of the first pages or of the foot of the issue, which follow one another, become one."""
    whole: Element | None = None
    for part in list(body):
        name = part.get("data-part")
        if whole is None or name is None or name != whole.get("data-part"):
            whole = part
            continue
        body.remove(part)
        _append(whole, list(part))


def _append(whole: Element, blocks: list[Element]) -> None:
    """Adds the blocks; the first is joined to the last that is there, if it goes on with that."""
    if blocks and len(whole) and whole[-1].tag == blocks[0].tag and _goes_on(blocks[0]):
        _join(whole[-1], blocks[0])
        blocks = blocks[1:]
    whole.extend(blocks)


def _goes_on(element: Element) -> bool:
    return _is(element, _REST) or (element.tag == "table" and not _is(element, _BEGINS))


def _join(before: Element, after: Element) -> None:
    """Moves into `before` what goes on in `after`."""
    match after.tag:
        case "p" | "pre":
            before.append(after)
        case "table":
            for part, rows in zip(before.iter("tbody"), after.iter("tbody"), strict=False):
                part.extend(list(rows))  # the head is but repeated
        case "li":
            for whole, part in zip(before.iter("div"), after.iter("div"), strict=False):
                _append(whole, list(part))
                break
        case _:
            _append(before, list(after))
