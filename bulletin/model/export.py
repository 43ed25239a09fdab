"""What is handed out as a Word file, to be read and changed by others."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.edition import Article, Edition

SOURCE_PROPERTY = "bulletin-source"
"""The property of a Word file that says what it was made from."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """An article's file, relative to the publication, and the SHA-256 of its bytes as they were exported."""

    path: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.path} sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Export:
    """A whole issue (no `slug`), or one article of it, and the files that the articles were read from."""

    edition: Edition
    slug: str
    sources: tuple[SourceState, ...]

    @property
    def whole(self) -> bool:
        """True of an issue."""
        return not self.slug

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that are exported."""
        return tuple(article for article in self.edition.articles if self.whole or article.slug == self.slug)

    @property
    def source_text(self) -> str:
        """The property: a line for each file, `issues/2026-07/01-x.md sha256:…`."""
        return "\n".join(map(str, self.sources))


def source_states(text: str) -> tuple[SourceState, ...]:
    """What the property says; what is no such line is left out."""
    parts = (line.rpartition(" sha256:") for line in text.splitlines())
    return tuple(SourceState(path, sha256) for path, sign, sha256 in parts if sign and path)
