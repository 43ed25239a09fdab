"""The finished files of search, read back by the book: what a browser would be given, in plain Python."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulletin.model.artifact import Artifact
from bulletin.model.search import SearchText, Volume

VOLUMES = "search/volumes.js"
_DELIVERY = re.compile(r"deliver\((?P<content>.*)\)\n", re.DOTALL)
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DIGEST = 6
_DIGITS = {digit: number for number, digit in enumerate(DIGITS)}


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
    return json.loads(_delivered(artifact))


def read_signed(artifact: Artifact, digest: str) -> list[Any]:
    """What a file of a volume delivers after its digest.

    Raises:
        ValueError: It is no such file, or not the one that is asked for by the digest.
    """
    text = _delivered(artifact)
    head, content = text[: _DIGEST + 4], f"[{text[_DIGEST + 4 :]}"
    if head != f'["{digest}",' or hashlib.sha256(content.encode()).hexdigest()[:_DIGEST] != digest:
        raise ValueError(artifact.path)
    said: list[Any] = json.loads(content)
    return said


def _delivered(artifact: Artifact) -> str:
    found = _DELIVERY.fullmatch(artifact.content.decode())
    if found is None:
        raise ValueError(artifact.path)
    return found["content"]


def read_volumes(artifact: Artifact) -> tuple[Volume, ...]:
    """The volumes that there are.

    Raises:
        ValueError: It is no list of volumes.
    """
    found = []
    for said in read_delivery(artifact):
        name, years, table, shards = _values(said, "name", "years", "table", "shards")
        found.append(Volume(tuple(years), table, tuple(shards.split(" "))))
        if found[-1].name != name:
            raise ValueError(name)
    return tuple(found)


def read_table(artifact: Artifact, volume: Volume) -> tuple[Row, ...]:
    """The articles of a volume, in the order of their numbers in the index.

    Raises:
        ValueError: It is no table of articles, or names a kind or a unit that has none.
    """
    (said,) = read_signed(artifact, volume.table)
    issues, kinds, kind, units, unit = _values(said, "issues", "kinds", "kind", "units", "unit")
    if {*kind} != {*range(len(kinds))} or {*unit} != {*range(len(units))}:
        raise ValueError(artifact.path)
    paths = [f"{path}/{number:02}" for path, numbers in issues for number in numbers]
    return tuple(Row(path, kinds[one], units[other]) for path, one, other in zip(paths, kind, unit, strict=True))


def _values(said: dict[str, Any], *names: str) -> list[Any]:
    """The values of an object that has these names, and no others."""
    if {*said} != {*names}:
        raise ValueError("、".join({*said} ^ {*names}))
    return [said[name] for name in names]


def read_shard(artifact: Artifact, digest: str) -> tuple[list[str], list[str]]:
    """The tokens of a shard, and the articles of each as they are written: all, and after a point those that have it in their titles.

    Raises:
        ValueError: It is no shard, or not the one that is asked for by the digest.
    """
    tokens, postings = (part.split(" ") if part else [] for part in read_signed(artifact, digest))
    if len(tokens) != len(postings):
        raise ValueError(artifact.path)
    return tokens, postings


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
    """What `text.js` of an article holds.

    Raises:
        ValueError: It is no text of an article.
    """
    fields = ("section", "issue", "byline", "titles", "passages")
    section, issue, byline, titles, passages = _values(read_delivery(artifact), *fields)
    return ShownText(section, issue, byline, SearchText(tuple(titles), tuple(passages)))


def read_index(files: Mapping[str, Artifact]) -> dict[str, frozenset[str]]:
    """The tokens by which the index of a site leads to each article, by its address; `files` are the site's, by their paths."""
    found: dict[str, set[str]] = defaultdict(set)
    for volume in read_volumes(files[VOLUMES]):
        rows = read_table(files[volume.table_path], volume)
        for number, digest in enumerate(volume.shards):
            for token, codes in zip(*read_shard(files[volume.shard_path(number)], digest), strict=True):
                for article in read_postings(codes.partition(".")[0]):
                    found[rows[article].path].add(token)
    return {address: frozenset(tokens) for address, tokens in found.items()}
