"""The index: volumes of whole years, each in shards by a hash of the token, with a table of its articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from bulletin.model.artifact import Artifact
from bulletin.model.search import Volume
from bulletin.model.site import Card
from bulletin.render.web.search.delivery import SCRIPT, delivery, signed_delivery
from bulletin.render.web.search.postings import UNIT_BITS, Codes, encode_postings, with_article
from bulletin.render.web.search.tokens import ArticleCodes, Tokens, units_in

VOLUMES_FILE = "search/volumes.js"
_SHARD_BYTES = 6144
"""What a shard holds at most on average: then a query of four characters needs about 60 kB of 5,000 articles, 35 kB packed."""
_LAST_UNIT = (1 << UNIT_BITS) - 1
_BASIS, _PRIME, _MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF


def render_volume(cards: Sequence[Card], tokens: Sequence[Tokens]) -> tuple[Volume, tuple[Artifact, ...]]:
    """A volume and its files; `cards` are its articles, oldest first, `tokens` theirs, issue by issue."""
    held = _shards(*_entries(tokens))
    table, table_content = signed_delivery(_table(cards))
    shards = [signed_delivery(" ".join(spelled), " ".join(postings)) for spelled, postings in held]
    years = tuple(sorted({card.key.year for card in cards}))
    volume = Volume(years, table, tuple(digest for digest, _ in shards))
    files = [(volume.table_path, table_content)]
    files += [(volume.shard_path(number), content) for number, (_, content) in enumerate(shards)]
    return volume, tuple(Artifact(path, SCRIPT, content) for path, content in files)


def render_volumes(volumes: Iterable[Volume]) -> Artifact:
    """What the search page loads first: the volumes that there are, newest first."""
    newest_first = sorted(volumes, key=lambda volume: volume.years, reverse=True)
    rows = [
        {"name": each.name, "years": each.years, "table": each.table, "shards": " ".join(each.shards)}
        for each in newest_first
    ]
    return Artifact(VOLUMES_FILE, SCRIPT, delivery(rows))


def hashes_of(units: Sequence[str], first: Codes, second: Codes) -> Codes:
    """The hash by which each token has its shard: FNV-1a in 32 bits, over characters in place of bytes; a character of all tokens at a time."""
    text = np.frombuffer("".join(units).encode("utf-32-le"), np.uint32).astype(np.uint64)
    lengths = np.array([*map(len, units)])
    starts = np.cumsum(lengths) - lengths
    found = np.full(len(first), _BASIS, np.uint64)
    for part in (first, second):
        at, ends = starts[part], (starts + lengths)[part]
        going = np.flatnonzero(at < ends)
        while len(going):
            found[going] = (found[going] ^ text[at[going]]) * np.uint64(_PRIME) & np.uint64(_MASK)
            at[going] += 1
            going = going[at[going] < ends[going]]
    return found


def _shards(tokens: Sequence[str], postings: Sequence[str], hashes: Codes) -> Iterator[tuple[list[str], list[str]]]:
    """The tokens of each shard, and their articles in the same order: as many shards, by powers of two, as keep them small."""
    size = len(" ".join(tokens).encode()) + len(" ".join(postings)) + 2
    count = 1 << (size // _SHARD_BYTES).bit_length()
    shards = (hashes % np.uint64(count)).astype(np.uint32)
    order = np.argsort(shards, kind="stable")
    for members in np.split(order, np.searchsorted(shards[order], np.arange(1, count))):
        places = members.tolist()
        yield [tokens[place] for place in places], [postings[place] for place in places]


def _table(cards: Sequence[Card]) -> dict[str, object]:
    """What filters and addresses of results need: for each article the numbers of its kind and its unit in the lists of names."""
    issues = [(path, [card.number for card in each]) for path, each in groupby(cards, lambda card: card.key.web_path)]
    kinds = sorted({card.section_name for card in cards})
    units = sorted({card.organization for card in cards})
    kind_numbers = {name: number for number, name in enumerate(kinds)}
    unit_numbers = {name: number for number, name in enumerate(units)}
    return {
        "issues": issues,
        "kinds": kinds,
        "kind": [kind_numbers[card.section_name] for card in cards],
        "units": units,
        "unit": [unit_numbers[card.organization] for card in cards],
    }


def _entries(issues: Sequence[Tokens]) -> tuple[list[str], list[str], Codes]:
    """The tokens, the articles of each, and after a point those that have it in their titles; and their hashes.

    They stand in the order of their characters: what is in one article has no influence on where others' tokens stand.
    """
    units = ["", *sorted({unit for tokens in issues for unit in tokens.units})]
    numbers = {unit: number for number, unit in enumerate(units)}
    codes, postings = encode_postings(_in_order(numbers, issues, [each.all for each in issues]))
    titled, in_titles = encode_postings(_in_order(numbers, issues, [each.titles for each in issues]))
    for place, articles in zip(np.searchsorted(codes, titled).tolist(), in_titles, strict=True):
        postings[place] += f".{articles}"
    first, second = codes >> np.uint64(UNIT_BITS), codes & np.uint64(_LAST_UNIT)
    spelled = [units[one] + units[other] for one, other in zip(first.tolist(), second.tolist(), strict=True)]
    return spelled, postings, hashes_of(units, first, second)


def _in_order(numbers: Mapping[str, int], issues: Sequence[Tokens], held: Sequence[Sequence[ArticleCodes]]) -> Codes:
    """The tokens of each issue's articles with the numbers that units have in the volume and those of articles, sorted."""
    together = np.empty(sum(len(codes) for articles in held for codes in articles), np.uint64)
    article = end = 0
    for tokens, articles in zip(issues, held, strict=True):
        units = np.array([0, *map(numbers.__getitem__, tokens.units)], np.uint64)
        for codes in articles:
            start, end = end, end + len(codes)
            first, second = units_in(codes)
            together[start:end] = with_article(units[first] << np.uint64(UNIT_BITS) | units[second], article)
            article += 1
    together.sort(kind="stable")  # the tokens of each article are in order already: half the time
    return together
