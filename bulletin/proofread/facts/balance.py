"""Where marks that come in pairs do not: one half is missing, looks the wrong way, crosses another pair, or repeats the mark about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from bulletin.model.proof_text import PROSE, ProofText, Role, Words
from bulletin.proofread.facts.pairs import CLOSING

_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_NARROW = {"(": "（", ")": "）"}
"""Brackets of half width pair with those of full width here: that they are narrow is another matter."""
_INNER_OF = {"‘": "“", "〈": "《"}
_OUTER_OF = {"‘": "“", "“": "“", "〈": "《", "《": "《"}
"""The outermost marks of the family that a mark belongs to."""
_KIN = {"《": "《〈", "〈": "《〈", "（": "（〔【", "〔": "（〔【", "【": "（〔【"}
"""Marks that are taken for one another."""
_PAIRED = re.compile("[" + "".join(CLOSING) + "".join(_OPENING) + "()]")
_QUOTES = re.compile("[“”]")
_NUMBER_BEFORE = re.compile(r"(?:^|[。；：，、\s])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,2})$")
_LATIN = re.compile("[0-9A-Za-z]")


class Imbalance(Enum):
    """What is wrong with a mark."""

    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    REVERSED = "reversed"
    CROSSED = "crossed"
    REPEATED = "repeated"
    """Its pair stands directly in one of the same marks: “…“…”…”."""
    MISMATCHED = "mismatched"
    """A closing mark of one kind where the opening one is of another: 〈…》."""
    ALONE = "alone"
    """An inner mark with no outer one about it: ‘…’, 〈…〉."""


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """A mark that is out of balance, at `place` of a text; `mark` is the opening one of its pair."""

    kind: Imbalance
    text: ProofText
    place: int
    mark: str

    @property
    def words(self) -> Words:
        """The mark itself."""
        return Words(self.text, self.place, self.place + 1)


def unbalanced_in(texts: Iterable[ProofText]) -> tuple[Unbalanced, ...]:
    """The marks out of balance in texts that follow one another, in order.

    A pair may begin in one line of a title and end in the next. A quotation may go on over paragraphs that all begin with “ and of which only
    the last has ” (GB/T 15834—2011, 4.8).
    """
    balance = _Balance()
    last: ProofText | None = None
    for text in texts:
        if last is not None and not last.role is text.role is Role.TITLE:
            balance.end(text)
        balance.read(text)
        last = text
    balance.end(None)
    return tuple(balance.found)


def _marks_in(content: str) -> Iterator[tuple[int, str]]:
    """Marks that come in pairs, and their places; not apostrophes."""
    for found in _PAIRED.finditer(content):
        place, mark = found.start(), _NARROW.get(found[0], found[0])
        apostrophe = mark in "‘’" and _LATIN.match(content, place + 1)
        if not apostrophe:
            yield place, mark


class _Quotes:
    """The double quotation marks of a text, to look ahead in."""

    def __init__(self, content: str) -> None:
        self._marks = [(mark.start(), mark[0]) for mark in _QUOTES.finditer(content)]
        self._number = {place: number for number, (place, _) in enumerate(self._marks)}
        self._surplus = [0]
        for _, mark in reversed(self._marks):
            self._surplus.append(self._surplus[-1] + (1 if mark == "“" else -1))
        self._surplus.reverse()

    def surplus(self, place: int) -> int:
        """How many more “ than ” there are from the mark at `place` on."""
        return self._surplus[self._number[place]]

    def following(self, place: int) -> str:
        """The mark after the one at `place`; empty if it is the last."""
        number = self._number[place] + 1
        return self._marks[number][1] if number < len(self._marks) else ""


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    text: ProofText
    place: int
    depth: int


def _is_of_number(closing: _Open) -> bool:
    """True of the bracket after a number: 1）."""
    content, place = closing.text.content, closing.place
    return closing.mark == "（" and bool(_NUMBER_BEFORE.search(content[max(0, place - 3) : place]))


@dataclass
class _Balance:
    """The marks that are open, all and by their families, and what was found so far."""

    found: list[Unbalanced] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    families: dict[str, list[_Open]] = field(default_factory=lambda: {mark: [] for mark in (*CLOSING, *_OUTER_OF)})
    left: dict[str, tuple[int, _Open]] = field(default_factory=dict)
    """By mark, which finding tells of one that was open when a pair about it closed, and what closed that."""
    flipped: bool = False
    """The last ” stands for “: so the next “ stands for ”."""

    def read(self, text: ProofText) -> None:
        """Goes through the marks of a text."""
        quotes = _Quotes(text.content)
        repeated = bool(self.open) and text.role is not Role.TITLE and text.content.startswith("“")
        for place, mark in _marks_in(text.content):
            if mark in CLOSING:
                if not (repeated and place == 0):
                    self._begin(_Open(mark, text, place, len(self.open)), quotes)
            else:
                self._finish(_Open(_OPENING[mark], text, place, len(self.open)), quotes)

    def end(self, following: ProofText | None) -> None:
        """A text is over: what is open is out of balance, but for a quotation that goes on in the following paragraph."""
        only_quotation = [one.mark for one in self.open] == ["“"]
        goes_on = following is not None and following.role in PROSE and following.content.startswith("“")
        if not (only_quotation and goes_on):
            for one in self.open:
                self._tell(Imbalance.UNCLOSED, one)
            self.open.clear()
            for family in self.families.values():
                family.clear()
        self.left.clear()
        self.flipped = False

    def _begin(self, new: _Open, quotes: _Quotes) -> None:
        """An opening mark."""
        outer = self._about(new)
        if new.mark == "“" and outer is not None and outer.mark == "“" and self._ends_outer(new, outer, quotes):
            return
        outer = self._about(new)
        if outer is not None and outer.mark == new.mark:
            self._tell(Imbalance.REPEATED, new)
        elif new.mark in _INNER_OF and not self.families[_INNER_OF[new.mark]]:
            self._tell(Imbalance.ALONE, new)
        self._push(new)

    def _about(self, new: _Open) -> _Open | None:
        """The innermost open mark of the family, unless the marks of a title stand between."""
        family = self.families[_OUTER_OF[new.mark]] if new.mark in _OUTER_OF else []
        titles = self.families["《"]
        if not family or (new.mark in "“‘" and titles and titles[-1].depth > family[-1].depth):
            return None
        return family[-1]

    def _ends_outer(self, new: _Open, outer: _Open, quotes: _Quotes) -> bool:
        """True if this “ stands where ” should. Where it does not, and the one before was left open, that is told."""
        surplus = 1 + quotes.surplus(new.place)
        if self.flipped or (surplus >= 2 and quotes.following(new.place) != "”"):
            self._tell(Imbalance.REVERSED, new)
            self.flipped = False
            self._pop_to(outer.depth)
            return True
        if surplus > 0:
            self._tell(Imbalance.UNCLOSED, outer)
            self._pop_to(outer.depth)
        return False

    def _finish(self, closing: _Open, quotes: _Quotes) -> None:
        """A closing mark; `closing.mark` is the opening one that it wants."""
        mark = closing.mark
        wanted = [one for one in self.families[_OUTER_OF.get(mark, mark)][-2:] if one.mark == mark]
        kin = next((one for one in _KIN.get(mark, "") if one in self.left), "")
        if wanted:
            for one in self.open[wanted[-1].depth + 1 :]:
                self.left[one.mark] = (len(self.found), closing)
                self._tell(Imbalance.UNCLOSED, one)
            self._pop_to(wanted[-1].depth)
        elif mark in self.left:
            told, _ = self.left.pop(mark)
            self.found[told] = Unbalanced(Imbalance.CROSSED, closing.text, closing.place, mark)
        elif kin:
            told, closer = self.left.pop(kin)
            self.found[told] = Unbalanced(Imbalance.MISMATCHED, closer.text, closer.place, kin)
        elif self.open and self.open[-1].mark in _KIN.get(mark, ""):
            self._tell(Imbalance.MISMATCHED, replace(closing, mark=self.open[-1].mark))
            self._pop_to(self.open[-1].depth)
        elif mark == "“" and self._looks_wrong(closing, quotes):
            self._tell(Imbalance.REVERSED, closing)
            self._push(closing)
        elif not _is_of_number(closing):
            self._tell(Imbalance.UNOPENED, closing)

    def _looks_wrong(self, closing: _Open, quotes: _Quotes) -> bool:
        """True if this ” stands where “ should: before “ as its other half, or before another ”."""
        surplus, following = quotes.surplus(closing.place), quotes.following(closing.place)
        self.flipped = following == "“" and surplus == 0
        return self.flipped or (following == "”" and surplus <= -2)

    def _push(self, new: _Open) -> None:
        new = replace(new, depth=len(self.open))
        self.open.append(new)
        self.families[_OUTER_OF.get(new.mark, new.mark)].append(new)

    def _pop_to(self, depth: int) -> None:
        while len(self.open) > depth:
            one = self.open.pop()
            self.families[_OUTER_OF.get(one.mark, one.mark)].pop()

    def _tell(self, kind: Imbalance, one: _Open) -> None:
        self.found.append(Unbalanced(kind, one.text, one.place, one.mark))
