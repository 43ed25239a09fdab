"""The tokens of a text, worked out once more and another way than where the index is made: with strings and sets."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, reduce
from itertools import accumulate
from operator import add
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bulletin.model.search import Fingerprint, SearchText

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[0-9]+|[^0-9 {_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]").fullmatch
_WHITES = " \t\n\v\f\r\u2028\u2029"
_WHITE = re.compile("\t+")
_RANGES = ((0x3005, 0x3005), (0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_BASIS, _PRIME, _MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
_WIDE_BASIS = 0xCBF29CE484222325
_NARROW = np.uint64(_PRIME), np.uint64(_MASK)
_WIDE = np.uint64(0x100000001B3), np.uint64(0xFFFFFFFFFFFFFFFF)
"""The prime of FNV-1a and the bits that are kept: in 32 bits, and in 64."""
_SEVERAL = 0xFFFFFFFF
_HALF = np.uint64(32)
_SHIFT, _WIDE_CHARACTERS = np.uint64(16), np.uint64(1 << 16)
"""Two characters below this one make a number of 32 bits, which is sorted in half the time of one of 64."""
_BLANK = ord(" ")

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Unsigned = TypeVar("Unsigned", np.uint32, np.uint64)


def tokens_in(texts: Iterable[str]) -> frozenset[str]:
    """Every unit of the texts, and every two units side by side.

    A unit is a Han character, a run of other letters, or a run of digits 0 to 9, folded to its compatibility form in lower case. White space parts
    two runs of letters, or two of digits, and is nothing elsewhere; whatever else there is parts units.
    """
    han, with_words = _parts(*_rows([texts]))
    return frozenset(token for token in {*han, *map(add, han, han[1:]), *with_words} if " " not in token)


def fingerprints_of(texts: Sequence[SearchText]) -> list[Fingerprint]:
    """The fingerprint of each text's tokens: `tokens_in`, but with numbers in arrays in place of strings in sets.

    A token of one or two characters, as nearly all are, is known by their codes, a longer one by its hash.
    """
    rows = _rows([part for text in texts for part in (text.titles, text.passages)])
    codes = _codes("".join(rows))
    starts, ends = _tokens(codes)
    first, last = codes[starts], np.where(ends - starts == 2, codes[ends - 1], 0)
    short = (ends - starts <= 2) & ((first | last) < _WIDE_CHARACTERS)
    known = (first[short] << _SHIFT | last[short]).astype(np.uint32)
    hashed = _hashed(_bases(int(np.count_nonzero(~short))), codes, starts[~short], ends[~short])
    of_rows = np.searchsorted(starts, list(accumulate(map(len, rows), initial=0)))
    of_known = np.append(0, np.cumsum(short))[of_rows]
    held = list(zip(of_known.tolist(), (of_rows - of_known).tolist(), strict=True))

    def digest(start: tuple[int, int], end: tuple[int, int]) -> tuple[int, int]:
        few = _distinct(known[start[0] : end[0]])
        found = _hashes_of_short(few), _distinct(hashed[start[1] : end[1]])
        return sum(map(len, found)), sum(int((each >> _HALF).sum()) for each in found)

    parts = zip(held[:-2:2], held[1::2], held[2::2], strict=True)
    return [Fingerprint(digest(start, middle), digest(start, end)) for start, middle, end in parts]


def hash_of(token: str) -> int:
    """The hash of a token by which it has its place: FNV-1a in 32 bits, over characters in place of bytes."""
    return reduce(lambda found, each: (found ^ ord(each)) * _PRIME & _MASK, token, _BASIS)


def hashes_of(tokens: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Of each token the hash by which it has its place, and the one that fingerprints add up: half of FNV-1a in 64 bits."""
    codes = _codes(f"{' '.join(tokens)} ")
    ends = np.flatnonzero(codes == _BLANK)
    starts = np.append(0, ends[:-1] + 1)[: len(ends)]
    narrow = _hashed(np.full(len(ends), _BASIS, np.uint64), codes, starts, ends, _NARROW)
    wide = _hashed(_bases(len(ends)), codes, starts, ends)
    return (narrow, wide >> _HALF) if tokens else (narrow[:0], wide[:0])


