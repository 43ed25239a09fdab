"""Whatever is asked for in whatever order: the register agrees with a model that was written another way."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.model.errors import RegisterRefused
from bulletin.model.register import FIRST, EventKind, Head, RegisterSettings, State
from bulletin.register.recording import next_events
from bulletin.register.steps import Standing, make, standings_of
from tests.registers import FILE, ISSUE, Place, changes, request

NUMBERS = range(1, 5)
SAID = {
    EventKind.ASSIGNED: {"holder": "甲局"},
    EventKind.REASSIGNED: {"holder": "丁局"},
    EventKind.TRANSFERRED: {"holder": "丙局"},
    EventKind.SENT: {"due": "2026-12-31"},
    EventKind.PRINTED: {"file": FILE},
    EventKind.REPRINTED: {"file": FILE, "note": "缺页"},
    EventKind.DESTROYED: {"witnesses": ("张三", "李四")},
    EventKind.CORRECTED: {"note": "因", "witnesses": ("张三", "李四")},
    **{kind: {"note": "因"} for kind in (EventKind.WITHDRAWN, EventKind.LOST, EventKind.VOIDED)},
}


class Cabinet:
    """The model: copies as a person would keep them in a cabinet with drawers, and slips of what was done last."""

    def __init__(self) -> None:
        self.drawer: dict[int, str] = {}
        self.holder: dict[int, str] = {}
        self.owner: dict[int, str] = {}
        self.pieces: Counter[int] = Counter()
        self.undo: dict[int, tuple[tuple[str, str], ...]] = {}

    def do(self, kind: EventKind, number: int) -> bool:
        """Does it if it may be done."""
        drawer, holder = self.drawer.get(number, ""), self.holder.get(number, "")
        act = getattr(self, f"_{kind.value}")
        if not act(number, drawer):
            return False
        undoable = {"sent", "received", "transferred", "returned", "destroyed", "lost", "found"}
        if kind.value in undoable:
            self.undo[number] = (*self.undo.get(number, ()), (drawer, holder))
        elif kind is not EventKind.CORRECTED:
            self.undo[number] = ()
        return True

    def _move(self, number: int, drawer: str, allowed: str, to: str) -> bool:
        if drawer not in allowed.split("|"):
            return False
        self.drawer[number] = to
        if to == "in_stock":
            self.holder[number] = self.owner[number]
        return True

    def _assigned(self, number: int, drawer: str) -> bool:
        if drawer not in ("", "withdrawn"):
            return False
        self.drawer[number], self.holder[number], self.owner[number] = "assigned", "甲局", "甲局"
        return True

    def _reassigned(self, number: int, drawer: str) -> bool:
        if drawer not in ("assigned", "in_stock"):
            return False
        self.holder[number] = self.owner[number] = "丁局"
        return True

    def _withdrawn(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "assigned", "withdrawn")

    def _printed(self, number: int, drawer: str) -> bool:
        self.pieces[number] += drawer == "assigned"
        return self._move(number, drawer, "assigned", "in_stock")

    def _reprinted(self, number: int, drawer: str) -> bool:
        self.pieces[number] += drawer == "in_stock"
        return drawer == "in_stock"

    def _sent(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "in_stock", "in_transit")

    def _received(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "in_transit", "held")

    def _transferred(self, number: int, drawer: str) -> bool:
        if drawer == "held":
            self.holder[number] = "丙局"
        return drawer == "held"

    def _returned(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "in_transit|held", "in_stock")

    def _destroyed(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "in_stock", "destroyed")

    def _lost(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "in_stock|in_transit|held", "lost")

    def _found(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "lost", "in_stock")

    def _voided(self, number: int, drawer: str) -> bool:
        return self._move(number, drawer, "assigned|in_stock", "voided")

    def _corrected(self, number: int, drawer: str) -> bool:
        slips = self.undo.get(number)
        if slips:
            *rest, (self.drawer[number], self.holder[number]) = slips
            self.undo[number] = tuple(rest)
        return bool(slips)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            [*EventKind, EventKind.ASSIGNED, EventKind.PRINTED, EventKind.SENT, *[EventKind.CORRECTED] * 3]
        ),
        st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3, unique=True),
    ),
    min_size=5,
    max_size=40,
)


def _agree_with_the_model(place: Place, deeds: list[tuple[EventKind, list[int]]]) -> None:
    cabinet = Cabinet()
    with place.open() as register:
        for turn, (kind, numbers) in enumerate(deeds):
            asked = changes(kind, numbers, **SAID.get(kind, {}))
            try:
                register.record(request(f"turn {turn}"), asked)
            except RegisterRefused:
                assert False in [_trial(cabinet, kind, number) for number in numbers]
                continue
            assert False not in [cabinet.do(kind, number) for number in numbers]
        records = register.copies(ISSUE)
        assert {each.number: each.state.value for each in records} == cabinet.drawer
        assert {each.number: each.holder for each in records} == cabinet.holder
        assert {each.number: each.allotted for each in records} == cabinet.owner
        assert {each.number: each.piece for each in records} == {
            each.number: cabinet.pieces[each.number] for each in records
        }
        assert all(bool(each.due) <= (each.state in (State.IN_TRANSIT, State.HELD, State.LOST)) for each in records)
        events = tuple(register.events())
        assert {each.number: each for each in records} == {
            number: standing.now for (_, number), standing in standings_of(events).items()
        }
        assert register.out() == tuple(each for each in records if each.state in (State.IN_TRANSIT, State.HELD))
        first = Counter(each.change.number for each in events if each.step == 1)
        assert set(first.values()) <= {1}
        voided = [each for each in events if each.state is State.VOIDED]
        assert all(register.history(ISSUE, each.change.number)[-1] == each for each in voided)
        assert register.verify() == ()


def _trial(cabinet: Cabinet, kind: EventKind, number: int) -> bool:
    """Whether the model would do it, without doing it."""
    kept = {name: value.copy() for name, value in vars(cabinet).items()}
    done = cabinet.do(kind, number)
    vars(cabinet).update(kept)
    return done


@settings(max_examples=40)
@given(DEEDS)
def test_the_register_agrees_with_a_model_in_sqlite(deeds: list[tuple[EventKind, list[int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _agree_with_the_model(Place(Path(folder), RegisterSettings()), deeds)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_register_agrees_with_a_model_in_postgresql(server, deeds: list[tuple[EventKind, list[int]]]) -> None:
    _agree_with_the_model(Place(Path("/nowhere"), RegisterSettings(server.new_database("model"))), deeds)


@settings(max_examples=300)
@given(DEEDS)
def test_what_is_kept_of_a_change_makes_the_same_again(deeds: list[tuple[EventKind, list[int]]]) -> None:
    """`verify` follows every event a second time from what is recorded of it: that must give what was recorded."""
    events: list = []
    for turn, (kind, numbers) in enumerate(deeds):
        asked = changes(kind, numbers, **SAID.get(kind, {}))
        head = Head(events[-1].seq, events[-1].hash) if events else FIRST
        standings = standings_of(events)
        try:
            made = next_events(head, standings, request(f"turn {turn}"), asked)
        except RegisterRefused:
            continue
        for event in made:
            again = make(standings.get((event.change.issue, event.change.number), Standing()), event.change)
            assert again
            assert (again.change, again.state, again.piece) == (event.change, event.state, event.piece)
        events += made
