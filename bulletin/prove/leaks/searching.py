"""What is left of the site's files, compared with what must not be told of all issues, one issue at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bulletin.model.problem import Span
from bulletin.prove.leaks.issue_secrets import Needle, Secrets
from bulletin.prove.leaks.letters import (
    DASH,
    LONG,
    NO_LETTERS,
    SHINGLE,
    WRAP,
    Hashes,
    Units,
    are_joints,
    are_letters,
    distinct,
    grams,
    letters_text,
    shingles,
    shingles_at,
    units_of,
)
from bulletin.prove.leaks.lookup import Lookup
from bulletin.prove.leaks.sights import Sight

Sources: TypeAlias = Mapping[int, tuple[Needle, Collection[tuple[int, ...]]]]
"""Of each leaked shingle, by its hash: the secret, and after which of its letters dashes stand, in every place that has it."""
_NOTHING = np.zeros(0, np.uint64)
_BATCH = 1 << 20
"""Letters that are hashed at once."""
AllSecrets: TypeAlias = Callable[[], Iterable[Secrets]]
"""Gives those of the publication and of every issue, each time anew: they are gone through two or three times, and never all in memory."""

TRACE = "trace"
"""The field of what nobody wrote: a path of the machine, the number of a copy."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A text in a file of the site that must not be told: the text with what stands about it, the secret that it is, and its own letters."""

    path: str
    text: str
    secret: Needle
    found: str = ""


def unwritten(path: str) -> Needle:
    """The secret that stands in a file of the site and in no source."""
    return Needle("", TRACE, Span(path))


@dataclass(slots=True)
class _Suspects:
    """What is in files and must not be told, unless something that may be told says it too."""

    shingles: Lookup = field(default_factory=lambda: Lookup(_NOTHING))
    fields: dict[str, Needle] = field(default_factory=dict)
    names: dict[str, Needle] = field(default_factory=dict)
    numbers: dict[str, Needle] = field(default_factory=dict)
    traces: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.shingles or self.fields or self.names or self.numbers or self.traces)

    def others_in(self, sight: Sight) -> bool:
        """True if the file may have something that is no shingle."""
        names, numbers, traces = map(set, (sight.names, sight.numbers, sight.traces))
        return bool(self.fields or names & self.names.keys() or numbers & self.numbers.keys() or traces & self.traces)


class Searched(NamedTuple):
    """What came of a search: the leaks; `quiet` where nothing was as much as suspected, so that nothing hangs on what may be told."""

    leaks: tuple[Leak, ...]
    quiet: bool


def find_leaks(sights: Sequence[Sight], secrets: AllSecrets) -> Searched:
    """Everything in the files that must not be told and that nothing that may be told has too, by file."""
    suspects = _suspected(sights, secrets)
    quiet = not suspects
    if suspects:
        _acquit(suspects, secrets)
    if not suspects:
        return Searched((), quiet)
    sources = _sources(suspects.shingles, secrets)
    concerned = _concerned(sights, suspects)
    return Searched(tuple(leak for sight in concerned for leak in _leaks_in(sight, suspects, sources)), quiet=False)


def are_quiet(sights: Sequence[Sight], secrets: AllSecrets) -> bool:
    """True if nothing in the files is as much as suspected."""
    return not sights or not _suspected(sights, secrets)


def _suspected(sights: Sequence[Sight], secrets: AllSecrets) -> _Suspects:
    shown = tuple(_batches(dict.fromkeys(line for sight in sights for line in sight.letters.split("\n"))))
    shown_names = frozenset(name for sight in sights for name in sight.names)
    shown_numbers = frozenset(number for sight in sights for number in sight.numbers)
    suspects = _Suspects(traces={trace for sight in sights for trace in sight.traces})
    fields: dict[str, Needle] = {}
    held = 0
    for each in secrets():
        fields.update((needle.text, needle) for needle in each.fields)
        suspects.names.update((name.text, name) for name in each.names if name.text in shown_names)
        suspects.numbers.update((number.text, number) for number in each.numbers if number.text in shown_numbers)
        held += len(each.held)
    suspects.shingles = Lookup(_shown_and_held(shown, secrets, few=held < sum(map(len, shown))))
    suspects.fields = {text: fields[text] for text in _fields_in(shown, fields)}
    return suspects


