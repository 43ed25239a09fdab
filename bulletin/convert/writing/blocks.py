"""Blocks as Markdown can hold them, and as lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bulletin.convert.writing.inlines import BREAKS, canonical, folded, to_markdown
from bulletin.model.prose import (
    SECTION_LEVELS,
    Block,
    Code,
    Divider,
    Emphasis,
    Figure,
    Heading,
    Inline,
    ItemList,
    Link,
    ListItem,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Verbatim,
)

_MARK = re.compile(r"\d{1,9}[.)]")
_BULLET = "•"
_RULES = {"left": ":---", "center": ":---:", "right": "---:"}
_UNSAFE_WORDS = str.maketrans({"[": "［", "]": "］", "\\": "＼", "\n": " ", "\r": " ", "<": "＜", "`": "｀"})
_PARTED = "<!-- 另起 -->"
"""Between two lists that would be read as one."""


# What Markdown can hold


def canonical_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks in the one form in which they are read back; what is empty is left out."""
    return tuple(found for block in blocks if (found := _canonical(block)))


def _canonical(block: Block) -> Block | None:
    match block:
        case Paragraph():
            content = canonical(block.content)
            return replace(block, content=content) if content else None
        case Heading():
            content = canonical(block.content, lines=False)
            level = min(max(block.level, SECTION_LEVELS[0]), SECTION_LEVELS[-1])
            return replace(block, level=level, content=content) if content else None
        case Quote():
            inner = canonical_blocks(block.blocks)
            return replace(block, blocks=inner) if inner else None
        case ItemList():
            return replace(block, items=tuple(_item(item, ordered=block.ordered) for item in block.items))
        case Table():
            return _table(block)
        case Figure():
            words = " ".join(block.alternative.translate(_UNSAFE_WORDS).split())
            return replace(block, alternative=words, caption=" ".join(block.caption.replace("<!--", "＜!--").split()))
        case Verbatim():
            return replace(block, content=BREAKS.sub("\n", block.content).replace("\t", "    ").rstrip("\n"))
        case Divider():
            return block


def _item(item: ListItem[Block], *, ordered: bool) -> ListItem[Block]:
    """The item; a mark that Markdown does not have becomes words of its own."""
    blocks = canonical_blocks(item.blocks)
    return ListItem(item.mark if ordered else _BULLET, blocks)


def _table(table: Table[Inline]) -> Table[Inline]:
    rows = [
        tuple(canonical(map(_without_bars, cell), lines=False) for cell in row) for row in (table.head, *table.rows)
    ]
    width = max(len(row) for row in rows)
    filled = [(*row, *([()] * (width - len(row)))) for row in rows]
    alignments = [each if each in _RULES else "" for each in table.alignments[:width]]
    return replace(
        table,
        head=filled[0],
        rows=tuple(filled[1:]),
        alignments=(*alignments, *([""] * (width - len(alignments)))),
    )


def _without_bars(inline: Inline) -> Inline:
    """Code with a bar, which would end the cell, as text."""
    match inline:
        case Code(content) if "|" in content:
            return Text(content)
        case Strong() | Emphasis() | Link():
            return replace(inline, content=tuple(map(_without_bars, inline.content)))
        case _:
            return inline


# Markdown


def block_lines(block: Block, before: Block | None = None, *, nested: bool = False) -> list[str]:
    """The lines of the block, which is canonical; `before` is the one that stands before it."""
    match block:
        case Paragraph():
            return folded(to_markdown(block.content)).split("\n")
        case Heading():
            return ["#" * (block.level + 1) + " " + _heading_end(to_markdown(block.content, start=False))]
        case Quote():
            return [f"> {line}" if line else ">" for line in blocks_lines(block.blocks, nested=True)]
        case ItemList():
            return [*_parted(block, before), *_list_lines(block)]
        case Table():
            return _table_lines(block)
        case Figure():
            caption = re.sub(r'["\\]|&(?=#|\w+;)', r"\\\g<0>", block.caption)
            name = f"<{block.picture}>" if " " in block.picture else block.picture
            return [f"![{block.alternative}]({name}{f' {chr(34)}{caption}{chr(34)}' if caption else ''})"]
        case Verbatim():
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", block.content)), 3)
            return [fence, *block.content.split("\n"), fence]
        case Divider():
            return ["***" if nested else "---"]


def _heading_end(source: str) -> str:
    """The source with a `#` at its end escaped, which would not be read."""
    return f"{source[:-1]}\\#" if source.endswith("#") else source


def blocks_lines(blocks: Iterable[Block], *, nested: bool = False) -> list[str]:
    """The lines of blocks one after another, an empty line between."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        lines += [""] if lines else []
        lines += block_lines(block, before, nested=nested)
        before = block
    return lines


def _parted(block: ItemList[Block], before: Block | None) -> Iterator[str]:
    """What keeps a list from being read as a part of the one before it."""
    if isinstance(before, ItemList) and before.ordered == block.ordered:
        yield _PARTED
        yield ""


def _list_lines(block: ItemList[Block]) -> list[str]:
    lines: list[str] = []
    loose = any(len(item.blocks) > 1 for item in block.items)
    for item in block.items:
        mark = item.mark if block.ordered else "-"
        inner = blocks_lines(item.blocks, nested=True) or [""]
        indent = " " * (len(mark) + 1)
        lines += [""] if lines and loose else []
        lines.append(f"{mark} {inner[0]}".rstrip())
        lines += [f"{indent}{line}" if line else "" for line in inner[1:]]
    return lines


def _table_lines(table: Table[Inline]) -> list[str]:
    rules = "".join(f" {_RULES.get(alignment, '---')} |" for alignment in table.alignments)
    head, *rows = (_row(row) for row in (table.head, *table.rows))
    return [head, f"|{rules}", *rows]


def _row(cells: tuple[tuple[Inline, ...], ...]) -> str:
    return "|" + "".join(f" {to_markdown(cell, start=False)} |" for cell in cells)
