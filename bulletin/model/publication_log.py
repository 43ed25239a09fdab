"""The log of publication: what was done to a target, and what was public from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bulletin.model.register import Request
from bulletin.model.release import PublishedArticle


class Act(Enum):
    """What was done to a target."""

    PUBLISHED = "published"
    """A release is about to be switched to: the log never says less than visitors see."""
    ROLLED_BACK = "rolled-back"
    """An older release is about to be switched to."""
    RESTORED = "restored"
    """The switch failed, or what was served was wrong: the release before is live."""
    FOUND = "found"
    """Another release is live than the log says: somebody published without this register, or was killed meanwhile."""
    WITHDRAWN = "withdrawn"
    """Articles were taken back, for a reason; the release without them is entered by itself."""
    REMOVED = "removed"
    """Kept releases were removed."""
    HANDED_OVER = "handed-over"
    """Files were made for somebody who pastes them into another system."""


SWITCHES = frozenset({Act.PUBLISHED, Act.ROLLED_BACK, Act.RESTORED, Act.FOUND})
"""Acts after which the release that is named is live."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be entered: the act, the target, the release that is live from now (or that was removed) and the sum of its manifest, the reason,
    and which articles came, which went."""

    act: Act
    target: str
    release: str
    manifest: str = ""
    note: str = ""
    put_up: tuple[PublishedArticle, ...] = ()
    taken_off: tuple[PublishedArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class LogEvent:
    """An entry as it is recorded: its place, who asked for it when, and its seal over all before it."""

    seq: int
    request: Request
    entry: Entry
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which an article was public on a target; `until` is empty while it is. By and release of the beginning, act and note of the end."""

    target: str
    article: PublishedArticle
    since: str
    by: str
    release: str
    until: str = ""
    ended_by: str = ""
    ended: Act | None = None
    note: str = ""


def shown_on(events: Iterable[LogEvent], target: str) -> dict[str, PublishedArticle]:
    """The articles that are public on a target, by path, as the log says."""
    shown: dict[str, PublishedArticle] = {}
    for event in events:
        if event.entry.target == target:
            for gone in event.entry.taken_off:
                shown.pop(gone.path, None)
            shown.update({each.path: each for each in event.entry.put_up})
    return shown
