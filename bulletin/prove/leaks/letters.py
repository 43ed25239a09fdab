"""Text as the gate compares it: letters and digits alone, so that no line break, mark or markup hides a sentence.

Characters are brought to one form (NFKC, small letters), marks and white space are dropped; what is left is compared by its shingles: all
runs of eight letters, as hashes of 64 bits. Where a mark stood is remembered: shingles go across it, short names do not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Units: TypeAlias = NDArray[np.uint16]
"""Letters in small form; `MARK` where marks stood, `DASH` where such as part titles from names, `WRAP` where a line ended, `END` where a part of a text ended and another began, as
after a title, `BREAK` between texts that have nothing to do with each other."""
Hashes: TypeAlias = NDArray[np.uint64]

SHINGLE = 8
"""Letters of a shingle: a text that shares so many with another, one of them no ASCII, is taken for the same."""
LONG = 24
"""The same for ASCII by itself."""
BREAK, END, WRAP, DASH, MARK = 0x0A, 0x1E, 0x1F, 0x20, 0x21  # of several together, the least counts
NO_LETTERS = "".join(map(chr, (END, WRAP, DASH, MARK)))
BETWEEN = "\x1e"
"""What is put between parts of a text: it comes out as `END`."""
APART = "\x1d"
"""What is put between texts that have nothing to do with each other: it comes out as `BREAK`."""
LINE_END = "\x1c"
"""What is put where a line ends and nobody knows whether the text goes on: it comes out as `WRAP`."""
_FIRST_LETTER, _ASCII_END = 0x30, 0x80
_PARTING = frozenset("—|›»/\"'`{}[];=\\")
"""What stands between a title and the name of a site, and between texts in JSON and scripts."""
AS_THEY_ARE = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4))
"""Han and Hangul: letters of one form."""
_KEPT_BEYOND_TABLE = range(0x20000, 0x3FFFF)
_PRIVATE, _PRIVATE_SIZE = 0xE000, 0x1900
_BASE = 0x9E3779B97F4A7C15
_MIX = 0xD6E8FEB86659FD93


def normalise(text: str) -> Units:
    """The letters and digits of the text, and what stands between them.

    Han outside the first plane are folded into 6,400 places: all that matters is that equal ones stay equal.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    units: Units = _table()[codes]
    units = units[units != 0]
    between = units < _FIRST_LETTER
    if not between.any():
        return units
    first = np.ones(len(units), np.bool_)
    first[1:] = ~(between[1:] & between[:-1])
    return np.minimum.reduceat(units, np.flatnonzero(first))


def letters_at(text: str) -> tuple[Units, NDArray[np.intp]]:
    """The letters of a text without anything between them, and the place of each in the text."""
    units = _table()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]
    (places,) = np.nonzero(units >= _FIRST_LETTER)
    return units[places], places


def letters_text(units: Units) -> str:
    """The units as text, for showing and for packing."""
    return units.tobytes().decode("utf-16-le", "replace")


