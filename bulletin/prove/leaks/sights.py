"""A file of the site as the gate sees it: what in it is not explained by sources that may be told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bulletin.model.artifact import Artifact
from bulletin.prove.leaks.binary import Unreadable
from bulletin.prove.leaks.decoding import NOTHING_KNOWN, Known, known_together
from bulletin.prove.leaks.files import texts_of
from bulletin.prove.leaks.issue_secrets import Secrets
from bulletin.prove.leaks.letters import (
    APART,
    BREAK,
    LONG,
    NO_LETTERS,
    SHINGLE,
    Units,
    are_letters,
    joined,
    letters_text,
    shingles,
    shingles_at,
)
from bulletin.prove.leaks.lookup import Lookup
from bulletin.prove.leaks.reading import Reading, read_texts

_ASCII_END = 0x80


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told, as far as it explains some files.

    `paths` are folders of this machine, which nothing explains; `addresses` how addresses of the site begin, which explain themselves.
    `known` are pieces of files that the rest explains as a whole.
    """

    shingles: tuple[Lookup, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    traces: frozenset[str]
    paths: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    known: Known = NOTHING_KNOWN


def told_by(secrets: Secrets, paths: tuple[str, ...] = (), addresses: tuple[str, ...] = ()) -> Told:
    """What may be told according to the publication or an issue.

    Args:
        secrets: Its secrets.
        paths: Folders that no file may name: the publication's, the user's.
        addresses: How whole addresses of the site's pages begin.
    """
    told = secrets.told
    return Told((Lookup(shingles(told.letters)),), told.names, told.numbers, told.traces, paths, addresses)


def told_in_words(texts: Iterable[str]) -> Told:
    """What the program itself says in some files and not in others: dates, addresses."""
    reading = read_texts(texts)
    return Told((Lookup(shingles(reading.letters)),), reading.names, reading.numbers, reading.traces, ())


def told_together(parts: Iterable[Told]) -> Told:
    """What the publication and some issues tell, by which the files that are made of them are explained.

    Fewer issues than a file is made of are never wrong: more is kept of the file, and compared later.
    """
    each = tuple(parts)
    return Told(
        tuple(lookup for part in each for lookup in part.shingles),
        frozenset().union(*(part.names for part in each)),
        frozenset().union(*(part.numbers for part in each)),
        frozenset().union(*(part.traces for part in each)),
        tuple(path for part in each for path in part.paths),
        tuple(address for part in each for address in part.addresses),
        known_together(part.known for part in each),
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """What is left of a file when all that may be told is taken away.

    `letters` are stretches of it, a line each, with blanks for marks (`letters.letters_text`). `fault` says why the file could not be looked into;
    `unknown` is true for a kind of file that was read by its bytes only.
    """

    path: str
    letters: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    unknown: bool = False
    fault: str = ""

    def pack(self) -> bytes:
        """The sight as bytes, for the next run: as long as the file's bytes and what may be told stay the same, so does it."""
        row = [self.path, self.letters, self.names, self.numbers, self.traces, self.unknown, self.fault]
        return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpack_sight(packed: bytes) -> Sight:
    """What `Sight.pack` wrote."""
    path, letters, names, numbers, traces, unknown, fault = json.loads(packed.decode("utf-8", "surrogatepass"))
    return Sight(path, letters, tuple(names), tuple(numbers), tuple(traces), unknown, fault)


def look(file: Artifact, told: Told) -> Sight:
    """The sight of a file of the site. What the file is, its bytes say; its media type is not believed."""
    return look_at_all((file,), told)[0]


def look_at_all(files: Iterable[Artifact], told: Told) -> tuple[Sight, ...]:
    """The sights of files that the same explains: sooner than one by one."""
    sights, letters = [], []
    for file in files:
        reading, sight = _read(file, told)
        sights.append(sight)
        letters.append(reading.letters)
    left = _unexplained(letters, told.shingles)
    return tuple(replace(sight, letters=each) for sight, each in zip(sights, left, strict=True))


def _read(file: Artifact, told: Told) -> tuple[Reading, Sight]:
    """What is taken note of in a file, and its sight but for the letters."""
    try:
        content = texts_of(file.path, file.content, told.known)
    except Unreadable as fault:
        return read_texts(()), Sight(file.path, "", fault=str(fault))
    reading = read_texts((_without(text, told.addresses) for text in content.texts), told.paths)
    sight = Sight(
        path=file.path,
        letters="",
        names=tuple(sorted(reading.names - told.names)),
        numbers=tuple(sorted(reading.numbers - told.numbers)),
        traces=tuple(sorted(reading.traces - told.traces)),
        unknown=content.unknown,
    )
    return reading, sight


def _without(text: str, addresses: tuple[str, ...]) -> str:
    for address in addresses:
        text = text.replace(address, APART)
    return text


def _unexplained(files: Sequence[Units], told: tuple[Lookup, ...]) -> Iterator[str]:
    """The stretches of each file that are not told, each once.

    A letter is kept if a shingle that it is part of is not told, or if it stands in a text too short for any: so whatever is held of eight letters, or
    of fewer, and is not told, is whole in one stretch.
    """
    units = joined(files)
    lettered = are_letters(units)
    wanted = np.zeros(len(units), np.bool_)
    wanted[lettered] = _kept(units[lettered], told)
    wanted[1:] |= ~lettered[1:] & wanted[:-1]
    gaps = np.flatnonzero(wanted[1:] & ~wanted[:-1])
    units[gaps] = BREAK
    wanted[gaps] = True
    start = 0
    for file in files:
        end = start + len(file)
        yield _stretches(units[start:end][wanted[start:end]])
        start = end + bool(len(file))


def _kept(letters: Units, told: tuple[Lookup, ...]) -> NDArray[np.bool_]:
    """Which letters are not told."""
    kept = _in_short_texts(letters)
    for found, length in zip(shingles_at(letters), (SHINGLE, LONG), strict=True):
        (unknown,) = np.nonzero(found)
        for lookup in reversed(told):  # an issue explains most of its pages
            unknown = unknown[~lookup.holds(found[unknown])]
        _keep_runs(kept, unknown, length)
    return kept


def _stretches(units: Units) -> str:
    """The lines of what is left of a file, but for those that are too short to tell anything."""
    lines = dict.fromkeys(line.strip(NO_LETTERS) for line in letters_text(units).split("\n"))
    return "\n".join(line for line in lines if len(line) > 1 and (len(line) >= LONG or not line.isascii()))


def _keep_runs(kept: NDArray[np.bool_], places: NDArray[np.intp], length: int) -> None:
    """Marks each run of so many letters that begins at one of the places."""
    edges = np.zeros(len(kept) + 1, np.int32)
    edges[places] += 1
    edges[places + length] -= 1
    kept |= np.cumsum(edges[:-1]) > 0


def _in_short_texts(letters: Units) -> NDArray[np.bool_]:
    """Where texts are too short for a shingle and not ASCII."""
    breaks = letters == BREAK
    text = np.cumsum(breaks)
    sizes = np.bincount(text, minlength=1)
    foreign = np.bincount(text, weights=letters >= _ASCII_END, minlength=1)
    short = (sizes <= SHINGLE) & (foreign > 0)
    found: NDArray[np.bool_] = short[text] & ~breaks
    return found
