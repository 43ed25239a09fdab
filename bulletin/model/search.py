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
    """A part of the index: the articles of whole years, oldest first, in a table, and their tokens in so many shards.

    `digest` is that of all its files, and stands in their names, so that browsers may keep them for ever.
    """

    years: tuple[int, ...]
    shards: int
    digest: str

    @property
    def name(self) -> str:
        """`2005-2008`, or `2005` if it is one year's."""
        first, last = self.years[0], self.years[-1]
        return str(first) if first == last else f"{first}-{last}"

    @property
    def table(self) -> str:
        """The file with its articles."""
        return self._file("articles")

    def shard(self, number: int) -> str:
        """The file of a shard: `search/2005-2008/1f.3f9a0c17b2d1.js`."""
        return self._file(f"{number:x}")

    def _file(self, name: str) -> str:
        return f"search/{self.name}/{name}.{self.digest}.js"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a set of tokens comes to: how many there are, and the sum of their hashes; for those in the titles, and for all."""

    titles: tuple[int, int]
    all: tuple[int, int]
