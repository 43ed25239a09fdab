"""The words of the search index: it has pairs of characters, which tell no sentence, but must all be from what may be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from bulletin.prove.leaks.issue_secrets import Needle, Secrets
from bulletin.prove.leaks.letters import WRAP, Hashes, Units, grams, letters_text, normalise
from bulletin.prove.leaks.lookup import Lookup
from bulletin.prove.leaks.searching import AllSecrets, Leak, unwritten

_LATIN = re.compile(r"[0-9a-z]+")


def find_untold_words(path: str, words: Iterable[str], secrets: AllSecrets) -> tuple[Leak, ...]:
    """The words of the index that nothing says that may be told, each with the first place that says it where there is one.

    Args:
        path: The index, as the report names it.
        words: Its words: Han one by one or in pairs, runs of letters and digits.
        secrets: Those of the publication and of all issues.
    """
    every = {word: normalise(word) for word in words}
    latin = {word for word in every if _LATIN.fullmatch(word)}
    han = {word: units for word, units in every.items() if word not in latin and len(units)}
    untold = [*_without_told_latin(latin, secrets), *_without_told_han(han, secrets)]
    return tuple(Leak(path, word, _written(every[word], secrets, path)) for word in sorted(untold))


def _without_told_han(words: dict[str, Units], secrets: AllSecrets) -> Iterator[str]:
    for length in sorted({len(units) for units in words.values()}):
        by_hash = {int(grams(units, length)[0]): word for word, units in words.items() if len(units) == length}
        wanted = Lookup(np.fromiter(by_hash, np.uint64, len(by_hash)))
        _, left = wanted.parted(_told_grams(secrets, length))
        yield from (by_hash[int(each)] for each in left)


def _told_grams(secrets: AllSecrets, length: int) -> Iterator[Hashes]:
    for each in secrets():
        letters = each.told.letters
        yield grams(letters[letters != WRAP], length)


def _without_told_latin(words: set[str], secrets: AllSecrets) -> set[str]:
    """White between Latin words is not kept, so a word may be part of a run."""
    runs: set[str] = set()
    for each in secrets():
        runs.update(_LATIN.findall(letters_text(each.told.letters)))
    every = " ".join(runs)
    return {word for word in words - runs if word not in every}


def _written(units: Units, secrets: AllSecrets, path: str) -> Needle:
    for each in secrets():
        offset = _offset_of(units, each)
        if offset >= 0:
            return each.place_of(offset)
    return unwritten(path)


def _offset_of(units: Units, secrets: Secrets) -> int:
    found = np.flatnonzero(grams(secrets.held, len(units)) == grams(units, len(units))[0])  # joints part words
    return int(found[0]) if len(found) else -1
