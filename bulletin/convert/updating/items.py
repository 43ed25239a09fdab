"""What a text is to be made of: letters of the source that stay, and letters that are new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bulletin.convert.updating.raw import LINK, Letter, Pair, RawText

NO_NAMES: frozenset[str] = frozenset()
PARAGRAPH_END = "\u2029"
"""A new letter that says that another paragraph begins here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a letter is to look: bold, emphasised, code; where its link leads (empty where it has none)."""

    names: frozenset[str] = NO_NAMES
    link: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter of the source, by its number; `wanted` where it is to look otherwise than there."""

    raw: RawText
    place: int
    wanted: Wanted | None = None

    @property
    def letter(self) -> Letter:
        return self.raw.letters[self.place]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A letter that the source does not have; where nothing is wanted, it looks as the one before it. `label` is that of a new footnote."""

    character: str
    wanted: Wanted | None = None
    label: str = ""


Item: TypeAlias = "Kept | Fresh"
Net: TypeAlias = "tuple[Pair, ...]"
"""The marks around a letter, the outermost first."""


def character_of(item: Item | None) -> str:
    """What is printed; nothing of nothing."""
    if item is None:
        return ""
    return item.letter.character if isinstance(item, Kept) else item.character


def look_of(net: Net) -> Wanted:
    """How a letter looks between these marks."""
    names = frozenset(pair.name for pair in net if pair.name != LINK)
    return Wanted(names, next((target_of(pair) for pair in net if pair.name == LINK), ""))


def target_of(pair: Pair) -> str:
    """Where a link leads."""
    return pair.closing[2:-1].strip() if pair.closing.startswith("](") else pair.opening
