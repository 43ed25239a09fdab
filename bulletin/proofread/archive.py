"""The facts of an issue that later issues are compared with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin.model.archive_facts import IssueFacts
from bulletin.proofread.reading import ReadIssue, ReadText

_NAMING = frozenset(["n", "nr", "nrt", "ns", "nt", "nz", "x", "vn", "j"])
_HAN = re.compile(r"[\u3400-\u9fff]+")


def issue_facts(issue: ReadIssue, name: str = "") -> IssueFacts:
    """What the issue calls things; `name` is the issue (`2026-07`) where it is not that of its folder."""
    return IssueFacts(
        issue=name or str(issue.issue.head.key),
        quoted=tuple(Counter(mention.name for text in issue.texts for mention in text.quoted).items()),
        titles=tuple(Counter(mention.name for text in issue.texts for mention in text.titled).items()),
        people=tuple(dict.fromkeys(_people(issue))),
        organisations=tuple(Counter(mention.name for text in issue.texts for mention in text.organisations).items()),
        words=tuple(sorted(unknown_words(issue))),
    )


def _people(issue: ReadIssue) -> Iterator[tuple[str, str]]:
    return (
        (person.name, "、".join(post.written for post in person.posts))
        for article in issue.articles
        for person in article.people
    )


def unknown_words(issue: ReadIssue) -> set[str]:
    """Words of the texts that no dictionary has."""
    return {word for text in issue.texts for _, word in unknown_in(text)}


def unknown_in(text: ReadText) -> Iterator[tuple[int, str]]:
    """Runs of Han that look like a name or a noun, and are in no dictionary, each with its place."""
    import rjieba  # loads its dictionary: only where words are asked for

    place = 0
    for word, tag in text.tagged:
        if len(word) > 1 and tag in _NAMING and _HAN.fullmatch(word) and not rjieba.has_word(word):
            yield place, word
        place += len(word)
