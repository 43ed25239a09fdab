"""Registers for tests of what is made from them: one in memory by the rules of the real one, and the real one filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.copies import ARCHIVE, SPARE
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.register import FIRST, Change, CopyRecord, Event, EventKind, Head, Request
from bulletin.register import open_register
from bulletin.register.recording import next_events
from bulletin.register.steps import Standing, standings_of

FILE = "0" * 64
AT = "2026-01-26T09:00:00+08:00"


class Ledger:
    """Holds the events, and how each copy stands after them."""

    def __init__(self) -> None:
        self.said: list[Event] = []
        self.standings: dict[tuple[str, int], Standing] = {}

    def say(self, kind: EventKind, numbers: Iterable[int], issue: str, **said: object) -> None:
        """Records the same change of several copies; `day` and `actor` are the request's."""
        day, actor = str(said.pop("day", "2026-10-26")), str(said.pop("actor", "罗钰"))
        if kind is EventKind.PRINTED:
            said.setdefault("file", FILE)
        changes = [Change(issue, number, kind, **said) for number in numbers]  # type: ignore[arg-type]
        self.record(Request(f"r{len(self.said)}", actor, day, f"{day}T09:00:00+08:00"), changes)

    def record(self, request: Request, changes: list[Change]) -> None:
        events = next_events(self.head(), self.standings, request, changes)
        self.said += events
        for event in events:
            copy = (event.change.issue, event.change.number)
            self.standings[copy] = self.standings.get(copy, Standing()).after(event)

    def copies(self, issue: str = "") -> tuple[CopyRecord, ...]:
        found = (standing.now for key, standing in sorted(standings_of(self.said).items()) if issue in ("", key[0]))
        return tuple(record for record in found if record)

    def events(self) -> Iterator[Event]:
        return iter(self.said)

    def head(self) -> Head:
        return Head(self.said[-1].seq, self.said[-1].hash) if self.said else FIRST


def assigned(issue: Issue, routes: dict[str, str] | None = None) -> Ledger:
    """A register in which the numbers of the issue are given out in the order of its distribution, and printed."""
    ledger, key, day = Ledger(), str(issue.head.key), issue.head.date.isoformat()
    changes = assignments(issue, routes or {})
    ledger.record(Request("assign", "罗钰", day, f"{day}T08:00:00+08:00"), changes)
    ledger.say(EventKind.PRINTED, [change.number for change in changes], key, day=day)
    return ledger


def assignments(issue: Issue, routes: dict[str, str]) -> list[Change]:
    """The numbers of the issue in the order of its distribution, archive and spare last."""
    changes: list[Change] = []
    for label, holder, copies in _holders(issue):
        number = len(changes) + 1
        changes += [
            Change(
                str(issue.head.key), each, EventKind.ASSIGNED, label=label, holder=holder, route=routes.get(holder, "")
            )
            for each in range(number, number + copies)
        ]
    return changes


def _holders(issue: Issue) -> Iterator[tuple[str, str, int]]:
    recipients = issue.publication.recipients_by_name()
    for listed in issue.distribution:
        for rank in listed.ranks:
            for addressee in rank:
                for unit in recipients[addressee.name].units_on(issue.head.date):
                    yield listed.label, unit.name, unit.total
    yield ARCHIVE, ARCHIVE, issue.archive
    yield SPARE, SPARE, issue.spare


def registered(root: Path, key: IssueKey, routes: dict[str, str] | None = None) -> None:
    """Gives the numbers of the issue out, and records them as printed."""
    publication = load_publication(root).value
    assert publication
    issue = load_issue(root, key, publication).value
    assert issue
    changes = assignments(issue, routes or {})
    with open_register(root, publication.register, at=AT) as register:
        register.record(Request("assign", "罗钰", "2026-01-20", AT), changes)
    recorded(root, EventKind.PRINTED, [change.number for change in changes], str(key), file=FILE)


def recorded(root: Path, kind: EventKind, numbers: list[int], key: str = "2026-01", **said: object) -> None:
    publication = load_publication(root).value
    assert publication
    with open_register(root, publication.register, at=AT) as register:
        changes = [Change(key, number, kind, **said) for number in numbers]  # type: ignore[arg-type]
        register.record(Request(f"{kind.value}{numbers}", "罗钰", "2026-01-26", AT), changes)
