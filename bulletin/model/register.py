"""The copy register: what can happen to a copy, what state it is in then, and what is recorded of it.

*Source:* the practice of controlled documents (条例, arts. 24 to 26, 34 and 35; safety, section 6.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.problem import Message, message


class State(Enum):
    """Where a copy is. The sum over all states but `WITHDRAWN` is what was registered."""

    ASSIGNED = "assigned"
    """待印: a number with a holder, not on paper yet."""
    WITHDRAWN = "withdrawn"
    """撤号: taken back before it was printed; the number may be assigned again."""
    IN_STOCK = "in_stock"
    """在库: printed, or come back."""
    IN_TRANSIT = "in_transit"
    """在途: sent, not signed for."""
    HELD = "held"
    """在外: signed for."""
    LOST = "lost"
    DESTROYED = "destroyed"
    VOIDED = "voided"
    """作废: never to be used again."""


class EventKind(Enum):
    """What happens to a copy."""

    ASSIGNED = "assigned"
    REASSIGNED = "reassigned"
    WITHDRAWN = "withdrawn"
    PRINTED = "printed"
    REPRINTED = "reprinted"
    SENT = "sent"
    RECEIVED = "received"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    LOST = "lost"
    FOUND = "found"
    VOIDED = "voided"
    CORRECTED = "corrected"
    """更正: the last event was a mistake; the copy is again as it was before it."""


NOWHERE = None
"""The state of a number that nobody has assigned."""

STATE_NAMES: dict[State | None, Message] = {
    NOWHERE: message("未登记"),
    State.ASSIGNED: message("待印"),
    State.WITHDRAWN: message("撤号"),
    State.IN_STOCK: message("在库"),
    State.IN_TRANSIT: message("在途"),
    State.HELD: message("已签收"),
    State.LOST: message("遗失"),
    State.DESTROYED: message("已销毁"),
    State.VOIDED: message("作废"),
}
"""What an editor calls the states."""

KIND_NAMES: dict[EventKind, Message] = {
    EventKind.ASSIGNED: message("登记"),
    EventKind.REASSIGNED: message("改配"),
    EventKind.WITHDRAWN: message("撤号"),
    EventKind.PRINTED: message("印制"),
    EventKind.REPRINTED: message("补印"),
    EventKind.SENT: message("发出"),
    EventKind.RECEIVED: message("签收"),
    EventKind.TRANSFERRED: message("转交"),
    EventKind.RETURNED: message("清退"),
    EventKind.DESTROYED: message("销毁"),
    EventKind.LOST: message("遗失"),
    EventKind.FOUND: message("找回"),
    EventKind.VOIDED: message("作废"),
    EventKind.CORRECTED: message("更正"),
}
"""What an editor calls what happens to a copy."""

STEPS: dict[EventKind, dict[State | None, State]] = {
    EventKind.ASSIGNED: {NOWHERE: State.ASSIGNED, State.WITHDRAWN: State.ASSIGNED},
    EventKind.REASSIGNED: {State.ASSIGNED: State.ASSIGNED, State.IN_STOCK: State.IN_STOCK},
    EventKind.WITHDRAWN: {State.ASSIGNED: State.WITHDRAWN},
    EventKind.PRINTED: {State.ASSIGNED: State.IN_STOCK},
    EventKind.REPRINTED: {State.IN_STOCK: State.IN_STOCK},
    EventKind.SENT: {State.IN_STOCK: State.IN_TRANSIT},
    EventKind.RECEIVED: {State.IN_TRANSIT: State.HELD},
    EventKind.TRANSFERRED: {State.HELD: State.HELD},
    EventKind.RETURNED: {State.IN_TRANSIT: State.IN_STOCK, State.HELD: State.IN_STOCK},
    EventKind.DESTROYED: {State.IN_STOCK: State.DESTROYED},
    EventKind.LOST: {State.IN_STOCK: State.LOST, State.IN_TRANSIT: State.LOST, State.HELD: State.LOST},
    EventKind.FOUND: {State.LOST: State.IN_STOCK},
    EventKind.VOIDED: {State.ASSIGNED: State.VOIDED, State.IN_STOCK: State.VOIDED},
}
"""The state that each event leads to, from each in which it may happen. `CORRECTED` leads back to the state before the event that
is in force, the last that was not corrected, if that is one of `CORRECTABLE`: a second correction goes one event further back."""

CORRECTABLE = frozenset(
    {
        EventKind.SENT,
        EventKind.RECEIVED,
        EventKind.TRANSFERRED,
        EventKind.RETURNED,
        EventKind.DESTROYED,
        EventKind.LOST,
        EventKind.FOUND,
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for changes, and when: `id` is new for each request, so that one that is sent again is not counted twice."""

    id: str
    actor: str
    day: str
    """The day on which it happened, `2026-07-23`."""
    at: str
    """When it is recorded, by the clock (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One event that is to be recorded of one copy. Of what is empty, the copy keeps what it had (`label`, `holder`, `route`)."""

    issue: str
    number: int
    kind: EventKind
    label: str = ""
    holder: str = ""
    route: str = ""
    due: str = ""
    """The day by which a copy that is sent must come back (清退); empty where it need not."""
    witnesses: tuple[str, ...] = ()
    note: str = ""
    file: str = ""
    """SHA-256 of the file that the copy is printed from."""
    source: str = ""
    """SHA-256 of the signed print PDF that the file was made from."""
    marks: str = ""
    """What the copy bears besides its number, words with blanks between: `qr`, `datamatrix`, `trace`, `pages`."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is recorded: a change, who asked for it, what it made of the copy, and its place in the chain.

    `seq` counts all events from 1, `step` those of the copy; `previous` and `hash` are hexadecimal SHA-256 sums, `previous` of the
    event before (64 zeros for the first).
    """

    seq: int
    step: int
    request: Request
    change: Change
    state: State
    piece: int
    """1 for the copy as it was first printed, one more with each reprint: the pieces before are void. 0 before it is printed."""
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class CopyRecord:
    """A copy as it is now, derived from its events."""

    issue: str
    number: int
    state: State
    piece: int
    label: str
    holder: str
    """Who has it or is to have it: the allotted holder while it is in stock, the one it was last sent or transferred to else."""
    allotted: str
    """To whom the number was last assigned."""
    route: str
    due: str
    kind: EventKind
    """The last event, and its day, actor and note."""
    day: str
    actor: str
    note: str
    file: str
    source: str
    marks: str
    step: int
    in_force: EventKind
    """The last event that was not corrected: what another correction would undo."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of the chain: what is printed on paper as an anchor. 0 and 64 zeros for an empty register."""

    seq: int
    hash: str

    def matches(self, anchor: Head) -> bool:
        """True if the anchor means this event; its hash may be cut off after `ANCHOR_DIGITS` digits or more."""
        return self.seq == anchor.seq and len(anchor.hash) >= ANCHOR_DIGITS and self.hash.startswith(anchor.hash)


@dataclass(frozen=True, slots=True)
class Heads:
    """The last event of each of a register's two chains: that of the copies, and the log of publication."""

    copies: Head
    publications: Head


FIRST = Head(0, "0" * 64)
ANCHOR_DIGITS = 8
"""Of a hash, at least, that is put down elsewhere: one in four thousand million is the same by chance."""


@dataclass(frozen=True, slots=True)
class RegisterSettings:
    """Where the register is (`url` empty: the file `registers/copies.sqlite`), after how many days a copy that nobody signed for
    is overdue, after how many a copy must come back (0: it need not), and whose register it is: the publication's name in it."""

    url: str = ""
    receipt_days: int = 7
    return_days: int = 0
    name: str = ""
