"""The copy register as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.model.errors import RegisterRefused, RegisterUnavailable
from bulletin.model.problem import Message, message
from bulletin.model.register import FIRST, Change, CopyRecord, Event, Head, Heads, Request
from bulletin.register.chain import hash_of
from bulletin.register.chains import register_faults
from bulletin.register.clocks import is_later
from bulletin.register.exporting import Exported, lines_of, restore
from bulletin.register.publications import PublicationLog
from bulletin.register.recording import already_recorded, next_events
from bulletin.register.records import (
    AWAITED,
    NUMBERED,
    OF_HOLDER,
    OF_ISSUE,
    OUT,
    issues_of,
    records_of_issues,
    records_where,
)
from bulletin.register.rules import tidy_change, tidy_request
from bulletin.register.steps import Standing, standings_of
from bulletin.register.store import (
    Store,
    add_events,
    entries_of,
    event_in,
    events_where,
    head_of,
    keep_setting,
    setting_of,
)

_KEY = "check_key"


class Register:
    """What happened to every copy, in order; nothing is ever changed or taken away. `publications` is the same of what was published."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, request: Request, changes: Sequence[Change]) -> tuple[Event, ...]:
        """Records all the changes, in their order, or none; returns what is recorded, with all that the copies keep.

        A request whose id was seen before is not recorded again: its events are returned as they stand.

        Raises:
            RegisterRefused: A change is incomplete or may not happen to its copy, or the request was about something else.
            RegisterUnavailable: The register is in use, damaged or out of reach.
        """
        request, changes = tidy_request(request), [tidy_change(change) for change in changes]
        with self._store.writing():
            if seen := events_where(self._store, "request = ?", request.id):
                return already_recorded(seen, request, changes)
            events = next_events(self._sound_head(), self._standings(changes), request, changes)
            add_events(self._store, events)
        return events

    def copies(self, issue: str = "", holder: str = "") -> tuple[CopyRecord, ...]:
        """The copies as they are now, by issue and number; of one issue, or of one holder, who has them or to whom they were
        allotted, where that is said."""
        if not issue and not holder:
            return tuple(records_of_issues(self._store))
        asked = {condition: value for condition, value in ((OF_ISSUE, issue), (OF_HOLDER, holder)) if value}
        found = records_where(self._store, " AND ".join(asked), *asked.values())
        return tuple(record for record in found if holder in ("", record.holder, record.allotted))

    def out(self, *, awaited: bool = False) -> tuple[CopyRecord, ...]:
        """All copies of all issues that are in transit or held, by issue and number; or only those that are waited for: until
        somebody signs for them, or until the day by which they must come back."""
        return tuple(records_of_issues(self._store, AWAITED if awaited else OUT))

    def numbered(self, number: int) -> tuple[CopyRecord, ...]:
        """The copies with that number, of all issues, by issue."""
        return tuple(records_where(self._store, NUMBERED, number))

    def holders(self) -> tuple[str, ...]:
        """Everybody who ever had a copy or was to have one, in the order of characters."""
        return tuple(sorted(str(row["holder"]) for row in self._store.rows("SELECT DISTINCT holder FROM event")))

    def issues(self) -> tuple[str, ...]:
        """Every issue of which a number was ever assigned, in the order of characters."""
        return issues_of(self._store)

    def history(self, issue: str, number: int) -> tuple[Event, ...]:
        """All that happened to a copy; empty if nobody has assigned it."""
        return events_where(self._store, "issue = ? AND number = ?", issue, number)

    def events(self) -> Iterator[Event]:
        """All that happened, in order of seq."""
        return map(event_in, entries_of(self._store))

    def head(self) -> Head:
        """The last event of the chain."""
        return head_of(self._store)

    def holds(self, head: Head) -> bool:
        """True if that event, with that hash or one that begins so, is recorded: a register that lost it was taken away or put back."""
        rows = self._store.rows("SELECT seq, hash FROM event WHERE seq = ?", head.seq)
        return any(each.matches(head) for each in (FIRST, *(Head(head.seq, str(row["hash"])) for row in rows)))

    @property
    def name(self) -> str:
        """Whose register it is: the publication's title when it was made."""
        return setting_of(self._store, "name")

    @property
    def publications(self) -> PublicationLog:
        """What was published where, and taken back."""
        return PublicationLog(self._store)

    def heads(self) -> Heads:
        """The last events of both chains."""
        return Heads(self.head(), self.publications.head())

    def verify(self, anchor: Head | None = None, published: Head | None = None) -> tuple[Message, ...]:
        """What is wrong with the register, or does not agree with heads that were put down elsewhere, of the copies and of the log of
        publication; empty if nothing."""
        with self._store.reading():
            return tuple(register_faults(self._store, anchor, published))

    def check_key(self, fresh: bytes = b"") -> bytes:
        """The key of check codes; `fresh`, which the caller drew at random, is kept as the key if there is none yet. Empty if there
        is neither: no code was ever made."""
        if fresh and not setting_of(self._store, _KEY):
            with self._store.writing():
                keep_setting(self._store, _KEY, fresh.hex())
        return bytes.fromhex(setting_of(self._store, _KEY))

    def clock_behind(self, at: str) -> str:
        """When the last event was recorded, if that is later than `at`: one of the two clocks is wrong. Else empty."""
        last = events_where(self._store, "seq = (SELECT seq FROM head)")
        return last[0].request.at if last and is_later(last[0].request.at, at) else ""

    def lines(self) -> bytes:
        """The whole register as JSON Lines."""
        with self._store.reading():
            return lines_of(self._store)

    def restore(self, exported: Exported) -> None:
        """Records again, hash for hash, what another register held, whose chain was verified.

        Raises:
            RegisterRefused: This register is not empty, and holds something else.
        """
        with self._store.writing():
            self._sound_head()
            if (self.heads(), setting_of(self._store, _KEY)) == (exported.heads, exported.check_key):
                return
            if self.heads() != Heads(FIRST, FIRST) or setting_of(self._store, _KEY):
                raise RegisterRefused(message("登记册里已有记录，只能导入到空的登记册"))
            restore(self._store, exported)

    def _standings(self, changes: Sequence[Change]) -> dict[tuple[str, int], Standing]:
        """How the copies of the changes stand, and those between them."""
        events: list[Event] = []
        for issue in {change.issue for change in changes}:
            numbers = [change.number for change in changes if change.issue == issue]
            condition = "issue = ? AND number BETWEEN ? AND ?"
            events += events_where(self._store, condition, issue, min(numbers), max(numbers))
        return standings_of(events)

    def _sound_head(self) -> Head:
        """The head, if it is that of the last event: nothing is added to a register that was touched at its end."""
        head = head_of(self._store)
        last = events_where(self._store, "seq = (SELECT max(seq) FROM event)")
        if head.seq != (last[0].seq if last else 0) or (last and not head.hash == last[0].hash == hash_of(last[0])):
            what = message("登记册的末尾被人改动过，不能再登记")
            raise RegisterUnavailable(what, message("请先核对登记册，查明情况，再用备份恢复"))
        return head
