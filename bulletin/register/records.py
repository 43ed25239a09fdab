"""Copies as they are now, asked of the database: its last event tells most of a copy, its last allotting and printing the rest.

The same as `steps.standings_of` makes of all the events, in the time that the copies take which are asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bulletin.model.register import CopyRecord, EventKind, State
from bulletin.register.steps import ALLOTS, PRINTS
from bulletin.register.store import Cell, Row, Store, unreadable

ISSUES = """
WITH RECURSIVE known (issue) AS (
    SELECT min(issue) FROM event
    UNION ALL
    SELECT (SELECT min(issue) FROM event WHERE issue > known.issue) FROM known WHERE issue IS NOT NULL
)
SELECT issue FROM known WHERE issue IS NOT NULL
"""
"""Every issue, by as many looks into the index as there are issues; `DISTINCT` would read all of it."""
NUMBERED = f"newest.number = ? AND newest.issue IN ({ISSUES})"
OF_ISSUE = "newest.issue = ?"
OF_HOLDER = "(newest.issue, newest.number) IN (SELECT issue, number FROM event WHERE holder = ?)"
OUT = f"newest.state IN ('{State.IN_TRANSIT.value}', '{State.HELD.value}')"
AWAITED = f"{OUT} AND (newest.state = '{State.IN_TRANSIT.value}' OR newest.due <> '')"
_SAME_COPY = "issue = newest.issue AND number = newest.number"
_BALANCE = f"sum(CASE kind WHEN '{EventKind.CORRECTED.value}' THEN -1 ELSE 1 END)"


def _last_of(kinds: tuple[EventKind, ...]) -> str:
    names = ", ".join(f"'{kind.value}'" for kind in kinds)
    return f"(SELECT max(step) FROM event WHERE {_SAME_COPY} AND kind IN ({names}))"  # noqa: S608  texts of ours


_IN_FORCE = f"""
CASE newest.kind WHEN '{EventKind.CORRECTED.value}' THEN (
    SELECT kind FROM event AS one WHERE {_SAME_COPY} AND kind <> '{EventKind.CORRECTED.value}' AND
        (SELECT {_BALANCE} FROM event AS up_to WHERE {_SAME_COPY} AND up_to.step <= one.step)
        = (SELECT {_BALANCE} FROM event WHERE {_SAME_COPY})
    ORDER BY step DESC LIMIT 1
) ELSE newest.kind END
"""  # noqa: S608  texts of ours
"""A correction takes away the event before it, as a closing bracket does the opening one: what is in force is the last event at
which as many were open as are now."""
RECORDS = f"""
SELECT newest.issue, newest.number, newest.seq, newest.step, newest.state, newest.piece, newest.label, newest.holder, newest.route,
    newest.due, newest.kind, newest.day, newest.actor, newest.note, {_IN_FORCE} AS in_force, allotting.holder AS allotted,
    coalesce(printing.file, '') AS file, coalesce(printing.source, '') AS source, coalesce(printing.marks, '') AS marks
FROM event AS newest
LEFT JOIN event AS allotting ON allotting.issue = newest.issue AND allotting.number = newest.number
    AND allotting.step = {_last_of(ALLOTS)}
LEFT JOIN event AS printing ON printing.issue = newest.issue AND printing.number = newest.number
    AND printing.step = {_last_of(PRINTS)}
WHERE newest.step = (SELECT max(step) FROM event WHERE {_SAME_COPY}) AND %s
ORDER BY newest.issue, newest.number
"""  # noqa: S608  texts of ours


def issues_of(store: Store) -> tuple[str, ...]:
    """Every issue of which a number was ever assigned, in the order of characters."""
    return tuple(sorted(str(row["issue"]) for row in store.rows(ISSUES)))


def records_where(store: Store, condition: str, *values: Cell) -> Iterator[CopyRecord]:
    """The copies that meet a condition about their last event, `newest`, by issue and number.

    Raises:
        RegisterUnavailable: One of them says what no copy says.
    """
    return map(_record, store.rows(RECORDS % condition, *values))


def records_of_issues(store: Store, condition: str = "1 = 1") -> Iterator[CopyRecord]:
    """The copies of all issues that meet a condition; an issue at a time, so that the rows of all never are in memory."""
    for issue in issues_of(store):
        yield from records_where(store, f"{OF_ISSUE} AND {condition}", issue)


def _record(row: Row) -> CopyRecord:
    said = {name: sys.intern(value) if isinstance(value, str) else value for name, value in row.items()}
    try:
        return _record_of(said)
    except ValueError as fault:
        raise unreadable(said["seq"], fault) from fault


def _record_of(said: Row) -> CopyRecord:
    state, allotted = State(said["state"]), str(said["allotted"] or said["holder"])
    return CopyRecord(
        issue=str(said["issue"]),
        number=int(str(said["number"])),
        state=state,
        piece=int(str(said["piece"])),
        label=str(said["label"]),
        holder=allotted if state is State.IN_STOCK else str(said["holder"]),
        allotted=allotted,
        route=str(said["route"]),
        due=str(said["due"]),
        kind=EventKind(said["kind"]),
        day=str(said["day"]),
        actor=str(said["actor"]),
        note=str(said["note"]),
        file=str(said["file"]),
        source=str(said["source"]),
        marks=str(said["marks"]),
        step=int(str(said["step"])),
        in_force=EventKind(said["in_force"]),
    )
