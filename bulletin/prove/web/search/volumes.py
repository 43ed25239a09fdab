"""A volume of the index against its articles: every token of each, and no other.

What each article's text comes to was worked out when its files were proven (`prove_texts`); here the finished files are summed up the same way.
So a volume is proven as a whole, in a fraction of a second, although few of its articles were made anew. `read_index` reads the same files
by the book; tests hold one against the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bulletin.model.artifact import Artifact
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.search import Fingerprint, Volume
from bulletin.model.site import Card
from bulletin.prove.web.search.reading import DIGITS, Row, read_shard, read_table, read_volumes
from bulletin.prove.web.search.tokens import hashes_of

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
_VALUES = np.array([DIGITS.find(chr(code)) % 65 for code in range(256)], np.uint8)
_AT_ONCE = 1024
_ADVICE = message("这是程序的问题，网站不能发布；请报告维护人员")


def prove_volume(
    volume: Volume,
    files: Mapping[str, Artifact],
    cards: Sequence[Card],
    fingerprints: Sequence[Fingerprint],
    site_file: Span,
) -> tuple[Problem, ...]:
    """Problems if the files of a volume lead to another article than its own, or to one of them by other tokens than it has.

    Args:
        volume: What the list of volumes says of it.
        files: The files of the volume, by path.
        cards: Its articles, oldest first.
        fingerprints: What the text of each comes to.
        site_file: What is named where something is wrong: `bulletin.yaml`.
    """
    try:
        found = list(_faults(volume, files, cards, fingerprints))
    except (ValueError, TypeError, LookupError):
        found = [message("搜索分卷 {volume} 里有读不通的文件", volume=volume.name)]
    return tuple(error("proof-search", site_file, what, _ADVICE) for what in found)


def prove_volumes(artifact: Artifact, volumes: Iterable[Volume], site_file: Span) -> tuple[Problem, ...]:
    """Problems if the list of volumes is not that of those that there are, newest first."""
    wanted = tuple(sorted(volumes, key=lambda volume: volume.years, reverse=True))
    try:
        right = read_volumes(artifact) == wanted
    except (ValueError, TypeError, LookupError):
        right = False
    return () if right else (error("proof-search", site_file, message("搜索的分卷目录与各卷不符"), _ADVICE),)


def _faults(
    volume: Volume, files: Mapping[str, Artifact], cards: Sequence[Card], fingerprints: Sequence[Fingerprint]
) -> Iterator[Message]:
    if set(files) != {volume.table_path, *map(volume.shard_path, range(len(volume.shards)))}:
        yield message("搜索分卷 {volume} 的文件有多有少", volume=volume.name)
        return
    rows = read_table(files[volume.table_path], volume)
    if rows != tuple(Row(card.path, card.section_name, card.organization) for card in cards):
        yield message("搜索分卷 {volume} 的文章目录与网站不符", volume=volume.name)
        return
    shards = [read_shard(files[volume.shard_path(number)], digest) for number, digest in enumerate(volume.shards)]
    tokens, postings = (list(chain.from_iterable(column)) for column in zip(*shards, strict=True))
    placing, adding = hashes_of(tokens)
    yield from _misplaced(volume, [len(held) for held, _ in shards], tokens, placing)
    titled = [place for place, codes in enumerate(postings) if "." in codes]
    in_titles = []
    for place in titled:
        postings[place], _, titles = postings[place].partition(".")
        in_titles.append(titles)
    all_found, titles_found = _sums(postings, adding, len(rows)), _sums(in_titles, adding[titled], len(rows))
    if all_found is None or titles_found is None:
        yield message("搜索分卷 {volume} 里有读不通的记录，或指向没有的文章", volume=volume.name)
        return
    for row, wanted, *found in zip(rows, fingerprints, titles_found, all_found, strict=True):
        if wanted != Fingerprint(*found):
            yield message("从搜索找到《{path}》用的字词，与文章的字词不符", path=row.path)


def _misplaced(volume: Volume, sizes: Sequence[int], tokens: Sequence[str], hashes: Hashes) -> Iterator[Message]:
    """Tokens that a search would not find where they are, or that are there twice; `sizes` are the counts of those in each shard."""
    wrong = np.flatnonzero(hashes % np.uint64(len(sizes)) != np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes))
    twice = Counter(tokens) if len(tokens) != len({*tokens}) else {}
    for token in (*(tokens[place] for place in wrong.tolist()), *(token for token, held in twice.items() if held > 1)):
        yield message("搜索分卷 {volume} 里“{token}”放错了地方", volume=volume.name, token=token)


def _sums(lists: Sequence[str], hashes: Hashes, articles: int) -> list[tuple[int, int]] | None:
    """For each article how many tokens lead to it, and the sum of their hashes; None if a list cannot be read, or leads further."""
    if not all(lists):
        return None
    weights = hashes.astype(np.float64)
    in_bits = np.array([each.startswith("*") for each in lists], bool)
    counts, sums = np.zeros(articles, np.int64), np.zeros(articles)
    for chosen, reader in ((each, _from_bits if dense else _from_gaps) for dense, each in _batches(in_bits)):
        postings = reader([lists[place] for place in chosen.tolist()])
        if postings is None or (len(postings[1]) and postings[1].max() >= articles):
            return None
        owners, found = postings
        counts += np.bincount(found, minlength=articles)
        sums += np.bincount(found, weights[chosen[owners]], articles)
    return list(zip(counts.tolist(), map(int, sums.tolist()), strict=True))


def _batches(in_bits: NDArray[np.bool]) -> Iterator[tuple[bool, Numbers]]:
    """The places of lists that are read together, so few that it takes little memory; True for lists of bits."""
    for dense, wanted in ((True, in_bits), (False, ~in_bits)):
        places = np.flatnonzero(wanted)
        yield from ((dense, places[start : start + _AT_ONCE]) for start in range(0, len(places), _AT_ONCE))


def _from_bits(lists: Sequence[str]) -> tuple[Numbers, Numbers] | None:
    """For each posting the place of its list, and the number of its article."""
    digits, lengths = _digits([each[1:] for each in lists])
    if (digits > 63).any():
        return None
    place, bit = np.nonzero(digits[:, None] >> np.arange(6, dtype=np.uint8) & 1)
    owners = np.repeat(np.arange(len(lists)), lengths)
    begins = np.cumsum(lengths) - lengths
    return owners[place], 6 * (place - begins[owners[place]]) + bit


def _from_gaps(lists: Sequence[str]) -> tuple[Numbers, Numbers] | None:
    digits, lengths = _digits(lists)
    ends = np.flatnonzero(digits < 32)
    if (digits > 63).any() or not np.isin(np.cumsum(lengths) - 1, ends).all():
        return None
    begins = np.append(0, ends[:-1] + 1)[: len(ends)]
    shifts = 5 * (np.arange(len(digits)) - np.repeat(begins, ends - begins + 1))
    steps = np.add.reduceat((digits & 31).astype(np.int64) << shifts, begins) + 1 if len(begins) else begins
    owners = np.repeat(np.arange(len(lists)), lengths)[ends]
    reached = np.cumsum(steps)
    before = np.append(0, reached)[np.searchsorted(owners, owners)]
    return owners, reached - before - 1


def _digits(lists: Sequence[str]) -> tuple[NDArray[np.uint8], Numbers]:
    """The digits of all lists, one after another, and how many each has; what is no digit is 64."""
    characters = np.frombuffer("".join(lists).encode("latin-1", "replace"), np.uint8)
    return _VALUES[characters], np.array([len(each) for each in lists], np.int64)
