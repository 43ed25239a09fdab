"""A register in memory, for tests of what is made from it: steps as in `STEPS`, no chain, no storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bulletin.model.copies import ARCHIVE, SPARE
from bulletin.model.issue import Issue
from bulletin.model.register import (
    FIRST,
    STEPS,
    Change,
    CopyRecord,
    Event,
    EventKind,
    Head,
    RegisterSettings,
    Request,
    State,
)


class Ledger:
    """Holds events; the copies are derived from them."""

    def __init__(self) -> None:
        self.said: list[Event] = []

    def record(self, request: Request, changes: Iterable[Change]) -> tuple[Event, ...]:
        before = len(self.said)
        for change in changes:
            known = {record.number: record for record in self.copies(change.issue)}
            record = known.get(change.number)
            if change.kind is EventKind.CORRECTED:
                state = self._standing(change.issue, change.number)[-2].state
            else:
                state = STEPS[change.kind][record.state if record else None]
            kept = _with_kept(change, record)
            piece = (record.piece if record else 1) + (change.kind is EventKind.REPRINTED)
            seq = len(self.said) + 1
            step = (record.step if record else 0) + 1
            self.said.append(Event(seq, step, request, kept, state, piece, f"{seq - 1:064x}", f"{seq:064x}"))
        return tuple(self.said[before:])

    def _standing(self, issue: str, number: int) -> list[Event]:
        kept: list[Event] = []
        for event in self.said:
            if (event.change.issue, event.change.number) == (issue, number):
                if event.change.kind is EventKind.CORRECTED:
                    kept.pop()
                else:
                    kept.append(event)
        return kept

    def copies(self, issue: str = "", holder: str = "") -> tuple[CopyRecord, ...]:
        records: dict[tuple[str, int], CopyRecord] = {}
        for issue_key, number in dict.fromkeys((each.change.issue, each.change.number) for each in self.said):
            for event in self._standing(issue_key, number):
                key = issue_key, number
                records[key] = _after(records.get(key), event)
        found = (records[key] for key in sorted(records) if issue in ("", key[0]))
        return tuple(record for record in found if holder in ("", record.holder))

    def history(self, issue: str, number: int) -> tuple[Event, ...]:
        return tuple(each for each in self.said if (each.change.issue, each.change.number) == (issue, number))

    def events(self) -> Iterator[Event]:
        return iter(self.said)

    def head(self) -> Head:
        return Head(self.said[-1].seq, self.said[-1].hash) if self.said else FIRST

    def say(self, kind: EventKind, numbers: Iterable[int], issue: str = "2026-10", **said: object) -> None:
        """Records the same change of several copies; `day` and `actor` are the request's."""
        day, actor = str(said.pop("day", "2026-10-26")), str(said.pop("actor", "罗钰"))
        request = Request(f"r{len(self.said)}", actor, day, f"{day}T09:00:00+08:00")
        self.record(request, [Change(issue, number, kind, **said) for number in numbers])  # type: ignore[arg-type]

    @contextmanager
    def opened(self, root: Path, settings: RegisterSettings, *, at: str, create: bool = True) -> Iterator[Ledger]:
        """Stands in for `open_register`."""
        yield self


def _with_kept(change: Change, record: CopyRecord | None) -> Change:
    """The change as it is recorded: with all that the copy keeps."""
    if record is None:
        return change
    return replace(
        change,
        label=change.label or record.label,
        holder=change.holder or record.holder,
        route=change.route or record.route,
    )


def _after(record: CopyRecord | None, event: Event) -> CopyRecord:
    change, request = event.change, event.request
    old = record or CopyRecord(
        change.issue, change.number, event.state, 1, "", "", "", "", "", change.kind, "", "", "", "", "", 0
    )
    allotted = change.holder if change.kind in (EventKind.ASSIGNED, EventKind.REASSIGNED) else old.allotted
    at_home = event.state in (State.ASSIGNED, State.IN_STOCK)
    return replace(
        old, state=event.state, piece=event.piece, label=change.label or old.label, allotted=allotted,
        holder=allotted if at_home else change.holder or old.holder, route=change.route or old.route,
        due=change.due or old.due, kind=change.kind, day=request.day, actor=request.actor, note=change.note,
        file=change.file or old.file, marks=change.marks or old.marks, step=event.step,
    )  # fmt: skip


def assigned(issue: Issue, routes: dict[str, str] | None = None) -> Ledger:
    """A register in which the numbers of the issue are given out in the order of its distribution, and printed."""
    ledger, number, key = Ledger(), 1, str(issue.head.key)
    changes: list[Change] = []
    for label, holder, copies in _holders(issue):
        route = (routes or {}).get(holder, "")
        changes += [
            Change(key, each, EventKind.ASSIGNED, label=label, holder=holder, route=route)
            for each in range(number, number + copies)
        ]
        number += copies
    day = issue.head.date.isoformat()
    ledger.record(Request("assign", "罗钰", day, f"{day}T08:00:00+08:00"), changes)
    ledger.say(EventKind.PRINTED, range(1, number), key, file="0" * 64, day=day)
    return ledger


def _holders(issue: Issue) -> Iterator[tuple[str, str, int]]:
    recipients = issue.publication.recipients_by_name()
    for listed in issue.distribution:
        for rank in listed.ranks:
            for addressee in rank:
                for unit in recipients[addressee.name].units_on(issue.head.date):
                    yield listed.label, unit.name, unit.total
    yield ARCHIVE, ARCHIVE, issue.archive
    yield SPARE, SPARE, issue.spare
