"""The log of publication: what was done to a target, and what was public from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from bulletin.model.audience import Audience
from bulletin.model.moment import day_of
from bulletin.model.problem import Message, message
from bulletin.model.register import Head, Request
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

ACT_NAMES: dict[Act, Message] = {
    Act.PUBLISHED: message("发布"),
    Act.ROLLED_BACK: message("回退"),
    Act.RESTORED: message("恢复原版"),
    Act.FOUND: message("补记"),
    Act.WITHDRAWN: message("撤稿"),
    Act.REMOVED: message("清除旧版"),
    Act.HANDED_OVER: message("交接"),
}
"""What an editor calls what is done to a target."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be entered: the act, the target, the release that is live from now (or that was removed) and the sum of its manifest (of a kit, of the archive), the reason,
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
    """A time in which an article, as it was then, was public on a target; `until` is empty while it is.

    By, release and act (`began`) of the beginning; by, act and note of the end. Where the beginning is `Act.FOUND`, it was public before,
    nobody knows since when; where the end is, it was gone before. `replaced` is true where another version took its place at once. The log does not say
    whom a target is for: `audience` is what the settings say of it, `None` where they do not.
    """

    target: str
    article: PublishedArticle
    since: str
    by: str
    release: str
    began: Act
    until: str = ""
    ended_by: str = ""
    ended: Act | None = None
    note: str = ""
    replaced: bool = False
    audience: Audience | None = None

    @property
    def handed_over(self) -> bool:
        """True if it is the time in which the article was in a kit: nobody knows what became of it then."""
        return self.began is Act.HANDED_OVER

    @property
    def public(self) -> bool:
        """True if everybody could read the article: on a target that the settings do not know, one that was cleared, as none is elsewhere."""
        known = self.audience is Audience.PUBLIC if self.audience else bool(self.article.cleared_by)
        return known and not self.handed_over

    def covers(self, day: str) -> bool:
        """True if the article was public at any hour of the day in China (`2026-11-01`); also where the clock of who ended it was behind."""
        begun, ended = _day(self.since), _day(self.until)
        first, last = sorted((begun, ended or max(day, begun)))
        return first <= day <= last


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event did to a target: which articles were put up, came in another version (as they are then), were taken off.

    Of a withdrawal and of what is handed over it is all that the entry names, whether or not it was there.
    """

    put_up: tuple[PublishedArticle, ...] = ()
    changed: tuple[PublishedArticle, ...] = ()
    taken_off: tuple[PublishedArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class LogReport:
    """The events that are asked for, what each did, and the last event of the whole log."""

    events: tuple[LogEvent, ...]
    effects: tuple[Effect, ...]
    head: Head


Shown = dict[str, PublishedArticle]
"""Articles by their paths."""


def shown_on(events: Iterable[LogEvent], target: str) -> Shown:
    """The articles that are public on a target, by path, as the log says."""
    shown: Shown = {}
    for event in events:
        if event.entry.target == target:
            _show(shown, event.entry)
    return shown


def effects(events: Iterable[LogEvent]) -> tuple[Effect, ...]:
    """What each of the events did; they begin with the first of their targets, and are in their order."""
    shown: dict[str, Shown] = {}
    return tuple(_effect(shown.setdefault(event.entry.target, {}), event.entry) for event in events)


def periods(events: Iterable[LogEvent]) -> tuple[Period, ...]:
    """Each time in which an article was public, in the order in which they began; the events are in theirs.

    An article that comes in another version, or under another clearance, begins a new period: the record says which version stood when, and
    who answered for it. One that comes again as it is goes on. So does one that a switch which failed had taken off, where the release
    before was restored: visitors may have seen it meanwhile, and the log never says less than they see.
    """
    found: list[Period] = []
    targets: dict[str, _Target] = {}
    for event in events:
        targets.setdefault(event.entry.target, _Target(found)).follow(event)
    return tuple(found)


def _effect(shown: Shown, entry: Entry) -> Effect:
    changes = _changes(shown, entry).values()
    if entry.act in (Act.WITHDRAWN, Act.HANDED_OVER):
        return Effect(put_up=entry.put_up, taken_off=entry.taken_off)
    return Effect(
        put_up=tuple(after for before, after in changes if after and not before),
        changed=tuple(after for before, after in changes if after and before),
        taken_off=tuple(before for before, after in changes if before and not after),
    )


class _Target:
    """A target as far as the events were read: what is public on it, where the newest period of each path stands among all that were
    found, and which of them the last request ended."""

    def __init__(self, found: list[Period]) -> None:
        self._found = found
        self._shown: Shown = {}
        self._newest: dict[str, int] = {}
        self._request = ""
        self._stopped: set[int] = set()

    def follow(self, event: LogEvent) -> None:
        """Ends and begins the periods that the event does."""
        changes = _changes(self._shown, event.entry)
        undone = self._stopped if event.entry.act is Act.RESTORED else set()
        if changes and event.request.id != self._request:
            self._request, self._stopped = event.request.id, set()
        for path, (before, after) in changes.items():
            if before:
                self._end(path, event, replaced=after is not None)
            if after:
                self._begin(after, event, undone)

    def _end(self, path: str, event: LogEvent, *, replaced: bool) -> None:
        place, said, entry = self._newest[path], event.request, event.entry
        self._stopped.add(place)
        self._found[place] = replace(
            self._found[place],
            until=said.at,
            ended_by=said.actor,
            ended=entry.act,
            note=entry.note,
            replaced=replaced,
        )

    def _begin(self, article: PublishedArticle, event: LogEvent, undone: set[int]) -> None:
        """A new period, or the one that an act had ended which is undone, if the article is the same."""
        place = self._newest.get(article.path, -1)
        if place in undone and self._found[place].article == article:
            going_on = self._found[place]
            self._found[place] = replace(going_on, until="", ended_by="", ended=None, note="", replaced=False)
            return
        entry, said = event.entry, event.request
        self._newest[article.path] = len(self._found)
        self._found.append(Period(entry.target, article, said.at, said.actor, entry.release, entry.act))


def _changes(shown: Shown, entry: Entry) -> dict[str, tuple[PublishedArticle | None, PublishedArticle | None]]:
    """What the entry changes of what is shown, by path: the article before and after. What is shown is so afterwards."""
    before = {each.path: shown.get(each.path) for each in (*entry.taken_off, *entry.put_up)}
    _show(shown, entry)
    return {path: (was, shown.get(path)) for path, was in before.items() if was != shown.get(path)}


def _day(at: str) -> str:
    day = day_of(at)
    return day.isoformat() if day else at[:10]


def _show(shown: Shown, entry: Entry) -> None:
    for gone in entry.taken_off:
        shown.pop(gone.path, None)
    shown.update({each.path: each for each in entry.put_up})
