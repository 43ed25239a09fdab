"""Marks that come in pairs: quotation marks, brackets, marks of titles."""

from __future__ import annotations

from dataclasses import dataclass

CLOSING = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】", "「": "」", "『": "』"}
_OPENING = {closing: opening for opening, closing in CLOSING.items()}


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands between an opening mark at `start` and its closing mark at `end - 1`; `depth` is 0 outside of others."""

    mark: str
    start: int
    end: int
    depth: int

    def inner(self, content: str) -> str:
        """What it encloses."""
        return content[self.start + 1 : self.end - 1]


def pairs_in(content: str) -> tuple[Pair, ...]:
    """The pairs that are whole, by their opening marks; a mark without its partner is passed over."""
    found: list[Pair] = []
    open_: list[tuple[str, int]] = []
    for place, character in enumerate(content):
        if character in CLOSING:
            open_.append((character, place))
        elif character in _OPENING:
            wanted = _OPENING[character]
            at = next((index for index in range(len(open_) - 1, -1, -1) if open_[index][0] == wanted), None)
            if at is not None:
                found.append(Pair(wanted, open_[at][1], place + 1, at))
                del open_[at:]
    return tuple(sorted(found, key=lambda pair: (pair.start, -pair.end)))
