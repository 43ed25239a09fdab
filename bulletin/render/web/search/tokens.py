"""The tokens of articles: what the index has entries for.

Text is folded: each character to its compatibility form (NFKC) in lower case. What is left of it is taken as a row of *units*: a Han
character, a run of other letters, a run of digits. A token is a unit or two units side by side: 红 红枫 枫 枫行 …, 7 7月 月 月13 … So a word of
two characters and a number with what follows it are found exactly, and any phrase by the pairs it consists of. Punctuation parts units, and no token reaches
across it; a blank parts them only where it must: between two words of letters, or two numbers. `assets/js/search.js` does the same
with what is searched for.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bulletin.model.search import SearchText

ArticleCodes = NDArray[np.unsignedinteger[Any]]
Places = NDArray[np.int64]

_HAN = ((0x3005, 0x3005), (0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""First and last code of Han characters: 々, 〇, and the blocks of ideographs, whatever has been put into them by now."""
_STABLE = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
"""Those that are folded to themselves: nearly all of a text."""
_BEYOND = 0x40000
"""From here on there are neither letters nor Han; so words have their codes here."""
_WHITES = frozenset("\t\n\v\f\r \u2028\u2029")
_PARTED, _WHITE, _IS_HAN, _DIGIT, _LETTER = range(5)
_FEW = 1 << 16
"""As long as there are fewer units, two of them are a number of 32 bits, which is sorted in half the time of one of 64."""
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some articles, each once, in no order: in titles and subtitle, and in the whole text of each article.

    A token is one number: the place of its first unit in `units`, from 1 on, in the upper half of the bits, that of the second in the lower
    half; 0 there if a unit stands by itself.
    """

    units: tuple[str, ...]
    titles: tuple[ArticleCodes, ...]
    all: tuple[ArticleCodes, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """Texts as units: the code of each; whether it stands beside the one before; where it begins in the folded texts."""

    units: ArticleCodes
    beside: NDArray[np.bool]
    begins: Places
    words: tuple[str, ...]


def tokens_of(texts: Iterable[SearchText]) -> Tokens:
    """The tokens of articles, all at once."""
    parts = [_folded(part) for text in texts for part in (text.titles, text.passages)]
    row = _row_of(np.concatenate([*parts, np.zeros(0, np.uint32)]))
    spelled, numbers = _numbered(row)
    pairs = (numbers[:-1] << _half(numbers) | numbers[1:])[row.beside[1:]]
    ends = np.cumsum([0, *map(len, parts)])
    unit_ends = np.searchsorted(row.begins, ends)
    pair_ends = np.searchsorted(np.flatnonzero(row.beside[1:]) + 1, unit_ends)
    held = list(zip(unit_ends.tolist(), pair_ends.tolist(), strict=True))

    def between(start: tuple[int, int], end: tuple[int, int]) -> ArticleCodes:
        alone = _distinct(numbers[start[0] : end[0]]) << _half(numbers)
        return np.concatenate((alone, _distinct(pairs[start[1] : end[1]])))

    titles = tuple(between(start, end) for start, end in zip(held[:-1:2], held[1::2], strict=True))
    return Tokens(
        spelled, titles, tuple(between(start, end) for start, end in zip(held[:-2:2], held[2::2], strict=True))
    )


def units_in(codes: ArticleCodes) -> tuple[ArticleCodes, ArticleCodes]:
    """First and second units of tokens, by their places in `units` from 1 on; the second 0 where there is none."""
    half = _half(codes)
    return codes >> half, codes & codes.dtype.type((1 << int(half)) - 1)


def _half(codes: ArticleCodes) -> np.unsignedinteger[Any]:
    """The bits of half a number."""
    return codes.dtype.type(codes.dtype.itemsize * 4)


def _row_of(codes: ArticleCodes) -> _Row:
    """The units of folded texts; a blank is left out, and parts what would else be one word."""
    kinds = _kinds()[codes]
    shown = np.flatnonzero(kinds != _WHITE)
    after_white = np.diff(shown, prepend=-1) > 1
    codes, kinds = codes[shown], kinds[shown]
    before = np.append(np.uint8(_PARTED), kinds[:-1])
    alike = (kinds == before) & (kinds > _IS_HAN)
    begins = np.flatnonzero((kinds != _PARTED) & (~alike | after_white))
    beside = (before != _PARTED) & ~alike
    units = codes[begins]
    words = np.flatnonzero(kinds[begins] > _IS_HAN)
    ends = np.append(np.flatnonzero((kinds == _PARTED) | ~alike | after_white), len(codes))
    stops = ends[np.searchsorted(ends, begins[words], side="right")]
    text = codes.tobytes().decode("utf-32-le")
    known: dict[str, int] = {}
    places = zip(begins[words].tolist(), stops.tolist(), strict=True)
    units[words] = [known.setdefault(text[start:stop], _BEYOND + len(known)) for start, stop in places]
    return _Row(units, beside[begins], shown[begins], tuple(known))


def _numbered(row: _Row) -> tuple[tuple[str, ...], ArticleCodes]:
    """The units that there are, and those of the row by their places among them, from 1 on."""
    there = np.zeros(_BEYOND + len(row.words), np.bool)
    there[row.units] = True
    found = np.flatnonzero(there)
    numbers: ArticleCodes = np.zeros(len(there), np.uint32 if len(found) < _FEW else np.uint64)
    numbers[found] = np.arange(1, len(found) + 1)
    han = found[found < _BEYOND].astype(np.uint32).tobytes().decode("utf-32-le")
    return (*han, *row.words), numbers[row.units]


def _distinct(codes: ArticleCodes) -> ArticleCodes:
    """Each once (`numpy.unique` does the same, slower)."""
    codes = np.sort(codes)
    first = np.ones(len(codes), np.bool)
    np.not_equal(codes[1:], codes[:-1], out=first[1:])
    return codes[first]


def _folded(texts: Iterable[str]) -> ArticleCodes:
    """The characters as they stand in units: blanks for punctuation and at the end of each text, tabs for blanks that may not count."""
    return _looked_up("\x01".join((*texts, "", "")))


def _looked_up(text: str) -> ArticleCodes:
    codes, known = np.frombuffer(text.encode("utf-32-le"), np.uint32), _known()
    found = known[np.minimum(codes, _BEYOND)]
    if found.all():
        return found
    for code in np.unique(codes[found == 0]).tolist():
        folded = _fold(chr(code))
        if len(folded) == 1 and code < _BEYOND:
            known[code] = ord(folded)
        else:
            text = text.replace(chr(code), folded.replace(" ", "\x01"))
    return _looked_up(text)


def _fold(character: str) -> str:
    kept = "".join(map(_kept, unicodedata.normalize("NFKC", character).lower()))
    return kept if kept.strip(" ") else " "


def _kept(character: str) -> str:
    if character in _WHITES:
        return "\t"
    return character if character.isalpha() or character.isdecimal() or _kinds()[ord(character)] == _IS_HAN else " "


@cache
def _known() -> NDArray[np.uint32]:
    """The folded code of each character; 0 where it has not been met yet, or is several."""
    table = np.zeros(_BEYOND + 1, np.uint32)
    for first, last in _STABLE:
        table[first : last + 1] = np.arange(first, last + 1)
    return table


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each folded character is."""
    table = np.full(0x110000, _LETTER, np.uint8)
    table[[ord(" "), ord("\t")]] = _PARTED, _WHITE
    table[ord("0") : ord("9") + 1] = _DIGIT
    for first, last in _HAN:
        table[first : last + 1] = _IS_HAN
    return table


def pack_tokens(tokens: Tokens) -> bytes:
    """The tokens as bytes, for keeping."""
    listed = [*tokens.titles, *tokens.all]
    kind = listed[0].dtype.str if listed else "<u4"
    head = json.dumps([" ".join(tokens.units), kind, [*map(len, listed)]]).encode()
    return b"".join((_LENGTH.pack(len(head)), head, *(each.tobytes() for each in listed)))


def unpack_tokens(packed: memoryview) -> Tokens:
    """The tokens that `pack_tokens` packed; the codes are not copied, since there are millions in a volume."""
    (length,) = _LENGTH.unpack_from(packed)
    start = _LENGTH.size + length
    units, kind, lengths = json.loads(bytes(packed[_LENGTH.size : start]))
    codes: ArticleCodes = np.frombuffer(packed[start:], np.dtype(kind))
    ends = np.cumsum([0, *lengths]).tolist()
    listed = tuple(codes[start:end] for start, end in pairwise(ends))
    articles = len(listed) // 2
    return Tokens(tuple(units.split(" ")) if units else (), listed[:articles], listed[articles:])
