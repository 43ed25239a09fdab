"""What is asked of the numbered copies of an issue, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bulletin.model.copies import Allotment, NumberRange
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Problem
from bulletin.model.register import CopyRecord, Event, EventKind, Head, State
from bulletin.model.stamp import FileKind


@dataclass(frozen=True, slots=True)
class Choice:
    """Which copies are meant: by number, by holder, or all that the command can be done to; of these, where a route is said, those
    that travel so."""

    ranges: tuple[NumberRange, ...] = ()
    holder: str = ""
    every: bool = False
    route: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What is to be recorded, and of which copies. Of what is empty, each copy keeps what it has."""

    kind: EventKind
    choice: Choice
    holder: str = ""
    route: str = ""
    due: str = ""
    witnesses: tuple[str, ...] = ()
    note: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Which copies are to be printed, below which folder, and how: in one file, a file for each recipient, or files of `batch` copies;
    on sheets by a press profile, with the numbered sheets apart from the others. `again` voids the pieces that are printed; it needs a
    reason, as does a printing of some copies from another text than others.

    `fresh_key` is a random key for check codes, which the register keeps if it has none.
    """

    output: Path
    choice: Choice
    each: bool = False
    batch: int = 0
    profile: str | None = None
    outer: bool = False
    again: bool = False
    reason: str = ""
    dry_run: bool = False
    fresh_key: bytes = b""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many copies of an issue are in which state; the sum is what is registered."""

    counts: tuple[tuple[State, int], ...]

    @classmethod
    def of(cls, records: Iterable[CopyRecord]) -> Tally:
        """Withdrawn numbers are registered no more, and not counted."""
        found: Counter[State] = Counter(record.state for record in records if record.state is not State.WITHDRAWN)
        return cls(tuple((state, found[state]) for state in State if found[state]))

    @property
    def total(self) -> int:
        return sum(count for _state, count in self.counts)


@dataclass(frozen=True, slots=True)
class AssignReport:
    """Who gets which numbers, and the numbers that are new, that changed hands, that were taken back."""

    key: IssueKey
    problems: tuple[Problem, ...]
    allotments: tuple[Allotment, ...] = ()
    assigned: tuple[int, ...] = ()
    reassigned: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    moved: tuple[tuple[Allotment, Allotment], ...] = ()
    """Where numbers stay with recipients: those that could not keep theirs, as they were in the issue before and as they are."""
    print_run: int = 0
    digits: int = 6
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class MoveReport:
    """The copies that the move was recorded of, as they are now, those that it had been recorded of before, and what stands where."""

    issue: str
    kind: EventKind
    done: tuple[CopyRecord, ...]
    already: tuple[CopyRecord, ...]
    tally: Tally
    digits: int
    notes: tuple[Message, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file of numbered copies: where it is, the copies that it holds (none for pages that bear no number), its SHA-256."""

    path: str
    numbers: tuple[int, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class PrintReport:
    """The files that were made, or why there are none; `repeated` if the same files had been made and recorded before."""

    key: IssueKey
    problems: tuple[Problem, ...]
    files: tuple[PrintedFile, ...] = ()
    numbers: tuple[int, ...] = ()
    repeated: bool = False
    dry_run: bool = False
    digits: int = 6


@dataclass(frozen=True, slots=True)
class CopiesReport:
    """The copies of an issue (or of all) as they are, the digits of their numbers, and what they add up to."""

    issues: tuple[str, ...]
    records: tuple[CopyRecord, ...]
    tally: Tally
    digits: int


@dataclass(frozen=True, slots=True)
class OverdueReport:
    """Copies that nobody signed for in time, and copies that should have come back, on a day."""

    day: str
    receipt_days: int
    unsigned: tuple[CopyRecord, ...]
    unreturned: tuple[CopyRecord, ...]
    digits: int


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """All that is recorded of a copy; `others` are issues that have the same number."""

    issue: str
    number: str
    events: tuple[Event, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What is wrong with the register; its head, that of the log of publication in it, and the number of its issues."""

    faults: tuple[Message, ...]
    head: Head
    publications: Head
    issues: int
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedCopy:
    """A copy that was found in a file: on which page, its number, whether its code is true (`None`: it bears none), and what the
    register knows of it; `piece` is the printing that the code belongs to."""

    page: int
    issue: str
    number: str
    genuine: bool | None
    piece: int
    record: CopyRecord | None
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class TraceReport:
    """The copies that a file shows, and whether it is a PDF or a picture."""

    kind: FileKind
    copies: tuple[TracedCopy, ...]
