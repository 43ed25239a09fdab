"""What the register says of an issue's copies, recipient by recipient: the rows that all forms are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletin.compose.edition import compose_edition
from bulletin.compose.forms.offices import Listing, Office, listing
from bulletin.model.copies import ARCHIVE, SPARE, numbers_text
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.register import CopyRecord, Event, EventKind, Head, State

_STARTS = frozenset({EventKind.SENT, EventKind.REASSIGNED})


@dataclass(frozen=True, slots=True)
class Trail:
    """A copy and what happened to it, mistakes that were corrected left out."""

    record: CopyRecord
    events: tuple[Event, ...]

    @property
    def number(self) -> int:
        return self.record.number

    @property
    def journey(self) -> tuple[Event, ...]:
        """Its last sending, and what came after; empty if it was never sent, or given to somebody else since."""
        started = [place for place, event in enumerate(self.events) if event.change.kind in _STARTS]
        journey = self.events[started[-1] :] if started else ()
        return journey if journey and journey[0].change.kind is EventKind.SENT else ()

    def last(self, kind: EventKind) -> Event | None:
        """The last event of that kind on its journey."""
        return next((event for event in reversed(self.journey) if event.change.kind is kind), None)

    @property
    def recipient(self) -> str:
        """To whom it was sent, or is to be."""
        return next((event.change.holder for event in self.journey[:1] if event.change.holder), self.record.allotted)

    @property
    def keeper(self) -> str:
        """Who had it last outside the house, or is to have it."""
        passed = self.last(EventKind.TRANSFERRED)
        return passed.change.holder if passed else self.recipient

    @property
    def due(self) -> str:
        """The day by which it was to come back when it was sent; empty if it need not."""
        return next((event.change.due for event in self.journey[:1]), "")

    @property
    def route(self) -> str:
        return next((event.change.route for event in self.journey[:1] if event.change.route), self.record.route)

    @property
    def on_paper(self) -> bool:
        """True once it was printed, whatever became of it."""
        return self.record.piece > 0

    @property
    def came_back(self) -> bool:
        """True if it was returned since it was last sent, or found again in the house."""
        here = self.record.state in (State.IN_STOCK, State.DESTROYED)
        return bool(self.journey) and (here or self.last(EventKind.RETURNED) is not None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of 分发登记表, by its number from 1: a recipient under 报, 送 or 发, and its copies; or 存档, or 机动."""

    number: int
    label: str
    holder: str
    trails: tuple[Trail, ...]
    contact: str
    address: str
    offices: tuple[Office, ...] = ()
    """Of a group that has one row; none of a unit."""

    @property
    def shares(self) -> Iterator[tuple[Office, tuple[Trail, ...]]]:
        """The copies that go under one cover: those of each office in order, or all."""
        start = 0
        for office in self.offices or (Office(self.holder, len(self.trails), self.contact, self.address),):
            yield office, self.trails[start : start + office.copies]
            start += office.copies

    @property
    def nameless(self) -> int:
        """How many of its offices have no name on the list."""
        return sum(not office.name for office in self.offices)

    @property
    def goes_out(self) -> bool:
        """False of what stays in the house."""
        return self.holder not in (ARCHIVE, SPARE)

    @property
    def route(self) -> str:
        return next((trail.route for trail in self.trails if trail.route), "")

    def numbers(self, digits: int) -> str:
        return numbers_text((trail.number for trail in self.trails), digits)


@dataclass(frozen=True, slots=True)
class FormSource:
    """All that forms are made from: the issue, its copies, their recipients, the last event of the register; the pages of a copy,
    0 where that is not known."""

    issue: Issue
    edition: Edition
    trails: tuple[Trail, ...]
    entries: tuple[Entry, ...]
    head: Head
    pages: int

    @property
    def digits(self) -> int:
        return self.issue.publication.copy_number.digits

    @property
    def title(self) -> str:
        """`《银龄工作动态》2026年第10期（总第210期）`."""
        masthead = self.edition.masthead
        return f"《{plain(masthead.title)}》{masthead.key.year}年{masthead.numbering}"

    @property
    def short_title(self) -> str:
        """`《银龄工作动态》2026年第10期`."""
        return self.title.split("（总第")[0]

    @property
    def marking(self) -> str:
        return "、".join(plain(each) for each in self.edition.marking)

    @property
    def anchor(self) -> str:
        """The register's last event in words: what a tampered register cannot agree with."""
        parts = " ".join(self.head.hash[at : at + 8] for at in range(0, len(self.head.hash), 8))
        return f"登记册截至第 {self.head.seq} 笔，校验 {parts}"

    @property
    def returned(self) -> bool:
        """True if a copy came back."""
        return any(trail.last(EventKind.RETURNED) for trail in self.trails)

    @property
    def destroyed(self) -> bool:
        """True if a copy was destroyed."""
        return any(trail.record.state is State.DESTROYED for trail in self.trails)

    @property
    def printed(self) -> bool:
        """True once a copy is on paper: from then on the register is the truth, whatever the list says."""
        return any(trail.on_paper for trail in self.trails)

    @property
    def print_run(self) -> int:
        """印数: what is registered, spoiled copies included; until one is on paper, what the list adds up to."""
        registered = sum(trail.on_paper or trail.record.state is not State.VOIDED for trail in self.trails)
        return registered if self.printed else self.edition.print_run

    @property
    def live_numbers(self) -> frozenset[int]:
        """All copies that are not void: what the print run counts."""
        return frozenset(trail.number for trail in self.trails if trail.record.state is not State.VOIDED)

    def text_of(self, trails: Iterable[Trail]) -> str:
        """The numbers of copies as an editor reads them."""
        return numbers_text((trail.number for trail in trails), self.digits)


