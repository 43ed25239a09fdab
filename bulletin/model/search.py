"""What full-text search goes through, and the parts that its index is kept in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchText:
    """All that a reader sees of an article: title and subtitle, where a find weighs more, and the passages of the rest.

    A phrase is found within a title or a passage, not across two of them.
    """

    titles: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """A part of the index: the articles of whole years, oldest first.

    `folder` is `search/2005-2008-3f9a0c17b2d1`: it bears the hash of all that is in it, so that browsers may keep its files for ever.
    """

    folder: str
    years: tuple[int, ...]
    articles: int
    shards: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a set of tokens comes to: how many there are, and the sum of their hashes; for those in the titles, and for all."""

    titles: tuple[int, int]
    all: tuple[int, int]
