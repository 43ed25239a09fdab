"""What earlier issues called things: names in quotation marks, titles, people with their posts, organisations, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earlier:
    """A name as earlier issues wrote it: how often, in how many issues, and which was the last."""

    name: str
    count: int
    issues: int
    last: str


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """The names of one issue, each as often as it stands there. `people` are pairs of name and post, `words` those that no dictionary has."""

    issue: str
    quoted: tuple[tuple[str, int], ...] = ()
    titles: tuple[tuple[str, int], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    organisations: tuple[tuple[str, int], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """The names of all earlier issues together."""

    quoted: tuple[Earlier, ...] = ()
    titles: tuple[Earlier, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    """Name, post, and the last issue that gave the person this post."""
    organisations: tuple[Earlier, ...] = ()
    words: frozenset[str] = frozenset()
    issues: int = 0


NOTHING_EARLIER = ArchiveFacts()


def joined(issues: Iterable[IssueFacts]) -> ArchiveFacts:
    """The facts of issues, given from the oldest to the newest, as those of an archive."""
    known = tuple(issues)
    posts = {person: each.issue for each in known for person in each.people}
    return ArchiveFacts(
        quoted=_together((each.issue, each.quoted) for each in known),
        titles=_together((each.issue, each.titles) for each in known),
        people=tuple((name, post, issue) for (name, post), issue in posts.items()),
        organisations=_together((each.issue, each.organisations) for each in known),
        words=frozenset(word for each in known for word in each.words),
        issues=len(known),
    )


def _together(lists: Iterable[tuple[str, tuple[tuple[str, int], ...]]]) -> tuple[Earlier, ...]:
    counts: Counter[str] = Counter()
    issues: Counter[str] = Counter()
    last: dict[str, str] = {}
    for issue, names in lists:
        for name, count in names:
            counts[name] += count
            issues[name] += 1
            last[name] = issue
    return tuple(Earlier(name, count, issues[name], last[name]) for name, count in counts.items())