def form_source(
    issue: Issue, records: Sequence[CopyRecord], events: Iterable[Event], head: Head, pages: int
) -> FormSource:
    """What the register says of the issue.

    Args:
        issue: The issue, without errors.
        records: Its copies.
        events: What happened to them, in order.
        head: The last event of the register.
        pages: Of the print edition, 0 if that is not known.
    """
    happened: dict[int, list[Event]] = {}
    for event in events:
        _add(happened.setdefault(event.change.number, []), event)
    trails = tuple(
        Trail(record, tuple(happened.get(record.number, ())))
        for record in sorted(records, key=lambda record: record.number)
        if record.state is not State.WITHDRAWN
    )
    return FormSource(issue, compose_edition(issue), trails, _entries(issue, trails), head, pages)


def _add(events: list[Event], event: Event) -> None:
    """A correction takes the event before it away."""
    if event.change.kind is not EventKind.CORRECTED:
        events.append(event)
    elif events:
        events.pop()


def _entries(issue: Issue, trails: Iterable[Trail]) -> tuple[Entry, ...]:
    """By 报, 送, 发, 存档, 机动, then by the first number; numbers that are void belong to nobody."""
    grouped: dict[tuple[str, str], list[Trail]] = {}
    for trail in trails:
        if trail.record.state is not State.VOIDED:
            grouped.setdefault((trail.record.label, trail.recipient), []).append(trail)
    labels = [*(listed.label for listed in issue.distribution), ARCHIVE, SPARE]
    order = sorted(grouped, key=lambda key: labels.index(key[0]) if key[0] in labels else len(labels))
    listed = listing(issue)
    return tuple(_entry(listed, number, key, tuple(grouped[key])) for number, key in enumerate(order, start=1))


def _entry(listed: Listing, number: int, key: tuple[str, str], trails: tuple[Trail, ...]) -> Entry:
    label, holder = key
    unit = listed.units.get(holder)
    return Entry(
        number=number,
        label=plain(label),
        holder=plain(holder),
        trails=trails,
        contact=plain(unit.contact) if unit else "",
        address=plain(unit.address) if unit else "",
        offices=listed.offices(holder, len(trails)),
    )


def plain(text: str) -> str:
    """The text on one line, without characters that cannot be printed."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def issue_lines(source: FormSource) -> str:
    """`2026年` and `第10期`, on two lines of a narrow column."""
    masthead = source.edition.masthead
    return f"{masthead.key.year}年\n{masthead.numbering.split('（')[0]}"


def grade(source: FormSource) -> str:
    """The first line of the marking, for the column where a grade of secrecy would stand."""
    return plain(source.edition.marking[0]) if source.edition.marking else ""


def day_text(day: str) -> str:
    """`2026.10.26` for `2026-10-26`; forms have narrow columns."""
    return plain(day).replace("-", ".")


def same(values: Iterable[str]) -> str:
    """The value that all have; empty where they differ."""
    found = {*values}
    return found.pop() if len(found) == 1 else ""


def told(values: Sequence[str]) -> str:
    """What is known of several copies: the value where it is the same of all, each with its count where they differ."""
    counts = Counter(value for value in values if value)
    if len(counts) == 1 and counts.total() == len(values):
        return next(iter(counts))
    return "、".join(f"{value}（{count}份）" for value, count in counts.items())


def actors_of(trails: Iterable[Trail], kind: EventKind) -> tuple[str, ...]:
    """Who did that with each copy; empty texts where nobody did."""
    found = (trail.last(kind) for trail in trails)
    return tuple(plain(event.request.actor) if event else "" for event in found)


def days_of(trails: Sequence[Trail], kind: EventKind) -> str:
    """On which days that happened to the copies."""
    return told([day_text(event.request.day) if (event := trail.last(kind)) else "" for trail in trails])
