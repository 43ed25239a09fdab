"""The log of publication as publishing keeps it: what is done to a target is entered before it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose.publishing import came_and_went
from bulletin.model.problem import Message, message
from bulletin.model.publication import Publication
from bulletin.model.publication_log import SWITCHES, Act, Entry, LogEvent, shown_on
from bulletin.model.publishing import Withdrawal
from bulletin.model.register import Request
from bulletin.model.release import Release, serial_of
from bulletin.model.target import LockHolder
from bulletin.publish.manifests import write_manifest
from bulletin.register import Register, open_register


@dataclass(frozen=True, slots=True)
class TargetLog:
    """The log of one target, who enters things, and what time it is."""

    register: Register
    target: str
    holder: LockHolder
    clock: Callable[[], str]

    def events(self) -> tuple[LogEvent, ...]:
        """All that was entered of the target."""
        return self.register.publications.events(self.target)

    def last_live(self) -> str:
        """The release that is live, as the log says; empty if none was."""
        return next((each.entry.release for each in reversed(self.events()) if each.entry.act in SWITCHES), "")

    def _before_last(self) -> str:
        """The release that was live before the last switch that was entered."""
        names = [each.entry.release for each in self.events() if each.entry.act in SWITCHES]
        return names[-2] if len(names) > 1 else ""

    def last_serial(self) -> int:
        """The highest serial number that was ever given."""
        return max((serial_of(each.entry.release) for each in self.events()), default=0)

    def enter_switch(self, act: Act, release: Release, withdrawals: Iterable[Withdrawal] = ()) -> None:
        """Enters that a release is live from now, and which articles came and went by that; those that are taken back with the reason."""
        shown = shown_on(self.events(), self.target)
        entries = []
        for each in withdrawals:
            gone = tuple(shown.pop(article.path, article) for article in each.articles)
            entries.append(Entry(Act.WITHDRAWN, self.target, release.name, note=each.reason, taken_off=gone))
        came, went = came_and_went(tuple(shown.values()), release.articles)
        digest = hashlib.sha256(write_manifest(release)).hexdigest()
        self.enter(*entries, Entry(act, self.target, release.name, digest, "", came, went))

    def enter_restored(self, before: Release, live: str) -> None:
        """Enters that a switch failed, if the release before is still live."""
        if live == before.name:
            self.enter_switch(Act.RESTORED, before)

    def enter(self, *entries: Entry) -> None:
        """Enters what is done: who does it twice within a second does two things."""
        at = self.clock()
        id_ = f"{self.target} {at} {self.holder.host} {self.holder.process} {len(self.events())}"
        request = Request(id_, self.holder.by, at[:10], at)
        self.register.publications.record(request, entries)

    def reconcile(self, live: Release | None) -> tuple[Message, ...]:
        """Enters that something else is live than the log says, where that is so, and returns what an editor should know of it."""
        said = self.last_live()
        if live is None or live.name == said:
            return ()
        if said and live.name == self._before_last():
            self.enter_switch(Act.RESTORED, live)
            return (message("上次没有切换成：网站上还是第 {live} 版；已补记", live=live.name),)
        self.enter_switch(Act.FOUND, live)
        if said:
            note = message(
                "网站上是第 {live} 版，记录里是第 {said} 版：有人在别的电脑上发布过，或上次中断了；已补记",
                live=live.name,
                said=said,
            )
        else:
            note = message("这台电脑的发布记录里还没有这个目标：已照网站现在的第 {live} 版补记", live=live.name)
        return (note,)

    def enter_removed(self, names: tuple[str, ...], note: str = "") -> None:
        """Enters that kept releases are removed."""
        if names:
            self.enter(*(Entry(Act.REMOVED, self.target, name, note=note) for name in names))


@contextmanager
def opened_log(
    root: Path, publication: Publication, target: str, holder: LockHolder, clock: Callable[[], str] | None = None
) -> Iterator[TargetLog]:
    """The log of a target; without a clock, everything happens when its holder came.

    Raises:
        RegisterUnavailable: The register cannot be used.
    """
    with open_register(root, publication.register, at=holder.at) as register:
        yield TargetLog(register, target, holder, clock or (lambda: holder.at))