def _shown_and_held(shown: Sequence[Units], secrets: AllSecrets, *, few: bool) -> Hashes:
    """The shingles that are in both; the one of which there is less is kept in memory while the other is gone through."""
    if few:
        found, _ = Lookup(_all_of(shingles(each.held) for each in secrets())).parted(map(shingles, shown))
    else:
        found, _ = Lookup(_all_of(map(shingles, shown))).parted(shingles(each.held) for each in secrets())
    return found


def _all_of(streams: Iterable[Hashes]) -> Hashes:
    return distinct(np.concatenate([_NOTHING, *map(distinct, streams)]))


def _batches(lines: Iterable[str]) -> Iterator[Units]:
    """The letters of texts that have nothing to do with each other, so many at once that little memory is needed."""
    batch: list[str] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line) + 1
        if size > _BATCH:
            yield units_of("\n".join(batch))
            batch, size = [], 0
    yield units_of("\n".join(batch))


def _acquit(suspects: _Suspects, secrets: AllSecrets) -> None:
    """Takes away what may be told."""

    def told() -> Iterator[Hashes]:
        for each in (each.told for each in secrets()):
            for text in _fields_in((each.letters,), suspects.fields):
                del suspects.fields[text]
            for name in suspects.names.keys() & each.names:
                del suspects.names[name]
            for number in suspects.numbers.keys() & each.numbers:
                del suspects.numbers[number]
            suspects.traces -= each.traces
            yield shingles(each.letters) if suspects.shingles else _NOTHING

    _, left = suspects.shingles.parted(told())
    suspects.shingles = Lookup(left)


def _fields_in(shown: Iterable[Units], fields: Iterable[str]) -> frozenset[str]:
    """Which of the short texts are in the letters."""
    by_length: dict[int, dict[int, str]] = defaultdict(dict)
    marked: list[str] = []
    for text in fields:
        units = units_of(text)
        if are_letters(units).all():
            by_length[len(units)][int(grams(units, len(units))[0])] = text
        else:
            marked.append(text)
    found: set[str] = set()
    for letters in (batch[batch != WRAP] for batch in shown) if by_length or marked else ():
        whole = letters_text(letters) if marked else ""
        found.update(text for text in marked if text in whole)
        for length, texts in by_length.items():
            wanted = Lookup(np.fromiter(texts, np.uint64, len(texts)))
            hashes = grams(letters, length)
            found |= {texts[int(each)] for each in distinct(hashes[wanted.holds(hashes)])}
    return frozenset(found)


def _sources(leaked: Lookup, secrets: AllSecrets) -> Sources:
    """Where each leaked shingle was written first, and how dashes part it wherever it was."""
    found: dict[int, tuple[Needle, set[tuple[int, ...]]]] = {}
    for each in secrets() if leaked else ():
        (places,) = np.nonzero(are_letters(each.held))
        dashes = np.cumsum(each.held == DASH, dtype=np.int64)
        for hashes, length in zip(shingles_at(each.held[places]), (SHINGLE, LONG), strict=True):
            for start in np.flatnonzero(leaked.holds(hashes)):
                key, window = int(hashes[start]), dashes[places[start : start + length]]
                if key not in found:
                    found[key] = (each.place_of(int(places[start])), set())
                found[key][1].add(_parted_at(window))
    return found


def _parted_at(dashes: NDArray[np.int64]) -> tuple[int, ...]:
    """After which letters of a shingle a dash stands, by the dashes up to each letter."""
    return tuple(np.flatnonzero(np.diff(dashes)).tolist())


