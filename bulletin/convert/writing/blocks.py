"""Blocks to Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bulletin.convert.writing.inlines import write_address, write_inlines
from bulletin.model.prose import (
    Block,
    Divider,
    Figure,
    Heading,
    Inline,
    ItemList,
    NoteText,
    Paragraph,
    Quote,
    Table,
    Text,
    Verbatim,
)

_RULES = {"left": ":---", "center": ":---:", "right": "---:"}
_BULLETS = ("-", "+")


def write_blocks(blocks: Iterable[Block]) -> list[str]:
    """The text of each block; empty for one that holds nothing."""
    bullets = 0
    written: list[str] = []
    last: Block | None = None
    for block in blocks:
        follows = isinstance(block, ItemList) and isinstance(last, ItemList)
        bullets = bullets + 1 if follows else 0
        written.append(_block(block, bullets))
        last = block
    return written


def write_note(note: NoteText[Inline]) -> str:
    """A footnote's text below the article."""
    return f"[^{note.label}]: {write_inlines(note.content)}".replace("\n", "\n    ")


def write_comment(text: str) -> str:
    """A remark that is never printed."""
    words = re.sub(r"-{2,}", "—", " ".join(text.split()))
    return f"<!-- {words} -->"


def _block(block: Block, bullets: int) -> str:
    match block:
        case Paragraph():
            return write_inlines(block.content)
        case Heading():
            inside = write_inlines(block.content).replace("\\\n", " ").rstrip()
            closing = f"{inside[:-1]}\\#" if inside.endswith("#") else inside
            return f"{'#' * (block.level + 1)} {closing}" if closing else ""
        case Quote():
            return _inset("\n\n".join(filter(None, write_blocks(block.blocks))), "> ", ">")
        case ItemList():
            return "\n".join(_items(block, bullets))
        case Table():
            return "\n".join(_rows(block))
        case Figure():
            words = write_inlines(_words(block.alternative))
            caption = block.caption.replace("\\", "\\\\").replace('"', '\\"')
            return f"![{words}]({write_address(block.picture)}" + (f' "{caption}")' if caption else ")")
        case Verbatim():
            longest = max(map(len, re.findall("`{3,}", block.content)), default=2)
            fence = "`" * (longest + 1)
            return f"{fence}\n{block.content}\n{fence}"
        case Divider():
            return "---"


def _words(text: str) -> tuple[Inline, ...]:

    return (Text(text),) if text else ()


def _items(block: ItemList[Block], bullets: int) -> Iterator[str]:
    for item in block.items:
        mark = item.mark if block.ordered else _BULLETS[bullets % len(_BULLETS)]
        inside = "\n\n".join(filter(None, write_blocks(item.blocks)))
        yield f"{mark} " + _inset(inside, " " * (len(mark) + 1), "").lstrip()


def _inset(text: str, mark: str, empty: str) -> str:
    return "\n".join(mark + line if line else empty for line in text.split("\n"))


def _rows(table: Table[Inline]) -> Iterator[str]:
    yield _row(table.head)
    yield "|" + "|".join(_RULES.get(alignment, "---") for alignment in (*table.alignments,)) + "|"
    yield from map(_row, table.rows)


def _row(cells: tuple[tuple[Inline, ...], ...]) -> str:
    return "|" + "|".join(f" {write_inlines(cell, cell=True)} " for cell in cells) + "|"
