"""The finished files of search, read back by the book: what a browser would be given, in plain Python."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulletin.model.artifact import Artifact
from bulletin.model.search import SearchText, Volume

VOLUMES = "search/volumes.js"
_DELIVERY = re.compile(r"deliver\((?P<content>.*)\)\n", re.DOTALL)
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DIGITS = {digit: number for number, digit in enumerate(DIGITS)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A token of a shard, with its articles as they are written: all, and those that have it in their titles."""

    token: str
    shard: int
    all: str
    titles: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a result shows of an article, and what is searched."""

    section: str
    issue: str
    byline: str
    text: SearchText


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the table of its volume: its address, and what filters ask for."""

    path: str
    kind: str
    unit: str


def read_delivery(artifact: Artifact) -> Any:
    """What a file delivers.

    Raises:
        ValueError: It is no file of search.
    """
    found = _DELIVERY.fullmatch(artifact.content.decode())
    if found is None:
        raise ValueError(artifact.path)
    return json.loads(found["content"])


def read_volumes(artifact: Artifact) -> tuple[Volume, ...]:
    """The volumes that there are."""
    rows = read_delivery(artifact)
    return tuple(Volume(tuple(each["years"]), each["shards"], each["digest"]) for each in rows)


def read_table(artifact: Artifact) -> tuple[Row, ...]:
    """The articles of a volume, in the order of their numbers in the index."""
    said = read_delivery(artifact)
    paths = [f"{path}/{number:02}" for path, numbers in said["issues"] for number in numbers]
    kinds = [said["kinds"][number] for number in said["kind"]]
    units = [said["units"][number] for number in said["unit"]]
    return tuple(map(Row, paths, kinds, units))


def read_entries(shards: Iterable[tuple[int, Artifact]]) -> Iterator[Entry]:
    """The tokens of shards, each with its number."""
    for number, artifact in shards:
        tokens, postings = (part.split(" ") if part else [] for part in read_delivery(artifact))
        for token, codes in zip(tokens, postings, strict=True):
            everywhere, _, titles = codes.partition(".")
            yield Entry(token, number, everywhere, titles)


def read_postings(codes: str) -> Iterator[int]:
    """The numbers of articles that a list stands for."""
    if codes.startswith("*"):
        for place, digit in enumerate(codes[1:]):
            yield from (6 * place + bit for bit in range(6) if _DIGITS[digit] >> bit & 1)
        return
    article, gap, shift = -1, 0, 0
    for digit in codes:
        gap |= (_DIGITS[digit] & 31) << shift
        shift += 5
        if _DIGITS[digit] < 32:
            article += gap + 1
            yield article
            gap = shift = 0


def read_text(artifact: Artifact) -> ShownText:
    """What `text.js` of an article holds."""
    said = read_delivery(artifact)
    text = SearchText(tuple(said["titles"]), tuple(said["passages"]))
    return ShownText(said["section"], said["issue"], said["byline"], text)


def read_index(files: Mapping[str, Artifact]) -> dict[str, frozenset[str]]:
    """The tokens by which the index of a site leads to each article, by its address; `files` are the site's, by their paths."""
    found: dict[str, set[str]] = defaultdict(set)
    for volume in read_volumes(files[VOLUMES]):
        rows = read_table(files[volume.table])
        shards = ((number, files[volume.shard(number)]) for number in range(volume.shards))
        for entry in read_entries(shards):
            for article in read_postings(entry.all):
                found[rows[article].path].add(entry.token)
    return {address: frozenset(tokens) for address, tokens in found.items()}
