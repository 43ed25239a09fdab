"""The index: volumes of whole years, each in shards by a hash of the token, with a table of its articles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby

import numpy as np

from bulletin.model.artifact import Artifact
from bulletin.model.search import Volume
from bulletin.model.site import Card
from bulletin.render.web.search.delivery import delivery
from bulletin.render.web.search.postings import encode_postings, with_article
from bulletin.render.web.search.tokens import FIRST_WORD, UNIT_BITS, Codes, Tokens

_SHARD_BYTES = 4096
"""What a shard holds at most on average: then a query of four characters needs about 40 kB of 5,000 articles."""
_LAST_UNIT = (1 << UNIT_BITS) - 1


def render_volume(cards: Sequence[Card], tokens: Iterable[Tokens]) -> tuple[Volume, tuple[Artifact, ...]]:
    """A volume and its files; `cards` are its articles, oldest first, `tokens` theirs."""
    entries = list(_entries(tokens))
    files = [_table(cards)]
    size = sum(len(token.encode()) + len(codes) + 2 for token, codes in entries)
    shards = 1 << (size // _SHARD_BYTES).bit_length()
    held: list[list[tuple[str, str]]] = [[] for _ in range(shards)]
    for entry in entries:
        held[fnv1a(entry[0]) % shards].append(entry)
    for number, shard in enumerate(held):
        files.append(delivery(f"{number:x}.js", [" ".join(part) for part in zip(*shard, strict=True)] or ["", ""]))
    years = tuple(sorted({card.key.year for card in cards}))
    folder = f"search/{years[0]}-{years[-1]}-{_digest(files)}"
    return Volume(folder, years, len(cards), shards), tuple(
        replace(each, path=f"{folder}/{each.path}") for each in files
    )


def render_volumes(volumes: Iterable[Volume]) -> Artifact:
    """What the search page loads first: the volumes that there are, newest first."""
    newest_first = sorted(volumes, key=lambda volume: volume.years, reverse=True)
    rows = [
        {"folder": each.folder, "years": each.years, "articles": each.articles, "shards": each.shards}
        for each in newest_first
    ]
    return delivery("search/volumes.js", rows)


def fnv1a(token: str) -> int:
    """The hash by which a token has its shard: FNV-1a in 32 bits, over characters in place of bytes."""
    return reduce(lambda found, character: (found ^ ord(character)) * 0x01000193 & 0xFFFFFFFF, token, 0x811C9DC5)


def _digest(files: Iterable[Artifact]) -> str:
    digest = hashlib.sha256()
    for each in files:
        digest.update(hashlib.sha256(each.content).digest())
    return digest.hexdigest()[:12]


def _table(cards: Sequence[Card]) -> Artifact:
    """What filters and addresses of results need: for each article the numbers of its kind and its unit in the lists of names."""
    issues = [(path, [card.number for card in each]) for path, each in groupby(cards, lambda card: card.key.web_path)]
    kinds = sorted({card.section_name for card in cards})
    units = sorted({card.organization for card in cards})
    kind_numbers = {name: number for number, name in enumerate(kinds)}
    unit_numbers = {name: number for number, name in enumerate(units)}
    content = {
        "issues": issues,
        "kinds": kinds,
        "kind": [kind_numbers[card.section_name] for card in cards],
        "units": units,
        "unit": [unit_numbers[card.organization] for card in cards],
    }
    return delivery("articles.js", content)


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
