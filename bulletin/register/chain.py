"""What of an event is hashed, and how: the chain that shows whether the register was touched.

The *canonical form* of an event is a JSON object (RFC 8259) of its fields but `previous` and `hash`: texts that are empty and
lists that are empty left out, keys in the order of their characters, no blanks, nothing escaped but `"` and `\\` (control
characters are never recorded). The hash of an event is the SHA-256 sum (FIPS 180-4), in hexadecimal, of `previous`, which is the
hash of the event before and 64 zeros for the first, followed by the canonical form, both in UTF-8. A field that a later version
adds is empty in the events of now, so their hashes stay. The log of publication is a second chain, made in the same manner
(`publications/chain.py`); an export has it after the first. An export can be checked without this program; what is printed are the
ends of the two chains:

    import hashlib, json, sys
    heading, *lines = map(json.loads, sys.stdin)
    for chain in lines[: heading["events"]], lines[heading["events"] :]:
        seq, last = 0, "0" * 64
        for event in chain:
            previous, written = event.pop("previous"), event.pop("hash")
            form = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            assert (event["seq"], previous) == (seq + 1, last), event["seq"]
            assert hashlib.sha256((previous + form).encode()).hexdigest() == written, event["seq"]
            seq, last = event["seq"], written
        print(seq, last)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from bulletin.model.register import Change, Event, EventKind, Request, State

Fields: TypeAlias = Mapping[str, object]
"""An event as one flat record: a row of the table, a line of an export."""

TEXTS = (
    *("request", "actor", "day", "at"),
    *("issue", "kind", "label", "holder", "route", "due", "note", "file", "source", "marks"),
    *("state", "previous", "hash"),
)
COUNTS = ("seq", "step", "number", "piece")
FIELDS = (*COUNTS, *TEXTS, "witnesses")
_SEAL = ("previous", "hash")


class Unreadable(ValueError):
    """A field of a record is of the wrong type; the text names it."""


def fields_of(event: Event) -> dict[str, str | int | list[str]]:
    """The event as a flat record with every field of `FIELDS`."""
    request, change = event.request, event.change
    return {
        "seq": event.seq,
        "step": event.step,
        "number": change.number,
        "piece": event.piece,
        "request": request.id,
        "actor": request.actor,
        "day": request.day,
        "at": request.at,
        "issue": change.issue,
        "kind": change.kind.value,
        "label": change.label,
        "holder": change.holder,
        "route": change.route,
        "due": change.due,
        "note": change.note,
        "file": change.file,
        "source": change.source,
        "marks": change.marks,
        "state": event.state.value,
        "previous": event.previous,
        "hash": event.hash,
        "witnesses": list(change.witnesses),
    }


def event_of(fields: Fields) -> Event:
    """The event of a flat record; a field that is not there is empty.

    Raises:
        ValueError: A field is of the wrong type, or says what no event says; the text tells which.
    """
    text = {name: text_in(fields, name) for name in TEXTS}
    count = {name: count_in(fields, name) for name in COUNTS}
    change = Change(
        issue=text["issue"],
        number=count["number"],
        kind=EventKind(text["kind"]),
        label=text["label"],
        holder=text["holder"],
        route=text["route"],
        due=text["due"],
        witnesses=_names(fields),
        note=text["note"],
        file=text["file"],
        source=text["source"],
        marks=text["marks"],
    )
    request = Request(text["request"], text["actor"], text["day"], text["at"])
    state, piece = State(text["state"]), count["piece"]
    return Event(count["seq"], count["step"], request, change, state, piece, text["previous"], text["hash"])


def sealed(event: Event) -> Event:
    """The event with its hash."""
    return replace(event, hash=hash_of(event))


def hash_of(event: Event) -> str:
    """The hash that the event must have."""
    return hash_after(event.previous, fields_of(event))


def hash_after(previous: str, fields: Fields) -> str:
    """The hash of a flat record that follows one with the hash `previous`."""
    hashed = {name: value for name, value in fields.items() if name not in _SEAL}
    return hashlib.sha256((previous + canonical(hashed)).encode()).hexdigest()


def canonical(fields: Fields) -> str:
    """The fields as JSON, always the same; those that are empty are left out."""
    said = {name: value for name, value in fields.items() if value not in ("", [])}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_in(fields: Fields, name: str) -> str:
    """The text of a field, empty if it is not there.

    Raises:
        Unreadable: It is none.
    """
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(name)
    return value


def count_in(fields: Fields, name: str) -> int:
    """The number of a field.

    Raises:
        Unreadable: It is none, or not there.
    """
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable(name)
    return value


def _names(fields: Fields) -> tuple[str, ...]:
    value = fields.get("witnesses", [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Unreadable("witnesses")
    return tuple(value)
