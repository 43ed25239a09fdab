"""The verified quotations, to find the one that a sentence is nearest to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SHINGLE = 3
_MOST_PLACES = 40
"""A shingle that stands in more places of the bank says little of where a sentence is from."""
_DRIFT = 6
_SAME = str.maketrans("‘’", "“”")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the quotation `quote` (its place in the bank) that may be what somebody quotes."""

    quote: int
    start: int
    end: int


class QuoteBank:
    """Texts by their shingles of three characters, with the places of these.

    A sentence that was quoted from one of them, even with slips, has most of its shingles there at one distance from its own: so its passage is
    found without comparing the sentence with any text.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(map(plain, texts))
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, text in enumerate(self.texts):
            for place in range(len(text) - SHINGLE + 1):
                self._places[text[place : place + SHINGLE]].append((number, place))

    def passage_of(self, sentence: str) -> Passage | None:
        """The passage that the sentence (as `plain` makes it) is nearest to, with some characters about it; `None` if few of its shingles are in
        the bank."""
        votes: Counter[tuple[int, int]] = Counter()
        for place in range(len(sentence) - SHINGLE + 1):
            found = self._places.get(sentence[place : place + SHINGLE], ())
            if len(found) <= _MOST_PLACES:
                votes.update((quote, (there - place) // _DRIFT) for quote, there in found)
        if not votes:
            return None
        (quote, drift), _count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        around = votes[quote, drift - 1] + votes[quote, drift] + votes[quote, drift + 1]
        if 2 * around < len(sentence) - SHINGLE + 1:
            return None
        start = drift * _DRIFT
        text = self.texts[quote]
        return Passage(quote, max(0, start - _DRIFT), min(len(text), start + len(sentence) + 2 * _DRIFT))


def plain(text: str) -> str:
    """The text as it is compared, as long as it was: of inner and outer quotation marks none is told from the other, and lines count for nothing."""
    return text.translate(_SAME).replace("\n", " ")