def _tokens(codes: Numbers) -> tuple[Places, Places]:
    """Where tokens begin and end: each unit, and after it the two that it makes with the next, where that stands beside it."""
    han = np.logical_or.reduce([(codes >= first) & (codes <= last) for first, last in _RANGES])
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    letters = ~(han | digits | (codes == _BLANK))
    goes_on = np.append(False, (digits[1:] & digits[:-1]) | (letters[1:] & letters[:-1]))
    starts = np.flatnonzero((codes != _BLANK) & ~goes_on)
    ends = np.flatnonzero((codes != _BLANK) & ~np.append(goes_on[1:], False)) + 1
    ends_of_two = np.zeros_like(ends)
    ends_of_two[:-1] = np.where(ends[:-1] == starts[1:], ends[1:], 0)
    all_ends = np.stack((ends, ends_of_two), axis=1).reshape(-1)
    return np.repeat(starts, 2)[all_ends > 0], all_ends[all_ends > 0]


def _bases(count: int) -> Numbers:
    """What so many hashes begin with."""
    return np.full(count, _WIDE_BASIS, np.uint64)


def _hashes_of_short(known: NDArray[np.uint32]) -> Numbers:
    """The hashes of tokens of one or two characters."""
    first, last = known.astype(np.uint64) >> _SHIFT, known.astype(np.uint64) & (_WIDE_CHARACTERS - np.uint64(1))
    prime, _ = _WIDE
    found = (np.uint64(_WIDE_BASIS) ^ first) * prime
    return np.where(last > 0, (found ^ last) * prime, found)


def _hashed(
    before: Numbers, codes: Numbers, starts: Places, ends: Places, kind: tuple[np.uint64, np.uint64] = _WIDE
) -> Numbers:
    """The hashes gone on with, from what was `before`, over the characters from each start to its end."""
    prime, mask = kind
    found = before.copy()
    at, going = starts.copy(), np.flatnonzero(starts < ends)
    while len(going):
        found[going] = (found[going] ^ codes[at[going]]) * prime & mask
        at[going] += 1
        going = going[at[going] < ends[going]]
    return found


def _distinct(numbers: NDArray[Unsigned]) -> NDArray[Unsigned]:
    found = np.sort(numbers)
    return np.concatenate((found[:-1][found[1:] != found[:-1]], found[-1:]))


def _codes(text: str) -> Numbers:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)


def _rows(parts: Sequence[Iterable[str]]) -> list[str]:
    """The units of texts in a row for each part, with blanks where they are parted, and at both ends."""
    whole = _folded("\0\1".join(f"\0{chr(0).join(part).replace(chr(1), chr(0))}" for part in parts))
    return [_WHITE.sub(_parting, f"{row} ") if "\t" in row else f"{row} " for row in whole.split("\1")]


def _folded(text: str) -> str:
    """The text with each of its characters folded; those that become several first, since they change its length."""
    known = _known()
    found = known[np.frombuffer(text.encode("utf-32-le"), np.uint32)]
    for place in np.flatnonzero(found == 0).tolist():
        known[ord(text[place])] = ord(folded) if len(folded := _fold(text[place])) == 1 else _SEVERAL
    for character in {text[place] for place in np.flatnonzero(found == _SEVERAL).tolist()}:
        text = text.replace(character, _fold(character).replace(" ", "\0"))
    return _folded(text) if not found.all() or _SEVERAL in found else found.tobytes().decode("utf-32-le")


@cache
def _known() -> NDArray[np.uint32]:
    """The code that each character is folded to, 0 where it is not known yet."""
    return np.zeros(sys.maxunicode + 1, np.uint32)


def _fold(character: str) -> str:
    """What stands for a character: tabs for white space, blanks for punctuation."""
    if character == "\1":
        return character
    folded = unicodedata.normalize("NFKC", character).lower()
    return "".join("\t" if each in _WHITES else each if _kind(each) else " " for each in folded)


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


def _kind(character: str) -> str:
    if _IS_HAN(character):
        return "han"
    if character in "0123456789":
        return "digit"
    return "letter" if unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd") else ""
