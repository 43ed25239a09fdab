"""What an event makes of a copy: its state from the one before, and the copy as it is after all of its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bulletin.model.register import CORRECTABLE, STEPS, Change, CopyRecord, Event, EventKind, State

ALLOTS = (EventKind.ASSIGNED, EventKind.REASSIGNED)
PRINTS = (EventKind.PRINTED, EventKind.REPRINTED)
_OUT = (State.IN_TRANSIT, State.HELD, State.LOST)


@dataclass(frozen=True, slots=True)
class Standing:
    """A copy as it is (`None` where nobody has assigned its number), and as it was before the event that is in force, which is the
    last that was not corrected; `before` is kept where that event may be."""

    now: CopyRecord | None = None
    before: Standing | None = None

    def after(self, event: Event) -> Standing:
        """The standing once the event has happened."""
        if event.change.kind is not EventKind.CORRECTED:
            record = _record_after(self.now, event, event.change.kind)
            return Standing(record, self if record.kind in CORRECTABLE else None)
        back = self.before or Standing()
        return Standing(
            _record_after(self.now, event, back.now.in_force if back.now else EventKind.CORRECTED), back.before
        )

    def undone_by(self, change: Change) -> EventKind | None:
        """What a correction undoes; `None` for another change."""
        return self.now.in_force if self.now and change.kind is EventKind.CORRECTED else None


@dataclass(frozen=True, slots=True)
class Made:
    """What a change makes of a copy: the change with all that the copy keeps, its state and its piece."""

    change: Change
    state: State
    piece: int


def make(standing: Standing, change: Change) -> Made | None:
    """What the change makes of the copy, or `None` if it may not happen to it in its state."""
    now = standing.now
    if change.kind is EventKind.CORRECTED:
        return _undo(standing, change)
    state = STEPS[change.kind].get(now.state if now else None)
    if state is None:
        return None
    if now is None:
        return Made(replace(change, due=""), state, 0)
    kept = replace(
        change,
        label=change.label or now.label,
        holder=change.holder or now.holder,
        route=change.route or now.route,
        due=(change.due or now.due) if state in _OUT else "",
    )
    return Made(kept, state, now.piece + (change.kind in PRINTS))


def keeps(made: Change, asked: Change) -> bool:
    """True if nothing that was asked for is missing from what was made of it."""
    return all(not said or said == got for said, got in zip(_said(asked), _said(made), strict=True))


def standings_of(events: Iterable[Event]) -> dict[tuple[str, int], Standing]:
    """How each copy stands after the events, which are in order of seq."""
    standings: dict[tuple[str, int], Standing] = {}
    for event in events:
        copy = (event.change.issue, event.change.number)
        standings[copy] = standings.get(copy, Standing()).after(event)
    return standings


def _undo(standing: Standing, change: Change) -> Made | None:
    """The copy as it was before the event that is in force, if that may be corrected."""
    before = standing.before.now if standing.before else None
    if before is None or standing.undone_by(change) not in CORRECTABLE:
        return None
    restored = replace(change, label=before.label, holder=before.holder, route=before.route, due=before.due)
    return Made(restored, before.state, before.piece)


def _record_after(before: CopyRecord | None, event: Event, in_force: EventKind) -> CopyRecord:
    change = event.change
    allotted = change.holder if before is None or change.kind in ALLOTS else before.allotted
    printed: Change | CopyRecord = change if before is None or change.kind in PRINTS else before
    return CopyRecord(
        issue=change.issue,
        number=change.number,
        state=event.state,
        piece=event.piece,
        label=change.label,
        holder=allotted if event.state is State.IN_STOCK else change.holder,
        allotted=allotted,
        route=change.route,
        due=change.due,
        kind=change.kind,
        day=event.request.day,
        actor=event.request.actor,
        note=change.note,
        file=printed.file,
        source=printed.source,
        marks=printed.marks,
        step=event.step,
        in_force=in_force,
    )


def _said(change: Change) -> tuple[object, ...]:
    return (
        *(change.issue, change.number, change.kind, change.label, change.holder, change.route, change.due),
        *(change.witnesses, change.note, change.file, change.source, change.marks),
    )
