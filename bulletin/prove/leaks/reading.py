"""What the gate takes note of in a text: its letters, names of files, telephones, traces of the machine and of copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bulletin.prove.leaks.decoding import ascii_in
from bulletin.prove.leaks.letters import APART, Units, joined, normalise

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_NAME = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:[-_.@][a-z0-9]++)+")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15
"""Of a telephone number."""
_NUMBER = re.compile(rf"[0-9０-９](?:[\s\-‐-―－()（）.·•/+]{{0,3}}[0-9０-９]){{{_LEAST_DIGITS - 1},}}")
_PIECE = re.compile(r"[0-9]+")
_MOST_PIECES = 6
_TRACES = re.compile(
    r"file:/+[^\s\"'<>`]*"
    r"|(?<![\w./-])/(?:home|Users|root|tmp|mnt|media|var/folders)/[^\s\"'<>`]+"
    r"|(?<![A-Za-z])[A-Za-z]:\\[^\s\"'<>`]+"
    r"|(?<!\\)\\\\[A-Za-z0-9][\w.-]*\\[^\s\"'<>`]+",
    re.ASCII,
)
"""Paths of a machine: `file:` addresses, folders of users, drives and shares of Windows."""
_SIGNS_OF_TRACES = ("file:", "/tmp/", "/home/", "/Users/", "/root/", "/mnt/", "/media/", "/var/folders/", "\\")  # noqa: S108  looked for, not used
_COPY = re.compile(r"(号|№|N[Oo]\.?|n[Oo]\.?)[\s:：.]{0,4}([0０][0-9０-９]{2,7})(?![0-9０-９])")
_BEFORE_COPY = re.compile(r"[编份]\s{0,3}$")
"""A number with noughts before it where the number of a copy would stand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is taken note of in some texts.

    `letters` are their letters (`letters.Units`); `names` what looks like names of files and folders, in small letters; `numbers`
    the digits of what may be telephone numbers; `traces` paths of a machine, and numbers of copies.
    """

    letters: Units
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    traces: frozenset[str] = frozenset()


def read_texts(texts: Iterable[str], paths: tuple[str, ...] = ()) -> Reading:
    """The reading of texts that have nothing to do with each other.

    Args:
        texts: As they stand in a file, or were written.
        paths: Folders of this machine; where one is named, that is a trace.
    """
    letters: list[str] = []
    names: set[str] = set()
    numbers: set[str] = set()
    traces: set[str] = set()
    for text in texts:
        letters.append(text)
        names.update(_names(text))
        numbers.update(numbers_in(text))
        traces.update(_traces(text, paths))
    return Reading(normalise(APART.join(letters)), frozenset(names), frozenset(numbers), frozenset(traces))


def _traces(text: str, paths: tuple[str, ...]) -> Iterator[str]:
    ascii_runs = ascii_in(text)
    if any(sign in ascii_runs for sign in _SIGNS_OF_TRACES):
        yield from (found[0] for found in _TRACES.finditer(text))
    yield from (path for path in paths if path in text)
    for found in _COPY.finditer(text):
        before = text[max(0, found.start() - 4) : found.start()]
        if found[1] != "号" or _BEFORE_COPY.search(before):
            yield f"№{found[2].translate(_FULL_WIDTH)}"


def united(readings: Iterable[Reading]) -> Reading:
    """All that is in any of the readings."""
    each = tuple(readings)
    return Reading(
        joined([reading.letters for reading in each]),
        frozenset().union(*(reading.names for reading in each)),
        frozenset().union(*(reading.numbers for reading in each)),
        frozenset().union(*(reading.traces for reading in each)),
    )


def is_name(text: str) -> bool:
    """True if the text is found again as one name."""
    return bool(_NAME.fullmatch(text.lower()))


def _names(text: str) -> Iterator[str]:
    for name in _NAME.findall(ascii_in(text).lower()):
        yield name
        stem, dot, _ = name.rpartition(".")
        if dot:
            yield stem


def numbers_in(text: str) -> Iterator[str]:
    """The digits of each run of groups of digits that is as long as a telephone number, with or without an area code before it."""
    for run in set(_NUMBER.findall(text)):
        yield from _numbers_of(run)


@lru_cache(maxsize=1 << 13)
def _numbers_of(run: str) -> tuple[str, ...]:
    pieces = _PIECE.findall(run.translate(_FULL_WIDTH))
    found = []
    for first in range(len(pieces)):
        digits = ""
        for piece in pieces[first : first + _MOST_PIECES]:
            digits += piece
            if _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
                found.append(digits)
    return tuple(found)


def spellings(text: str) -> frozenset[str]:
    """The ways in which the telephone numbers in a text may be written elsewhere: with and without the codes of area and country."""
    found: set[str] = set()
    for digits in numbers_in(text):
        national = digits.removeprefix("0")
        found |= {digits, f"86{national}", f"0086{national}"}
        local = digits[_area_code(digits) :]
        found |= {local} if len(local) >= _LEAST_DIGITS else set()
    return frozenset(found)


def _area_code(digits: str) -> int:
    """The length of the area code that a number begins with: 010 and 02x have three digits, all others four."""
    if not digits.startswith("0"):
        return 0
    return 3 if digits[1] in "12" else 4