def _concerned(sights: Sequence[Sight], suspects: _Suspects) -> Iterator[Sight]:
    """The files that something may be found in."""
    texts = [units_of(sight.letters + "\n") for sight in sights]
    letters = [int(are_letters(text).sum()) for text in texts]
    shown = np.concatenate(texts)
    found = np.zeros(int(sum(letters)), np.bool_)
    for hashes in shingles_at(shown[are_letters(shown)]):
        found[: len(hashes)] |= suspects.shingles.holds(hashes)
    ends = np.cumsum(letters)
    with_shingles = set(np.searchsorted(ends, np.flatnonzero(found), side="right").tolist())
    for number, sight in enumerate(sights):
        if number in with_shingles or suspects.others_in(sight):
            yield sight


def _leaks_in(sight: Sight, suspects: _Suspects, sources: Sources) -> Iterator[Leak]:
    for line in sight.letters.split("\n"):
        for place, secret in _places_in(line, suspects.shingles, sources):
            yield Leak(sight.path, _excerpt(line, place, _SHOWN), secret, _shingle_of(line[place:]))
        bare = line.replace(chr(WRAP), "")
        for text, secret in suspects.fields.items():
            if text in bare:
                yield Leak(sight.path, _excerpt(bare, bare.index(text), len(text) + _ABOUT), secret, text)
    for shown, hidden in ((sight.names, suspects.names), (sight.numbers, suspects.numbers)):
        yield from (Leak(sight.path, each, hidden[each], each) for each in shown if each in hidden)
    yield from (Leak(sight.path, trace, unwritten(sight.path)) for trace in sight.traces if trace in suspects.traces)


_SHOWN_AS = {ord(each): "" if ord(each) == WRAP else " " for each in NO_LETTERS}
_ABOUT, _SHOWN = 6, 36
"""Letters shown before what was found, and from its beginning on."""


def _excerpt(line: str, place: int, length: int) -> str:
    shown = line[max(0, place - _ABOUT) : place + length]
    return shown.translate(_SHOWN_AS).strip()


def _shingle_of(line: str) -> str:
    """The shingle that the line begins with."""
    letters = "".join(each for each in line[: 2 * LONG] if each not in NO_LETTERS)
    return letters[: LONG if letters[:SHINGLE].isascii() else SHINGLE]


def _places_in(line: str, leaked: Lookup, sources: Sources) -> Iterator[tuple[int, Needle]]:
    """Where in a line the leaks of each source begin.

    Where two parts of a page meet, they may say together by chance what an article says: so a shingle across a joint counts only
    if many in a row are found, and across a dash if the article has the dash too.
    """
    units = units_of(line)
    (places,) = np.nonzero(are_letters(units))
    joints = np.cumsum(are_joints(units), dtype=np.int64)
    dashes = np.cumsum(units == DASH, dtype=np.int64)
    known: set[Needle] = set()
    for hashes, length in zip(shingles_at(units[places]), (SHINGLE, LONG), strict=True):
        found = leaked.holds(hashes)
        if not found.any():
            continue
        in_long_runs = _in_long_runs(found)
        for start in np.flatnonzero(found):
            secret, parted = sources[int(hashes[start])]
            window = places[start : start + length]
            whole = joints[window[-1]] == joints[window[0]]
            gaps = set(_parted_at(dashes[window]))
            written = whole and any(gaps <= set(each) for each in ((), *parted))
            if secret not in known and (written or in_long_runs[start]):
                known.add(secret)
                yield int(places[start]), secret


def _in_long_runs(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where as many are true in a row as a shingle has letters: more than come about at one joint."""
    edges = np.flatnonzero(np.diff(found, prepend=False, append=False))
    long: NDArray[np.bool_] = np.zeros(len(found), np.bool_)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        long[start:end] = end - start >= SHINGLE
    return long
