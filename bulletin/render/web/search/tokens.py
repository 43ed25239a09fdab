"""The tokens of an article: what the index has an entry for.

Text is folded: each character to its compatibility form (NFKC) in lower case. What is left of it is taken as a row of *units*: a Han
character, a run of other letters, a run of digits. A token is a unit or two units side by side: 红 红枫 枫 枫行 …, 7 7月 月 月13 … So a word of
two characters and a number with what follows it are found exactly, and any phrase by the pairs it consists of. Punctuation parts units, and no token reaches
across it; a blank parts them only where it must: between two words of letters, or two numbers. `assets/js/search.js` does the same
with what is searched for.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bulletin.model.search import SearchText

Codes = NDArray[np.uint64]

_HAN = ((0x3005, 0x3005), (0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""First and last code of Han characters: 々, 〇, and the blocks of ideographs, whatever has been put into them by now."""
_USUAL = ((0x0001, 0x33FF), (0xA000, 0xABFF), (0xF900, 0xFFFF))
"""What else is looked up at once: not Hangul, nor what lies beyond the first plane."""
_SUPPLEMENT = slice(0x2F800, 0x2FA20)
"""Ideographs that are folded to others."""
_BEYOND = 0x40000
_WHITES = frozenset("\t\n\v\f\r \u2028\u2029")
_LETTER = "[^0-9 \t\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = re.compile(f"[0-9]+|{_LETTER}+")
_PARTING_WHITE = re.compile(f"\t(?<=[0-9]\t)(?=\t*[0-9])|\t(?<={_LETTER}\t)(?=\t*{_LETTER})")
FIRST_WORD = 0xF0000
"""Words of letters and digits stand in a token as numbers from here on: where Unicode has no characters of its own."""
UNIT_BITS = 21


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an article, sorted: two units of 21 bits, the second 0 where a unit stands by itself.

    A unit is the code of a Han character, or `FIRST_WORD` and the place of a word in `words`. `titles` are those of title and subtitle,
    `all` those of the whole text.
    """

    words: tuple[str, ...]
    titles: Codes
    all: Codes


def tokens_of(text: SearchText) -> Tokens:
    """The tokens of an article."""
    words: dict[str, str] = {}
    titles = _rows_of_units(text.titles, words)
    passages = _rows_of_units(text.passages, words)
    return Tokens(tuple(words), _codes(titles), _codes(f"{titles} {passages}"))


def _rows_of_units(texts: Iterable[str], words: dict[str, str]) -> str:
    """The texts with one character for each unit, and blanks where no token reaches across; `words` learns what stands for which word."""
    row = _folded("\x01".join(texts))
    parted = _PARTING_WHITE.sub(" ", row).replace("\t", "")
    return _WORD.sub(lambda word: words.setdefault(word[0], chr(FIRST_WORD + len(words))), parted)


def _folded(text: str) -> str:
    """The characters as they stand in units, blanks for punctuation, tabs for blanks that may not count."""
    table = _table()
    codes = table[np.minimum(_utf32(text), _BEYOND)]
    if not codes.all():  # rare: what is folded to several characters, and what the table does not hold
        return "".join(map(_fold, text))
    return codes.tobytes().decode("utf-32-le")


@cache
def _fold(character: str) -> str:
    kept = "".join(map(_kept, unicodedata.normalize("NFKC", character).lower()))
    return kept if kept.strip(" ") else " "


def _kept(character: str) -> str:
    if character in _WHITES:
        return "\t"
    return character if character.isalpha() or character.isdecimal() or _is_han(ord(character)) else " "


def _is_han(code: int) -> bool:
    return any(first <= code <= last for first, last in _HAN)


@cache
def _table() -> NDArray[np.uint32]:
    """The folded code of each character; 0 for those that are folded one by one."""
    table = np.zeros(_BEYOND + 1, np.uint32)
    for first, last in _HAN:
        table[first : last + 1] = np.arange(first, last + 1)
    for code in chain.from_iterable(range(first, last + 1) for first, last in _USUAL):
        folded = _fold(chr(code))
        table[code] = ord(folded) if len(folded) == 1 else 0
    table[_SUPPLEMENT] = 0
    return table


def _codes(row: str) -> Codes:
    units = _utf32(row).astype(np.uint64)
    before, after = units[:-1], units[1:]
    beside = (before != 32) & (after != 32)
    pairs = (before[beside] << np.uint64(UNIT_BITS)) | after[beside]
    return _distinct(np.concatenate((units[units != 32] << np.uint64(UNIT_BITS), pairs)))


def _utf32(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _distinct(codes: Codes) -> Codes:
    """Sorted, each once (`numpy.unique` does the same, slower)."""
    codes.sort()
    return codes[np.append(True, codes[1:] != codes[:-1])] if len(codes) else codes


def pack_tokens(tokens: Tokens) -> bytes:
    """The tokens as bytes, for keeping."""
    words = " ".join(tokens.words).encode()
    gaps = np.diff(tokens.all, prepend=np.uint64(0)).tobytes()
    return zlib.compress(struct.pack("<II", len(words), len(tokens.titles)) + words + tokens.titles.tobytes() + gaps, 1)


def unpack_tokens(packed: bytes) -> Tokens:
    """The tokens that `pack_tokens` packed."""
    content = zlib.decompress(packed)
    length, titles = struct.unpack_from("<II", content)
    words = content[8 : 8 + length].decode()
    codes = np.frombuffer(content[8 + length :], np.uint64)
    return Tokens(tuple(words.split(" ")) if words else (), codes[:titles], np.cumsum(codes[titles:], dtype=np.uint64))
