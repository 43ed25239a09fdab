"""The tokens of a text, worked out once more and another way than where the index is made: with strings and sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache, reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from bulletin.model.search import Fingerprint, SearchText

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[0-9]+|[^0-9 {_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]").fullmatch
_WHITE = re.compile("\t+")
_BASIS, _PRIME, _MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF


def tokens_in(texts: Iterable[str]) -> frozenset[str]:
    """Every unit of the texts, and every two units side by side.

    A unit is a Han character, a run of other letters, or a run of digits 0 to 9, folded to its compatibility form in lower case. White space parts
    two runs of letters, or two of digits, and is nothing elsewhere; whatever else there is parts units.
    """
    han, with_words = _parts(_row(texts))
    return frozenset(token for token in {*han, *map(add, han, han[1:]), *with_words} if " " not in token)


def fingerprint_of(text: SearchText) -> Fingerprint:
    """The fingerprint of an article's tokens: `tokens_in`, but with arrays for pairs of Han, which are nearly all."""
    titles = _row(text.titles)
    return Fingerprint(_digest(titles), _digest(titles + _row(text.passages)))


def hash_of(token: str) -> int:
    """The hash of a token: FNV-1a in 32 bits, over characters in place of bytes."""
    return reduce(lambda found, each: (found ^ ord(each)) * _PRIME & _MASK, token, _BASIS)


def _digest(row: str) -> tuple[int, int]:
    """How many tokens, and the sum of their hashes: the same for the same set."""
    han, with_words = _parts(row)
    codes = np.frombuffer(han.encode("utf-32-le"), np.uint32).astype(np.uint64)
    first, second = codes[:-1], codes[1:]
    pairs = _distinct((first << np.uint64(32) | second)[(first != 32) & (second != 32)])
    units = _distinct(codes[codes != 32])
    found = _hashes(_hashes(np.uint64(_BASIS), pairs >> np.uint64(32)), pairs & np.uint64(_MASK))
    alone = _hashes(np.uint64(_BASIS), units)
    total = int(found.sum()) + int(alone.sum()) + sum(map(_hash_of_word, with_words))
    return len(pairs) + len(units) + len(with_words), total


def _distinct(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    codes.sort()
    return codes[np.flatnonzero(np.diff(codes, prepend=np.uint64(0)))]


def _hashes(before: NDArray[np.uint64] | np.uint64, codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (before ^ codes) * np.uint64(_PRIME) & np.uint64(_MASK)


_hash_of_word = lru_cache(maxsize=1 << 16)(hash_of)


def _row(texts: Iterable[str]) -> str:
    """The units of the texts in a row, with blanks where they are parted, and at both ends."""
    folded = "\0".join(texts).translate(_folding())
    return _WHITE.sub(_parting, f" {folded} ")


def _parting(white: re.Match[str]) -> str:
    before, after = white.string[white.start() - 1], white.string[white.end()]
    return " " if _kind(before) == _kind(after) != "han" else ""


def _parts(row: str) -> tuple[str, set[str]]:
    """The Han characters, with blanks in place of words, and the tokens with words: by themselves and with the unit on either side."""
    han, found = [], set()
    before, end = "", 0
    for match in _WORD.finditer(row):
        word, start, left, right = match[0], match.start(), row[match.start() - 1], row[match.end()]
        han.append(row[end:start])
        found.add(word)
        if start == end:
            found.add(before + word)
        elif left != " ":
            found.add(left + word)
        if _IS_HAN(right):
            found.add(word + right)
        before, end = word, match.end()
    return " ".join((*han, row[end:])), found


class _Folding(dict[int, str]):
    """What stands for each character: tabs for white space, blanks for punctuation."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = "".join(
            "\t" if each in " \t\n\v\f\r\u2028\u2029" else each if _kind(each) else " " for each in folded
        )
        return self[code]


_folding = cache(_Folding)


def _kind(character: str) -> str:
    if _IS_HAN(character):
        return "han"
    if character in "0123456789":
        return "digit"
    return "letter" if unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd") else ""
