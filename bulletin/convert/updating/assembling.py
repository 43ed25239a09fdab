"""Edits of a file put together: words changed in place, blocks taken away with their blank lines, blocks put in after others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from bulletin.model.article_source import ArticleSource, Shape, SourceBlock
from bulletin.model.original import Edit, Original
from bulletin.model.problem import Span

_LIST_MARK = re.compile(r"(?:\d{1,9}[.)]|[-*+])[ \t]")
_IN_CONTAINERS = frozenset({Shape.ITEM, Shape.QUOTE})


@dataclass
class Assembly:
    """What is done to a file, gathered."""

    source: ArticleSource
    edits: list[Edit] = field(default_factory=list)
    marks: list[Edit] = field(default_factory=list)
    """Of marks before blocks: they stand before the words that begin there."""
    gone: list[SourceBlock] = field(default_factory=list)
    above: dict[int, list[str]] = field(default_factory=dict)
    """What is put in before a block, by the place where that begins in the file."""
    below: dict[int, list[str]] = field(default_factory=dict)
    """What is put in after a block, by the place where that ends."""

    @property
    def original(self) -> Original:
        return self.source.original

    def change(self, edit: Edit) -> None:
        """An edit of words; what it leaves as it is at either end is no part of it."""
        before = self.original.text[edit.start : edit.end]
        start = sum(1 for _ in takewhile(bool, (a == b for a, b in zip(before, edit.replacement, strict=False))))
        rest = min(len(before), len(edit.replacement)) - start
        end = sum(1 for _ in takewhile(bool, (before[-1 - i] == edit.replacement[-1 - i] for i in range(rest))))
        after = edit.replacement[start : len(edit.replacement) - end]
        if after or start + end < len(before):
            self.edits.append(Edit(edit.start + start, edit.end - end, after))

    def start_of(self, block: SourceBlock) -> int:
        return self._start(block.first)

    def end_of(self, block: SourceBlock) -> int:
        """The end of its last line, without the line end."""
        return self._end(block.last)

    def remove(self, block: SourceBlock) -> None:
        self.gone.append(block)

    def add(self, anchor: SourceBlock | None, markdown: str, *, tight: bool = False) -> None:
        """Puts a block in after `anchor`, or before all others where it is `None`; `tight` where it goes on with the same list."""
        if anchor is None:
            blocks = [block for block in self.source.blocks if block.shape is not Shape.NOTE]
            at = self.start_of(blocks[0]) if blocks else len(self.original.text)
            self.above.setdefault(at, []).append(f"{markdown}\n\n")
            return
        below = self.original.line(anchor.last + 1).strip(" \t>\u3000")
        parted = "" if tight or not below else "\n"
        if parted and self.below.get(self.end_of(anchor)):
            self.below[self.end_of(anchor)][-1] = self.below[self.end_of(anchor)][-1].removesuffix("\n")
        self.below.setdefault(self.end_of(anchor), []).append(("\n" if tight else "\n\n") + markdown + parted)

    def append(self, markdown: str) -> None:
        """Puts a block in at the end of the file."""
        end = len(self.original.text.rstrip())
        self.below.setdefault(end, []).append(f"\n\n{markdown}")

    def loose(self, item: SourceBlock) -> bool:
        """True if blank lines stand between the items of its list."""
        blocks = [each for each in self.source.blocks if each.shape is not Shape.NOTE]
        place = blocks.index(item)
        sides = [*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2]]
        near = [each for each in sides if each.shape is Shape.ITEM]
        return bool(near) and not any(each.last + 1 == item.first or item.last + 1 == each.first for each in near)

    def note_before(self, block: SourceBlock | None, said: str) -> None:
        """Puts a comment before a block, or before the list, the quotation that it stands in."""
        blocks = [each for each in self.source.blocks if each.shape is not Shape.NOTE]
        place = blocks.index(block) if block in blocks else 0
        while place and blocks[place].shape in _IN_CONTAINERS and blocks[place - 1].shape is blocks[place].shape:
            place -= 1
        at = self.start_of(blocks[place]) if blocks else len(self.original.text)
        self.above.setdefault(at, []).insert(0, f"{said}\n")

    def move(self, block: SourceBlock, anchor: SourceBlock | None) -> None:
        """Puts a block, as its edits make it, in another place."""
        start, end = self.start_of(block), self.end_of(block)
        inside = [edit for edit in (*self.marks, *self.edits) if start <= edit.start and edit.end <= end]
        self.edits = [edit for edit in self.edits if edit not in inside]
        self.marks = [edit for edit in self.marks if edit not in inside]
        moved = [Edit(edit.start - start, edit.end - start, edit.replacement) for edit in inside]
        chunk = replace(self.original, text=self.original.text[start:end]).edited(_merged(moved)).text
        self.remove(block)
        self.add(anchor, chunk)

    def all(self) -> tuple[Edit, ...]:
        """All edits in order, none overlapping; their line ends are those of the file."""
        above, below = ([Edit(at, at, "".join(said)) for at, said in each.items()] for each in (self.above, self.below))
        edits = (*above, *self.marks, *self.edits, *below, *self._removals())
        ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
        return tuple(replace(each, replacement=self._with_line_ends(each.replacement)) for each in _merged(ordered))

    def _with_line_ends(self, text: str) -> str:
        crlf = "\r\n" in self.original.text
        return text.replace("\r\n", "\n").replace("\n", "\r\n") if crlf else text

    def _removals(self) -> list[Edit]:
        lines = {number for block in self.gone for number in range(block.first, block.last + 1)}
        return [self._removal(first, last) for first, last in self._runs(sorted(lines))]

    def _runs(self, lines: Sequence[int]) -> list[tuple[int, int]]:
        """Stretches of lines that go, the blank ones between them too."""
        runs: list[tuple[int, int]] = []
        for number in lines:
            between = range(runs[-1][1] + 1, number) if runs else ()
            if runs and not any(map(self._said, between)):
                runs[-1] = runs[-1][0], number
            else:
                runs.append((number, number))
        return runs

    def _said(self, number: int) -> str:
        return self.original.line(number).strip(" \t\u3000")

    def _removal(self, first: int, last: int) -> Edit:
        """The lines, and the blank ones after them where a blank one stands before; at the end of the file those before them.

        An item of a list stays apart from a paragraph before it, as not every item may follow one directly.
        """
        total = self.original.unified.count("\n") + 1
        after, body = last + 1, self.source.body
        if not self._said(first - 1) or first == body:
            while after <= total and not self._said(after):
                after += 1
        elif self._in_list(last + 1) and not self._in_list(first - 1):
            return Edit(self._start(first), self._start(after), "\n")
        if after <= total and (after < total or self._said(after)):
            return Edit(self._start(first), self._start(after), "")
        while first - 1 >= body and not self._said(first - 1):
            first -= 1
        return Edit(self._end(first - 1), self._end(last), "")

    def _in_list(self, number: int) -> bool:
        return any(
            block.shape is Shape.ITEM and block.first <= number <= block.last and _LIST_MARK.search(block.lead)
            for block in self.source.blocks
        )

    def _start(self, number: int) -> int:
        return self.original.offset(Span(self.original.path, number, 1))

    def _end(self, number: int) -> int:
        """Where a line ends, without its line end."""
        return self._start(number) + len(self.original.line(number))


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that begin where something is put in, or that lie in what goes, made one."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        if last is not None and edit.start == last.start and last.start == last.end:
            merged[-1] = Edit(last.start, edit.end, last.replacement + edit.replacement)
        elif last is not None and edit.start < last.end:
            merged[-1] = Edit(last.start, max(last.end, edit.end), last.replacement + edit.replacement)
        else:
            merged.append(edit)
    return merged
