"""Many words looked for in a text at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from operator import add
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class WordIndex(Generic[T]):
    """Things by the words that a text must have for them to be worth looking for.

    A thousand words cost a text hardly more than one: its pairs of characters are looked up, and only words that begin with one of them are
    looked for.
    """

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        """`words` are pairs of a word, which is not empty, and what it stands for; one thing may have many."""
        self._by_beginning: dict[str, list[tuple[int, str, T]]] = defaultdict(list)
        for number, (word, thing) in enumerate(words):
            self._by_beginning[word[:2]].append((number, word, thing))

    def found_in(self, content: str) -> tuple[T, ...]:
        """The things of which the text has a word, each once, in the order in which they were given."""
        if not self._by_beginning:
            return ()
        beginnings = {*map(add, content, content[1:]), *content}
        found = [
            (number, thing)
            for beginning in beginnings & self._by_beginning.keys()
            for number, word, thing in self._by_beginning[beginning]
            if word in content
        ]
        return tuple(dict.fromkeys(thing for _number, thing in sorted(found, key=lambda pair: pair[0])))
