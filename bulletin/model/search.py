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
    """A part of the index: the articles of whole years, oldest first, in a table, and their tokens in shards.

    `table` and `shards` are digests of those files. The names of files stay when their content changes, so an edit changes few; a page asks
    for each by its digest (`1f.js?d=3f9a0c`), so browsers may keep it for ever.
    """

    years: tuple[int, ...]
    table: str
    shards: tuple[str, ...]

    @property
    def name(self) -> str:
        """`2005-2008`, or `2005` if it is one year's."""
        first, last = self.years[0], self.years[-1]
        return str(first) if first == last else f"{first}-{last}"

    @property
    def table_path(self) -> str:
        """The file with its articles."""
        return f"search/{self.name}/articles.js"

    def shard_path(self, number: int) -> str:
        """The file of a shard: `search/2005-2008/1f.js`."""
        return f"search/{self.name}/{number:x}.js"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a set of tokens comes to: how many there are, and the sum of their hashes; for those in the titles, and for all."""

    titles: tuple[int, int]
    all: tuple[int, int]
