"""Characters that know where in their file they stand, through everything that takes them apart and joins them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from bulletin.model.proof_text import Anchor

Stretch: TypeAlias = tuple[int, int]
"""From where up to where."""
Place: TypeAlias = tuple[int, int]
"""Line and column in a file, from 1."""
_NO_PLACE = (Anchor(0, 1, 1),)


@dataclass(frozen=True, slots=True)
class Placed:
    """Some characters with their places: `anchors` and `altered` are those of a `ProofText`."""

    content: str
    anchors: tuple[Anchor, ...] = _NO_PLACE
    altered: tuple[Stretch, ...] = ()

    def at(self, offset: int) -> Place:
        """Line and column of the character at `offset`; of the end, just after the last one."""
        anchor = self.anchors[self._anchor(max(0, min(offset, len(self.content) - 1)))]
        return anchor.line, anchor.column + offset - anchor.offset

    def part(self, start: int, end: int) -> Placed:
        """The characters from `start` up to `end`."""
        first, last = self._anchor(start), self._anchor(max(start, end - 1))
        line, column = self.at(start)
        later = self.anchors[first + 1 : last + 1]
        anchors = (Anchor(0, line, column), *(Anchor(each.offset - start, each.line, each.column) for each in later))
        return Placed(self.content[start:end], anchors, tuple(within(self.altered, start, end)))

    def stripped(self, blanks: str | None = None) -> Placed:
        """Without blanks at either end."""
        bare = self.content.strip(blanks)
        start = len(self.content) - len(self.content.lstrip(blanks)) if bare else 0
        return self.part(start, start + len(bare))

    def _anchor(self, offset: int) -> int:
        return max(0, bisect_right(self.anchors, offset, key=lambda anchor: anchor.offset) - 1)


NOTHING_PLACED = Placed("")


def within(stretches: Iterable[Stretch], start: int, end: int) -> Iterable[Stretch]:
    """What of the stretches lies between `start` and `end`, counted from there."""
    for left, right in stretches:
        if left < end and right > start:
            yield max(left, start) - start, min(right, end) - start


def moved(stretches: Iterable[Stretch], by: int) -> tuple[Stretch, ...]:
    """The stretches, so many characters later."""
    return tuple((left + by, right + by) for left, right in stretches)


@dataclass(slots=True)
class Placing:
    """Builds a text from pieces: each goes on where the one before ended, or begins at a place of its own."""

    pieces: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    altered: list[Stretch] = field(default_factory=list)
    length: int = 0

    def add(self, content: str, place: Place) -> None:
        """Adds characters that stand one after another from `place` on."""
        if content:
            last = self.anchors[-1] if self.anchors else None
            if not last or (last.line, last.column + self.length - last.offset) != place:
                self.anchors.append(Anchor(self.length, *place))
            self.pieces.append(content)
            self.length += len(content)

    def add_altered(self, content: str, place: Place) -> None:
        """Adds characters that other characters at `place` stand for in the file; each of them stands there."""
        start = self.length
        for character in content:
            self.add(character, place)
        self.altered += [(start, self.length)] if content else []

    def copy(self, source: Placed, start: int, end: int) -> None:
        """Adds a part of another text."""
        part = source.part(start, end)
        self.altered += moved(part.altered, self.length)
        ends = (*(anchor.offset for anchor in part.anchors[1:]), len(part.content))
        for anchor, after in zip(part.anchors, ends, strict=True):
            self.add(part.content[anchor.offset : after], (anchor.line, anchor.column))

    def last_character(self, first: int) -> str:
        """The last character of the pieces from `first` on; line ends that were asked for are passed over."""
        pieces = (self.pieces[index] for index in range(len(self.pieces) - 1, first - 1, -1))
        return next((piece[-1] for piece in pieces if piece != "\n"), "")

    @property
    def placed(self) -> Placed:
        return Placed("".join(self.pieces), tuple(self.anchors) or _NO_PLACE, tuple(self.altered))