def units_of(text: str) -> Units:
    """What `letters_text` wrote."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def are_letters(units: Units) -> NDArray[np.bool_]:
    """Where there are letters, or a break: what shingles are made from."""
    found: NDArray[np.bool_] = (units >= _FIRST_LETTER) | (units == BREAK)
    return found


def are_joints(units: Units) -> NDArray[np.bool_]:
    """Where two parts of a text meet: nobody wrote them as one."""
    found: NDArray[np.bool_] = (units == END) | (units == WRAP)
    return found


def joined(parts: Iterable[Units]) -> Units:
    """Texts that have nothing to do with each other, one after another."""
    apart = np.array([BREAK], np.uint16)
    return np.concatenate([piece for part in parts if len(part) for piece in (part, apart)] or [apart[:0]])


def grams(units: Units, length: int) -> Hashes:
    """The hash of each run of so many units, by its start; 0 where a mark or a break is among them."""
    count = len(units) - length + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    wide = units.astype(np.uint64)
    hashes = wide[:count] + np.uint64(length)
    for place in range(1, length):
        hashes = hashes * np.uint64(_BASE) + wide[place : place + count]
    hashes = _mixed(hashes)
    hashes[_any_of(units < _FIRST_LETTER, length)] = 0
    return hashes


def shingles_at(letters: Units) -> tuple[Hashes, Hashes]:
    """The shingles of letters without marks, by their starts: runs of eight, and long runs of ASCII; 0 where none begins.

    Eight letters of ASCII are no more than a word, as a name in a script; so ASCII by itself is compared by runs of 24.
    """
    short, long = _runs(letters)
    latin = letters < _ASCII_END
    broken = letters < _FIRST_LETTER
    if len(short):
        short[_any_of(broken, SHINGLE) | ~_any_of(~latin, SHINGLE)] = 0
    if len(long):
        long[_any_of(broken | ~latin, LONG)] = 0
    return short, long


def shingles(units: Units) -> Hashes:
    """All shingles of a text, across its marks; 0 where there is none."""
    return np.concatenate(shingles_at(units[are_letters(units)]))


def distinct(hashes: Hashes) -> Hashes:
    """Each hash once, in order, and no noughts."""
    found = np.sort(hashes)  # numpy.unique takes twenty times as long
    kept = found != 0
    kept[1:] &= found[1:] != found[:-1]
    once: Hashes = found[kept]
    return once


def _runs(letters: Units) -> tuple[Hashes, Hashes]:
    """Runs of eight from runs of four from runs of two; of 24 from three of eight."""
    nothing = np.zeros(0, np.uint64)
    if len(letters) < SHINGLE:
        return nothing, nothing
    wide = letters.astype(np.uint64)
    for half in (1, 2, 4):
        wide = wide[:-half] * _power(half) + wide[half:]
    if len(letters) < LONG:
        return _mixed(wide), nothing
    long = wide[: -2 * SHINGLE] * _power(2 * SHINGLE) + wide[SHINGLE:-SHINGLE] * _power(SHINGLE) + wide[2 * SHINGLE :]
    return _mixed(wide), _mixed(long)


def _power(exponent: int) -> np.uint64:
    return np.uint64(pow(_BASE, exponent, 2**64))


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit depends on all letters."""
    hashes = hashes ^ (hashes >> np.uint64(29))
    hashes *= np.uint64(_MIX)
    hashes ^= hashes >> np.uint64(32)
    return hashes


def _any_of(wanted: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Where a run of so many has one that is wanted."""
    before = np.zeros(len(wanted) + 1, np.int32)
    np.cumsum(wanted, out=before[1:])
    found: NDArray[np.bool_] = before[length:] != before[:-length]
    return found


@cache
def _table() -> Units:
    """What becomes of each character: its letter, what it is between letters, or 0 for what leaves no trace."""
    table = np.zeros(0x110000, np.uint16)
    for each in AS_THEY_ARE:
        table[each.start : each.stop] = np.arange(each.start, each.stop)
    for code in np.flatnonzero(table[:0x20000] == 0).tolist():
        table[code] = _letter(code)
    beyond = np.arange(_KEPT_BEYOND_TABLE.start, _KEPT_BEYOND_TABLE.stop)
    table[beyond] = _PRIVATE + beyond % _PRIVATE_SIZE
    table[ord(BETWEEN)], table[ord(APART)], table[ord(LINE_END)] = END, BREAK, WRAP
    return table


def _letter(code: int) -> int:
    character = chr(code)
    written = unicodedata.category(character)
    normal = unicodedata.normalize("NFKC", character).lower()
    if written == "No" or written[0] in "CZM" or character.isspace():
        return 0
    if character in _PARTING:
        return DASH
    kind = unicodedata.category(normal) if len(normal) == 1 else written
    if kind[0] == "L" or kind in ("Nd", "Nl"):
        unit = ord(normal) if len(normal) == 1 else code
        return unit if unit < 0x10000 else _PRIVATE + unit % _PRIVATE_SIZE
    return MARK
