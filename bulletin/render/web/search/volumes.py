"""The index: volumes of whole years, each in shards by a hash of the token, with a table of its articles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby

import numpy as np

from bulletin.model.artifact import Artifact
from bulletin.model.search import Volume
from bulletin.model.site import Card
from bulletin.render.web.search.delivery import SCRIPT, delivery
from bulletin.render.web.search.postings import encode_postings, with_article
from bulletin.render.web.search.tokens import FIRST_WORD, UNIT_BITS, Codes, Tokens

VOLUMES_FILE = "search/volumes.js"
_SHARD_BYTES = 4096
"""What a shard holds at most on average: then a query of four characters needs about 40 kB of 5,000 articles."""
_LAST_UNIT = (1 << UNIT_BITS) - 1


def render_volume(cards: Sequence[Card], tokens: Iterable[Tokens]) -> tuple[Volume, tuple[Artifact, ...]]:
    """A volume and its files; `cards` are its articles, oldest first, `tokens` theirs."""
    entries = list(_entries(tokens))
    size = sum(len(token.encode()) + len(codes) + 2 for token, codes in entries)
    held: list[list[tuple[str, str]]] = [[] for _ in range(1 << (size // _SHARD_BYTES).bit_length())]
    for entry in entries:
        held[fnv1a(entry[0]) % len(held)].append(entry)
    table, shards = delivery(_table(cards)), [delivery(_columns(shard)) for shard in held]
    years = tuple(sorted({card.key.year for card in cards}))
    volume = Volume(years, len(shards), hashlib.sha256(b"".join((table, *shards))).hexdigest()[:12])
    files = [(volume.table, table), *((volume.shard(number), shard) for number, shard in enumerate(shards))]
    return volume, tuple(Artifact(path, SCRIPT, content) for path, content in files)


def render_volumes(volumes: Iterable[Volume]) -> Artifact:
    """What the search page loads first: the volumes that there are, newest first."""
    newest_first = sorted(volumes, key=lambda volume: volume.years, reverse=True)
    rows = [
        {"name": each.name, "years": each.years, "shards": each.shards, "digest": each.digest} for each in newest_first
    ]
    return Artifact(VOLUMES_FILE, SCRIPT, delivery(rows))


def fnv1a(token: str) -> int:
    """The hash by which a token has its shard: FNV-1a in 32 bits, over characters in place of bytes."""
    return reduce(lambda found, character: (found ^ ord(character)) * 0x01000193 & 0xFFFFFFFF, token, 0x811C9DC5)


def _columns(shard: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The tokens of a shard, and their articles in the same order."""
    return " ".join(token for token, _ in shard), " ".join(codes for _, codes in shard)


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


def _entries(articles: Iterable[Tokens]) -> Iterator[tuple[str, str]]:
    """Each token and its articles, and after a point those that have it in their titles."""
    words: dict[str, int] = {}
    titles, texts = [], []
    for number, tokens in enumerate(articles):
        units = np.array([words.setdefault(word, FIRST_WORD + len(words)) for word in tokens.words], np.uint64)
        titles.append(with_article(_renumbered(tokens.titles, units), number))
        texts.append(with_article(_renumbered(tokens.all, units), number))
    spelled = tuple(words)
    in_titles = dict(encode_postings(_in_order(titles)))
    for token, codes in encode_postings(_in_order(texts)):
        yield _spelling(token, spelled), f"{codes}.{in_titles[token]}" if token in in_titles else codes


def _renumbered(codes: Codes, units: Codes) -> Codes:
    """The tokens of an article, with the numbers that words have in the volume."""
    first, second = codes >> np.uint64(UNIT_BITS), codes & np.uint64(_LAST_UNIT)
    for part in (first, second):
        words = part >= FIRST_WORD
        part[words] = units[part[words] - np.uint64(FIRST_WORD)]
    return (first << np.uint64(UNIT_BITS)) | second


def _in_order(found: list[Codes]) -> Codes:
    together = np.concatenate([*found, np.array([], np.uint64)])
    found.clear()
    together.sort()
    return together


def _spelling(token: int, words: Sequence[str]) -> str:
    units = (token >> UNIT_BITS, token & _LAST_UNIT)
    return "".join(words[unit - FIRST_WORD] if unit >= FIRST_WORD else chr(unit) for unit in units if unit)
