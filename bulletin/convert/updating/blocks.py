"""Blocks of Markdown: how the texts in them are written, and new ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin.convert.updating.items import Fresh, Item
from bulletin.convert.updating.strands import Strand
from bulletin.convert.updating.weaving import Setting, weave
from bulletin.model.article_source import Shape, SourceBlock

_LIST_MARK = re.compile(r"(?:\d{1,9}[.)]|[-*+])(?=[ \t])")
_ORDERED = re.compile(r"(\d{1,9})[.)．、]?")
_BULLETS = frozenset("•·●○■□◆◇▪–—-*+")


def setting_of(block: SourceBlock) -> Setting:
    """How the texts of a block are written."""
    match block.shape:
        case Shape.TABLE:
            return Setting(cell=True, guard=False)
        case Shape.HEADING | Shape.FIGURE:
            return Setting(one_line=True, guard=False)
        case Shape.VERBATIM:
            return Setting(code=True, guard=False)
        case Shape.NOTE:
            return Setting(ahead="    ", joint="\n\n    ")
        case _:
            ahead = _LIST_MARK.sub(lambda mark: " " * len(mark[0]), block.lead)
            return Setting(ahead=ahead, joint=_joint(block, ahead))


def _joint(block: SourceBlock, ahead: str) -> str:
    """What parts two paragraphs: a new item where the first is one."""
    if block.shape is Shape.ITEM and _LIST_MARK.search(block.lead):
        return f"\n{block.lead}"
    return f"\n{ahead.rstrip()}\n{ahead}"


def list_mark(number: str) -> str:
    """The mark of a list in Markdown for what Word shows before an item; empty where it is none."""
    if number.strip() and number.strip() in _BULLETS:
        return "- "
    found = _ORDERED.fullmatch(number.strip())
    return f"{found[1]}. " if found else ""


def marked_again(lead: str, number: str) -> str:
    """The marks before an item with another number."""
    mark, marks = list_mark(number), list(_LIST_MARK.finditer(lead))
    if not marks or not mark[:1].isdigit() or not marks[-1][0][0].isdigit():
        return lead
    last = marks[-1]
    return lead[: last.start()] + mark.rstrip(" ").rstrip(".") + last[0][-1] + lead[last.end() :]


def heading(items: Sequence[Item], level: int) -> str:
    """A heading as Markdown; level 1 is `##`."""
    return f"{'#' * (level + 1)} {weave(items, Setting(one_line=True, guard=False))}"


def table(rows: Sequence[Sequence[Sequence[Item]]], alignments: str = "") -> str:
    """A table as Markdown; `alignments` is the line below the head that it has, if it is still right."""
    written = [[weave(cell, Setting(cell=True, guard=False)) for cell in row] for row in rows]
    columns = max(map(len, written))
    if alignments.count("|") != columns + 1:
        alignments = f"|{' --- |' * columns}"
    lines = [f"| {' | '.join((*row, *[''] * (columns - len(row))))} |" for row in written]
    return "\n".join((lines[0], alignments, *lines[1:]))


def paragraph(items: Sequence[Item], lead: str = "") -> str:
    """A paragraph, or an item of a list, as Markdown."""
    return lead + weave(items, Setting(ahead=" " * len(lead)))


def fresh(strand: Strand, number: str = "") -> list[Item]:
    """Letters for all of a strand, after a number that is to be typed."""
    return [Fresh(character) for character in number + strand.text]


def note(label: str, items: Sequence[Item]) -> str:
    """The text of a footnote as Markdown."""
    return f"[^{label}]: {weave(items, Setting(ahead='    '))}"
