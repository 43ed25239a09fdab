"""Letters that stay and letters that are new, woven into Markdown: what stands beside each other as before keeps every byte between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bulletin.convert.updating.escaping import guarded, printed
from bulletin.convert.updating.items import PARAGRAPH_END, Item, Kept, Net, character_of, look_of
from bulletin.convert.updating.nets import nets_of
from bulletin.convert.updating.raw import CODE, RawText


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text stands: `cell` in a table; `code` where every character says itself; `one_line` where it can have no line ends; `ahead` begins each further line of a paragraph, `joint`
    stands between two paragraphs. What would make something else of a paragraph's beginning is escaped where `guard` is true."""

    cell: bool = False
    code: bool = False
    one_line: bool = False
    ahead: str = ""
    joint: str = "\n\n"
    guard: bool = True


def weave(items: Sequence[Item], setting: Setting, *, plainly: bool = False) -> str:
    """Markdown that prints the items. `plainly` writes all of it anew: nothing stays as it was but the letters.

    Comments of the source stay after the letter that they stood behind, or the nearest before it that is left.
    """
    loom = _Loom(tuple(map(_bare, items) if plainly else items), setting, plainly)
    paragraphs = "".join(loom.pieces()).split(PARAGRAPH_END)
    return setting.joint.join(guarded(each) if setting.guard else each for each in paragraphs)


def _bare(item: Item) -> Item:
    """The letter with what it looks like, in place of the marks that make it look so."""
    if isinstance(item, Kept) and item.wanted is None:
        return replace(item, wanted=look_of(item.letter.marks))
    return item


@dataclass
class _Loom:
    items: tuple[Item, ...]
    setting: Setting
    plainly: bool
    comments_after: dict[int, list[str]] = field(default_factory=dict)
    """By the number of the item that they follow; -1 for those before all."""
    line_before: dict[int, str] = field(default_factory=dict)

    def pieces(self) -> Iterator[str]:
        nets: list[Net] = [(), *nets_of(self.items), ()]
        self.place_extras(nets)
        around: list[Item | None] = [None, *self.items, None]
        for place, (left, right) in enumerate(pairwise(around)):
            if self.verbatim(left, right, nets[place], nets[place + 1]):
                yield _between(left, right)
            else:
                yield from self.gap(place, nets[place], nets[place + 1])
            if right is not None:
                yield self.letter(place, nets[place + 1])

    def verbatim(self, left: Item | None, right: Item | None, closed: Net, opened: Net) -> bool:
        """True where the two stand beside each other in the source, looking as they do there."""
        if self.plainly or not all(_as_it_was(each, net) for each, net in ((left, closed), (right, opened))):
            return False
        if isinstance(left, Kept) and isinstance(right, Kept):
            return left.raw is right.raw and left.place + 1 == right.place
        if left is None:
            return isinstance(right, Kept) and right.place == 0
        return right is None and isinstance(left, Kept) and left.place + 1 == len(left.raw.letters)

    def place_extras(self, nets: Sequence[Net]) -> None:
        """Finds where comments and line ends go that stood between letters which do no longer stand beside each other."""
        places: dict[RawText, list[int]] = {}
        for number, item in enumerate(self.items):
            if isinstance(item, Kept):
                places.setdefault(item.raw, []).append(number)
        for raw, numbers in places.items():
            for first, last in pairwise([None, *numbers, None]):
                self.place_between(raw, first, last, nets)

    def place_between(self, raw: RawText, first: int | None, last: int | None, nets: Sequence[Net]) -> None:
        start = 0 if first is None else self._kept(first).place + 1
        end = len(raw.letters) if last is None else self._kept(last).place
        left, right = (None if each is None else self.items[each] for each in (first, last))
        beside = (last if last is not None else len(self.items)) - (first if first is not None else -1) == 1
        if beside and self.verbatim(
            left, right, nets[(-1 if first is None else first) + 1], nets[-1 if last is None else last + 1]
        ):
            return
        extras = [each for place in range(start, end + 1) for each in raw.kept.get(place, ())]
        comments = [each for each in extras if each.startswith("<!--")]
        at = first if first is not None else last - 1 if last is not None else -1
        self.comments_after.setdefault(at, []).extend(comments)
        lines = [each for each in extras if not each.startswith("<!--")]
        if lines and first is not None and last is not None:
            self.line_before[last] = lines[-1]

    def _kept(self, number: int) -> Kept:
        item = self.items[number]
        assert isinstance(item, Kept)
        return item

    def gap(self, place: int, closed: Net, opened: Net) -> Iterator[str]:
        """What stands before the item of that number: marks that end, comments, a line end, marks that begin."""
        shared = next((i for i, (a, b) in enumerate(zip(closed, opened, strict=False)) if a is not b), None)
        shared = min(len(closed), len(opened)) if shared is None else shared
        for pair in reversed(closed[shared:]):
            yield pair.closing
        yield from self.comments_after.get(place - 1, ())
        if not self.plainly and not self.setting.one_line and not self.setting.cell:
            yield self.line_before.get(place, "")
        for pair in opened[shared:]:
            yield pair.opening

    def letter(self, place: int, net: Net) -> str:
        item, code = self.items[place], any(pair.name == CODE for pair in net)
        character, one_line = character_of(item), self.setting.one_line or self.setting.cell
        if self.setting.code:
            return character
        if character == "\n" and one_line:
            return " "
        if isinstance(item, Kept):
            as_code = any(pair.name == CODE for pair in item.letter.marks)
            if item.letter.label or (not self.plainly and code == as_code):
                return item.raw.source[item.letter.start : item.letter.end]
        elif item.label:
            return f"[^{item.label}]"
        if character == "\n":
            return f"\\\n{self.setting.ahead}"
        before, after = (character_of(each) for each in (self._item(place - 1), self._item(place + 1)))
        within = frozenset(pair.name for pair in net) | ({"cell"} if self.setting.cell else frozenset())
        return printed(character, before, after, within)

    def _item(self, place: int) -> Item | None:
        return self.items[place] if 0 <= place < len(self.items) else None


def _between(left: Item | None, right: Item | None) -> str:
    """What the source has between two of its letters, before its first one, after its last one."""
    if isinstance(left, Kept):
        end = right.letter.start if isinstance(right, Kept) else left.raw.end
        return left.raw.source[left.letter.end : end]
    assert isinstance(right, Kept)
    return right.raw.source[right.raw.start : right.letter.start]


def _as_it_was(item: Item | None, net: Net) -> bool:
    return not isinstance(item, Kept) or item.letter.marks == net
