"""The log of publication as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bulletin.model.errors import RegisterRefused, RegisterUnavailable
from bulletin.model.problem import message
from bulletin.model.publication_log import Entry, LogEvent
from bulletin.model.register import FIRST, Head, Request
from bulletin.register.clocks import is_later
from bulletin.register.publications.chain import hash_of, sealed
from bulletin.register.publications.rules import entry_faults, tidy_entry
from bulletin.register.publications.store import (
    add_publications,
    publication_head_of,
    publication_in,
    publications_of,
    publications_where,
)
from bulletin.register.recording import refuse
from bulletin.register.rules import request_faults, tidy_request
from bulletin.register.store import Store

_LAST = "seq = (SELECT max(seq) FROM publication)"


class PublicationLog:
    """What was done to every target, in order; nothing is ever changed or taken away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, request: Request, entries: Sequence[Entry]) -> tuple[LogEvent, ...]:
        """Records all the entries, in their order, or none; returns what is recorded.

        A request whose id was seen before is not recorded again: its events are returned as they stand.

        Raises:
            RegisterRefused: The request or an entry is incomplete, or the request was about something else.
            RegisterUnavailable: The register is in use, damaged or out of reach.
        """
        request, entries = tidy_request(request), tuple(map(tidy_entry, entries))
        with self._store.writing():
            if seen := publications_where(self._store, "request = ?", request.id):
                return _already_recorded(seen, request, entries)
            refuse(chain(request_faults(request), *map(entry_faults, entries)))
            events = _next_events(self._sound_head(), request, entries)
            add_publications(self._store, events)
        return events

    def events(self, target: str = "") -> tuple[LogEvent, ...]:
        """All that happened, in order of seq; or what happened to one target."""
        if target:
            return publications_where(self._store, "target = ?", target)
        return tuple(map(publication_in, publications_of(self._store)))

    def head(self) -> Head:
        """The last event of the chain."""
        return publication_head_of(self._store)

    def clock_behind(self, at: str) -> str:
        """When the last event was recorded, if that is later than `at`: one of the two clocks is wrong. Else empty."""
        last = publications_where(self._store, _LAST)
        return last[0].request.at if last and is_later(last[0].request.at, at) else ""

    def _sound_head(self) -> Head:
        """The head, if it is that of the last event: nothing is added to a log that was touched at its end."""
        head = publication_head_of(self._store)
        last = publications_where(self._store, _LAST)
        ends = Head(last[0].seq, last[0].hash) if last else FIRST
        if head != ends or (last and hash_of(last[0]) != ends.hash):
            what = message("发布记录的末尾被人改动过，不能再记")
            raise RegisterUnavailable(what, message("请先核对登记册，查明情况，再用备份恢复"))
        return head


def _already_recorded(
    events: tuple[LogEvent, ...], request: Request, entries: tuple[Entry, ...]
) -> tuple[LogEvent, ...]:
    """The events of a request that was recorded before, if it asked for the same.

    Raises:
        RegisterRefused: It asked for something else.
    """
    if {each.request.actor for each in events} != {request.actor} or tuple(each.entry for each in events) != entries:
        what = message("请求“{id}”已经记过别的事，没有改动登记册", id=request.id)
        raise RegisterRefused(what, message("每次登记要用新的请求编号；重试时内容不能改"))
    return events


def _next_events(head: Head, request: Request, entries: Sequence[Entry]) -> tuple[LogEvent, ...]:
    events: list[LogEvent] = []
    previous = head.hash
    for seq, entry in enumerate(entries, head.seq + 1):
        events.append(sealed(LogEvent(seq, request, entry, previous, "")))
        previous = events[-1].hash
    return tuple(events)
