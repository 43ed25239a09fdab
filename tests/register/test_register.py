"""The copy register: what is recorded, what is refused, and what is known of a copy then; the same in both databases."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from bulletin.model.errors import RegisterRefused, UsageError
from bulletin.model.register import (
    CORRECTABLE,
    FIRST,
    KIND_NAMES,
    STATE_NAMES,
    STEPS,
    Change,
    EventKind,
    Head,
    RegisterSettings,
    State,
)
from bulletin.register import Register, open_register, records
from bulletin.register.chain import sealed
from bulletin.register.steps import standings_of
from bulletin.register.store import add_events
from tests.conftest import REPOSITORY
from tests.registers import AT, DAY, FILE, ISSUE, Place, assign, changes, filled, printing, request, sending


def record(register: Register, kind: EventKind, *numbers: int, **said: object) -> None:
    """Records a change of the copies under a request of its own."""
    register.record(request(f"{kind} {numbers} {register.head().seq}"), changes(kind, numbers, **said))


def copy(register: Register, number: int):
    return next(each for each in register.copies(ISSUE) if each.number == number)


def test_a_copy_from_its_number_to_the_shredder(place: Place) -> None:
    with place.open() as register:
        register.record(request("a"), assign([7], holder="甲局", label="报"))
        assert copy(register, 7).state is State.ASSIGNED
        assert copy(register, 7).piece == 0
        register.record(request("b"), printing([7]))
        record(register, EventKind.REPRINTED, 7, file="cd" * 32, note="缺页")
        printed = copy(register, 7)
        assert (printed.state, printed.piece, printed.file, printed.marks) == (State.IN_STOCK, 2, "cd" * 32, "")
        register.record(request("c"), sending([7], due="2026-12-31"))
        record(register, EventKind.RECEIVED, 7, note="收发室")
        held = copy(register, 7)
        assert (held.state, held.holder, held.due, held.route) == (State.HELD, "甲局", "2026-12-31", "机要交通")
        record(register, EventKind.TRANSFERRED, 7, holder="乙局")
        moved = copy(register, 7)
        assert (moved.holder, moved.allotted, moved.due) == ("乙局", "甲局", "2026-12-31")
        record(register, EventKind.RETURNED, 7)
        assert register.history(ISSUE, 7)[-1].change.holder == "乙局"
        back = copy(register, 7)
        assert (back.state, back.holder, back.due) == (State.IN_STOCK, "甲局", "")
        record(register, EventKind.DESTROYED, 7, witnesses=("张三", "李四"))
        gone = copy(register, 7)
        assert (gone.state, gone.kind, gone.day, gone.actor, gone.step) == (
            *(State.DESTROYED, EventKind.DESTROYED),
            *(DAY, "李晶鑫", 8),
        )
        assert (gone.label, gone.file, gone.piece) == ("报", "cd" * 32, 2)
        assert register.verify() == ()


def test_what_is_recorded_comes_back(place: Place) -> None:
    with place.open() as register:
        events = register.record(request("a"), assign([3, 1, 2]))
        assert [event.change.number for event in events] == [3, 1, 2]
        assert [event.seq for event in events] == [1, 2, 3]
        assert tuple(register.events()) == events
        assert register.head() == Head(3, events[-1].hash)
        assert [each.number for each in register.copies()] == [1, 2, 3]
        assert register.history(ISSUE, 3) == events[:1]
        assert register.history(ISSUE, 4) == ()
        assert register.record(request("nothing"), []) == ()
        assert register.head().seq == 3
    with place.open(create=False) as again:
        assert tuple(again.events()) == events


def test_texts_are_kept_whatever_they_say(place: Place) -> None:
    """Quotes, percent signs, rare characters; NFC and no blanks about them."""
    note = "O'Neil “100%” ? %s \\ \" 𠮷 é"
    with place.open() as register:
        (event,) = register.record(request("?"), assign([1], holder=" e\u0301局 "))
        assert event.change.holder == "é局"
        register.record(request("p"), printing([1]))
        record(register, EventKind.VOIDED, 1, note=note)
        assert copy(register, 1).note == note
        assert register.verify() == ()


def test_an_empty_register(place: Place) -> None:
    with place.open() as register:
        assert register.head() == FIRST
        assert register.copies() == ()
        assert tuple(register.events()) == ()
        assert register.verify() == ()
        assert register.verify(FIRST) == ()


def test_none_is_made_unless_it_is_asked_for(place: Place) -> None:
    with pytest.raises(UsageError, match="还没有登记册"), place.open(create=False):
        pass
    assert not place.file.parent.exists()


def test_a_request_that_is_sent_again_is_counted_once(place: Place) -> None:
    with place.open() as register:
        first = register.record(request("a"), assign(range(1, 341)))
        later = request("a", at="2026-07-24T00:00:00+08:00")
        assert register.record(later, assign(range(1, 341))) == first
        assert register.head().seq == 340
        register.record(request("p"), printing([1, 2]))
        register.record(request("s"), sending([1]))
        assert len(register.record(request("p"), printing([1, 2]))) == 2
        assert copy(register, 1).state is State.IN_TRANSIT


@pytest.mark.parametrize(
    "other",
    [
        assign([1, 2, 3]),
        assign([1]),
        assign([1, 3]),
        assign([1, 2], holder="乙局"),
        printing([1, 2]),
        [],
    ],
)
def test_a_request_may_not_become_another(place: Place, other: list[Change]) -> None:
    """Else what an editor believes recorded would not be."""
    with place.open() as register:
        register.record(request("a"), assign([1, 2]))
        with pytest.raises(RegisterRefused, match="已经记过别的事"):
            register.record(request("a"), other)
        with pytest.raises(RegisterRefused, match="已经记过别的事"):
            register.record(request("a", actor="别人"), assign([1, 2]))
        assert register.head().seq == 2


def test_all_or_nothing(place: Place) -> None:
    with place.open() as register:
        register.record(request("a"), assign(range(1, 11)))
        with pytest.raises(RegisterRefused) as refused:
            register.record(request("b"), [*assign(range(11, 14)), *printing([9, 10]), *sending([1, 2, 3, 5])])
        assert "2026-07 第 000001－000003、000005 号：现在“待印”，不能“发出”" in str(refused.value)
        assert "没有改动" in str(refused.value)
        assert register.head().seq == 10
        register.record(request("b"), assign(range(11, 14)))


def test_a_number_is_never_issued_twice(place: Place) -> None:
    with place.open() as register:
        register.record(request("a"), assign([1, 2]))
        for number in (1, 2):
            with pytest.raises(RegisterRefused, match=f"00000{number} 号：现在“待印”，不能“登记”"):
                register.record(request(f"again {number}"), assign([number], holder="乙局"))
        record(register, EventKind.VOIDED, 1, note="废号")
        with pytest.raises(RegisterRefused, match="现在“作废”"):
            register.record(request("void"), assign([1]))
        record(register, EventKind.WITHDRAWN, 2, note="印数减少")
        assert copy(register, 2).state is State.WITHDRAWN
        register.record(request("after"), assign([2], holder="丙局"))
        assert copy(register, 2).allotted == "丙局"
        register.record(request("other issue"), assign([1], issue="2026-08"))
        assert register.verify() == ()


def test_copies_by_issue_and_holder(place: Place) -> None:
    with filled(place) as register:
        register.record(request("x"), assign([1, 2], holder="乙局", issue="2026-08"))
        record(register, EventKind.TRANSFERRED, 1, holder="乙局")
        assert [(each.issue, each.number) for each in register.copies(holder="乙局")] == [
            *(("2026-07", 1), ("2026-08", 1), ("2026-08", 2))
        ]
        assert [each.number for each in register.copies("2026-07", "甲局")] == list(range(1, 13)), (
            "1 was allotted to it"
        )
        assert register.holders() == ("乙局", "甲局")
        assert register.copies(holder="丙局") == ()
        assert len(register.copies()) == 14


@pytest.mark.parametrize("kind", sorted(CORRECTABLE, key=lambda kind: kind.value))
def test_a_mistake_is_corrected(place: Place, kind: EventKind) -> None:
    """The copy is again as it was before, and the mistake stays to be read."""
    way = {
        EventKind.SENT: [],
        EventKind.RECEIVED: [EventKind.SENT],
        EventKind.TRANSFERRED: [EventKind.SENT, EventKind.RECEIVED],
        EventKind.RETURNED: [EventKind.SENT, EventKind.RECEIVED],
        EventKind.DESTROYED: [],
        EventKind.LOST: [EventKind.SENT],
        EventKind.FOUND: [EventKind.LOST],
    }
    said = {
        EventKind.SENT: {"holder": "乙局", "due": "2026-12-31"},
        EventKind.TRANSFERRED: {"holder": "丙局", "route": "专人"},
        EventKind.DESTROYED: {"witnesses": ("张三", "李四")},
        EventKind.LOST: {"note": "搬家"},
    }
    with place.open() as register:
        register.record(request("a"), assign([1]))
        register.record(request("b"), printing([1]))
        for each in way[kind]:
            record(register, each, 1, **said.get(each, {}))
        before = copy(register, 1)
        record(register, kind, 1, **said.get(kind, {}))
        mistaken = copy(register, 1)
        assert mistaken.state != before.state or mistaken.holder != before.holder
        witnesses = said.get(kind, {}).get("witnesses", ())
        record(register, EventKind.CORRECTED, 1, note="点错了份号", witnesses=witnesses)
        after = copy(register, 1)
        last = {"kind": EventKind.CORRECTED, "note": "点错了份号", "step": before.step + 2}
        assert after == replace(before, **last)
        record(register, kind, 1, **said.get(kind, {}))
        assert copy(register, 1).state is mistaken.state
        assert register.verify() == ()


def test_mistake_after_mistake_is_corrected(place: Place) -> None:
    """Each correction takes back one event more, as long as what is in force may be corrected; a new event counts from there."""
    with place.open() as register:
        register.record(request("a"), assign([1]))
        register.record(request("b"), printing([1]))
        passed = [copy(register, 1)]
        for kind, said in ((EventKind.SENT, {"holder": "乙局", "due": "2026-12-31"}), (EventKind.RECEIVED, {})):
            record(register, kind, 1, **said)
            passed.append(copy(register, 1))
        record(register, EventKind.TRANSFERRED, 1, holder="丙局")
        for before in reversed(passed):
            record(register, EventKind.CORRECTED, 1, note="错")
            now = copy(register, 1)
            assert now == replace(before, kind=EventKind.CORRECTED, note="错", step=now.step)
        with pytest.raises(RegisterRefused, match="000001 号：还有效的最后一笔是“印制”，不能更正"):
            record(register, EventKind.CORRECTED, 1, note="错")
        record(register, EventKind.SENT, 1, holder="丁局")
        record(register, EventKind.CORRECTED, 1, note="又错")
        assert (copy(register, 1).in_force, copy(register, 1).state) == (EventKind.PRINTED, State.IN_STOCK)
        with pytest.raises(RegisterRefused, match="不能更正"):
            record(register, EventKind.CORRECTED, 1, note="错")
        assert register.verify() == ()


@pytest.mark.parametrize(
    ("witnesses", "why"),
    [
        ((), "更正销毁也要有两名监销人"),
        (("张三",), "更正销毁也要有两名监销人"),
        (("张三", "张三"), "监销人要各不相同"),
        (("张三", "李晶鑫"), "监销人要各不相同，并且不是经手人自己"),
    ],
)
def test_a_destruction_is_not_taken_back_by_one(place: Place, witnesses: tuple[str, ...], why: str) -> None:
    with filled(place) as register:
        with pytest.raises(RegisterRefused, match=f"000012 号：{why}"):
            record(register, EventKind.CORRECTED, 12, note="没有销毁", witnesses=witnesses)
        assert copy(register, 12).state is State.DESTROYED
        record(register, EventKind.CORRECTED, 12, note="没有销毁", witnesses=("王五", "赵六"))
        assert copy(register, 12).state is State.IN_STOCK
        assert register.history(ISSUE, 12)[-1].change.witnesses == ("王五", "赵六")
        assert register.verify() == ()


def test_the_print_that_a_copy_was_made_from_is_kept(place: Place) -> None:
    with place.open() as register:
        register.record(request("a"), assign([1, 2]))
        assert copy(register, 1).source == ""
        record(register, EventKind.PRINTED, 1, file=FILE, source="cd" * 32)
        record(register, EventKind.SENT, 1)
        record(register, EventKind.CORRECTED, 1, note="错")
        assert (copy(register, 1).file, copy(register, 1).source) == (FILE, "cd" * 32)
        record(register, EventKind.REPRINTED, 1, file="ef" * 32, source="12" * 32, note="缺页")
        assert (copy(register, 1).file, copy(register, 1).source) == ("ef" * 32, "12" * 32)
        with pytest.raises(RegisterRefused, match="已经记过别的事"):
            register.record(
                register.history(ISSUE, 1)[1].request, changes(EventKind.PRINTED, [1], file=FILE, source="34" * 32)
            )
        assert register.verify() == ()


def test_copies_are_found_in_all_issues(place: Place) -> None:
    """By their number, and by being out; what the database answers is what follows from the events."""
    with filled(place) as register:
        assert register.issues() == ("2026-07",)
        register.record(request("x"), assign([2, 40], issue="2026-08", holder="丙局"))
        register.record(request("y"), assign([2], issue="2025-增1"))
        register.record(request("z"), changes(EventKind.PRINTED, [40], "2026-08", file=FILE))
        register.record(request("s"), changes(EventKind.SENT, [40], "2026-08"))
        record(register, EventKind.LOST, 4, note="搬家")
        record(register, EventKind.RETURNED, 1)
        record(register, EventKind.CORRECTED, 5, note="没有发出")
        assert register.issues() == ("2025-增1", "2026-07", "2026-08")
        follows = sorted(
            (standing.now for standing in standings_of(register.events()).values()),
            key=lambda one: (one.issue, one.number),
        )
        assert list(register.copies()) == follows
        assert [(each.issue, each.number) for each in register.out()] == [
            *(("2026-07", number) for number in (2, 3, 6)),
            ("2026-08", 40),
        ]
        assert set(register.out()) <= set(follows)
        register.record(request("r"), changes(EventKind.RECEIVED, [40], "2026-08"))
        assert ("2026-08", 40) in {(each.issue, each.number) for each in register.out()}
        assert [(each.issue, each.number) for each in register.out(awaited=True)] == [
            ("2026-07", number) for number in (2, 3, 6)
        ], "nobody waits for a copy that was signed for and need not come back"
        assert [each.issue for each in register.numbered(2)] == ["2025-增1", "2026-07", "2026-08"]
        assert [each.state for each in register.numbered(40)] == [State.HELD]
        assert register.numbered(41) == ()


def test_what_nobody_recorded_is_in_no_issue(place: Place) -> None:
    with place.open() as register:
        assert register.issues() == register.out() == register.numbered(1) == ()


def test_an_event_that_was_put_down_elsewhere_is_held(place: Place) -> None:
    with filled(place) as register:
        head = register.head()
        early = next(register.events())
        for seq, sum_ in ((34, head.hash), (1, early.hash)):
            assert register.holds(Head(seq, sum_))
            assert register.holds(Head(seq, sum_[:8]))
            assert not register.holds(Head(seq, sum_[:7]))
            assert not register.holds(Head(seq, ""))
        assert not register.holds(Head(2, early.hash))
        assert not register.holds(Head(35, head.hash))
        assert register.holds(FIRST)
        assert not register.holds(Head(0, "1" * 64))


@pytest.mark.parametrize("kind", [EventKind.ASSIGNED, EventKind.PRINTED])
def test_what_is_on_paper_is_not_corrected(place: Place, kind: EventKind) -> None:
    with place.open() as register:
        register.record(request("a"), assign([1]))
        if kind is EventKind.PRINTED:
            register.record(request("b"), printing([1]))
        with pytest.raises(RegisterRefused, match="不能更正"):
            record(register, EventKind.CORRECTED, 1, note="错了")
        with pytest.raises(RegisterRefused, match="现在“未登记”，不能“更正”"):
            record(register, EventKind.CORRECTED, 2, note="错了")


INCOMPLETE = {
    "no holder": (Change(ISSUE, 20, EventKind.ASSIGNED), "登记”要写明单位"),
    "transferred to nobody": (Change(ISSUE, 1, EventKind.TRANSFERRED), "转交”要写明单位"),
    "reassigned to nobody": (Change(ISSUE, 7, EventKind.REASSIGNED), "改配”要写明单位"),
    "lost without a reason": (Change(ISSUE, 1, EventKind.LOST), "遗失”要写明原因"),
    "voided without a reason": (Change(ISSUE, 7, EventKind.VOIDED), "作废”要写明原因"),
    "corrected without a reason": (Change(ISSUE, 1, EventKind.CORRECTED), "更正”要写明原因"),
    "reprinted without a reason": (Change(ISSUE, 7, EventKind.REPRINTED, file=FILE), "补印”要写明原因"),
    "blank reason": (Change(ISSUE, 1, EventKind.LOST, note=" 　"), "遗失”要写明原因"),
    "no file": (Change(ISSUE, 7, EventKind.REPRINTED, note="缺页"), "SHA-256"),
    "no sum": (Change(ISSUE, 7, EventKind.REPRINTED, note="缺页", file="run.pdf"), "SHA-256"),
    "no sum of the print": (
        Change(ISSUE, 7, EventKind.REPRINTED, note="缺", file=FILE, source="print.pdf"),
        "签发的印刷版",
    ),
    "a print that is not printed": (Change(ISSUE, 7, EventKind.SENT, source=FILE), "不印制"),
    "a file that is not printed": (Change(ISSUE, 7, EventKind.SENT, file=FILE), "不印制"),
    "one witness": (Change(ISSUE, 7, EventKind.DESTROYED, witnesses=("张三",)), "两名监销人"),
    "one witness twice": (Change(ISSUE, 7, EventKind.DESTROYED, witnesses=("张三", "张三 ")), "各不相同"),
    "the actor as witness": (Change(ISSUE, 7, EventKind.DESTROYED, witnesses=("张三", "李晶鑫")), "不是经手人自己"),
    "a nameless witness": (Change(ISSUE, 7, EventKind.DESTROYED, witnesses=("张三", "")), "各不相同"),
    "number 0": (Change(ISSUE, 0, EventKind.ASSIGNED, holder="甲局"), "份号应在 1 到"),
    "nine digits": (Change(ISSUE, 100_000_000, EventKind.ASSIGNED, holder="甲局"), "份号应在 1 到"),
    "no issue": (Change("", 1, EventKind.ASSIGNED, holder="甲局"), "没有写期号"),
    "a day that is none": (Change(ISSUE, 7, EventKind.SENT, due="2026-02-30"), "清退期限“2026-02-30”"),
    "a day otherwise": (Change(ISSUE, 7, EventKind.SENT, due="20261231"), "清退期限"),
    "a due day of what comes back": (Change(ISSUE, 1, EventKind.RETURNED, due="2026-12-31"), "不能另写"),
    "a line end": (Change(ISSUE, 7, EventKind.SENT, note="一\n二"), "控制字符"),
    "NUL": (Change(ISSUE, 7, EventKind.SENT, note="一\0"), "控制字符"),
    "half a character": (Change(ISSUE, 7, EventKind.SENT, note="\ud800"), "控制字符"),
    "a novel": (Change(ISSUE, 7, EventKind.SENT, note="长" * 2001), "太长"),
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_what_is_incomplete_is_refused(sqlite_place: Place, case: str) -> None:
    change, why = INCOMPLETE[case]
    with filled(sqlite_place) as register:
        before = register.head()
        with pytest.raises(RegisterRefused, match=why):
            register.record(request("x"), [change])
        assert register.head() == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("id", "", "没有请求编号"),
        ("actor", " ", "没有写经手人"),
        ("day", "2026-7-1", "日期"),
        ("at", "yesterday", "记录时间"),
        ("actor", "甲\n乙", "控制字符"),
    ],
)
def test_who_and_when_are_said(sqlite_place: Place, field: str, value: str, why: str) -> None:
    with sqlite_place.open() as register, pytest.raises(RegisterRefused, match=why):
        register.record(replace(request("x"), **{field: value}), assign([1]))


def test_a_copy_stands_once_in_a_request(place: Place) -> None:
    with place.open() as register, pytest.raises(RegisterRefused, match="000001 号：同一次登记里写了两遍"):
        register.record(request("x"), [*assign([1]), *assign([1])])


TAKEN_BACK = {"number": 12, "kind": EventKind.CORRECTED, "state": State.IN_STOCK, "note": "错"}
WRONG = {
    "number twice": {"step": 1, "kind": EventKind.ASSIGNED, "number": 1, "state": State.ASSIGNED},
    "seq": {"seq": 99},
    "seq again": {"seq": 3},
    "previous": {"previous": "0" * 64},
    "step": {"step": 9},
    "not allowed": {"kind": EventKind.RECEIVED, "state": State.HELD},
    "another state": {"state": State.HELD},
    "no holder": {"holder": ""},
    "no reason": {"kind": EventKind.LOST, "state": State.LOST, "note": ""},
    "no file": {"kind": EventKind.REPRINTED, "state": State.IN_STOCK, "file": ""},
    "a file": {"file": FILE},
    "a print": {"source": FILE},
    "no sum of the print": {
        **{"kind": EventKind.REPRINTED, "state": State.IN_STOCK, "file": FILE, "note": "缺"},
        "source": "print.pdf",
    },
    "one for a correction": {**TAKEN_BACK, "witnesses": ("张三",)},
    "none for a correction": {**TAKEN_BACK, "witnesses": ()},
    "actor for a correction": {**TAKEN_BACK, "witnesses": ("李晶鑫", "张三")},
    "one twice for a correction": {**TAKEN_BACK, "witnesses": ("张三", "张三")},
    "no witness": {"kind": EventKind.DESTROYED, "state": State.DESTROYED},
    "one witness": {"kind": EventKind.DESTROYED, "state": State.DESTROYED, "witnesses": ("张三",)},
    "one witness twice": {"kind": EventKind.DESTROYED, "state": State.DESTROYED, "witnesses": ("张三", "张三")},
    "actor first": {"kind": EventKind.DESTROYED, "state": State.DESTROYED, "witnesses": ("李晶鑫", "张三")},
    "actor second": {"kind": EventKind.DESTROYED, "state": State.DESTROYED, "witnesses": ("张三", "李晶鑫")},
    "no actor": {"actor": ""},
    "no day": {"day": "today"},
    "request again": {"id": "print"},
    "wrong correction": {"kind": EventKind.CORRECTED, "state": State.DESTROYED, "note": "错"},
    "nothing to correct": {"kind": EventKind.CORRECTED, "state": State.ASSIGNED, "note": "错"},
}
RIGHT = {
    "sent": {},
    "printed from": {
        **{"kind": EventKind.REPRINTED, "state": State.IN_STOCK, "file": FILE, "source": FILE},
        "piece": 2,
    },
    "taken back": {**TAKEN_BACK, "witnesses": ("王五", "赵六")},
    "destroyed": {"kind": EventKind.DESTROYED, "state": State.DESTROYED, "witnesses": ("张三", "李四")},
    "destroyed before three": {
        "kind": EventKind.DESTROYED,
        "state": State.DESTROYED,
        "witnesses": ("张三", "李四", "赵"),
    },
}


def _forged(register: Register, said: dict) -> list:
    """The next event, that number 7 is sent, with something else in it."""
    head = register.head()
    known = register.history(ISSUE, said.get("number", 7))[-1]
    parts = {name: said[name] for name in ("id", "actor", "day") if name in said}
    names = ("kind", "number", "holder", "note", "file", "source", "witnesses")
    change = Change(ISSUE, 7, EventKind.SENT, label="报", holder="甲局", route="机要交通", note="因")
    change = replace(change, **{name: said[name] for name in names if name in said})
    event = replace(
        known,
        seq=said.get("seq", head.seq + 1),
        step=said.get("step", known.step + 1),
        request=replace(request("forged"), **parts),
        change=change,
        state=said.get("state", State.IN_TRANSIT),
        piece=said.get("piece", known.piece),
        previous=said.get("previous", head.hash),
    )
    return [sealed(event)]


@pytest.mark.parametrize("case", WRONG)
def test_the_database_itself_refuses(place: Place, case: str) -> None:
    """What gets past our own rules does not get past the rules of the tables."""
    with filled(place) as register:
        before = tuple(register.events())
        with pytest.raises(RegisterRefused), register._store.writing():
            add_events(register._store, _forged(register, WRONG[case]))
        assert tuple(register.events()) == before
        assert register.verify() == ()


@pytest.mark.parametrize("case", RIGHT)
def test_the_database_itself_takes_what_is_right(place: Place, case: str) -> None:
    with filled(place) as register:
        with register._store.writing():
            add_events(register._store, _forged(register, RIGHT[case]))
        assert register.verify() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET holder = '乙局' WHERE seq = 1",
        "UPDATE event SET hash = hash",
        "DELETE FROM event WHERE seq = 29",
        "DELETE FROM event",
        "UPDATE head SET seq = 3",
        "UPDATE head SET seq = 99",
        "UPDATE head SET hash = ''",
        "DELETE FROM head",
        "INSERT INTO head VALUES (2, 1, '')",
        "UPDATE meta SET value = '00' WHERE name = 'check_key'",
        "UPDATE meta SET value = '别的动态' WHERE name = 'name'",
        "DELETE FROM meta",
        "INSERT INTO event SELECT * FROM event WHERE seq = 1",
    ],
)
def test_other_programs_cannot_change_what_is_recorded(place: Place, statement: str) -> None:
    with filled(place) as register:
        register.check_key(b"0123456789abcdef")
        before = register.lines()
    with pytest.raises((sqlite3.Error, _psycopg_error())):
        place.sql(statement)
    with place.open() as register:
        assert register.lines() == before
        assert register.verify() == ()


def test_rows_cannot_be_replaced_or_the_table_emptied(place: Place) -> None:
    with filled(place) as register:
        before = register.lines()
    statement = "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1"
    with pytest.raises((sqlite3.Error, _psycopg_error())):
        place.sql("TRUNCATE event" if place.settings.url else statement)
    with place.open() as register:
        assert register.lines() == before


def _psycopg_error() -> type[Exception]:
    import psycopg

    return psycopg.Error


def test_a_register_belongs_to_one_publication(place: Place) -> None:
    """Two that share a database would take each other's numbers."""
    own, another = (replace(place, settings=replace(place.settings, name=name)) for name in ("工作动态", "老干部通讯"))
    with own.open() as register:
        register.record(request("a"), assign([1]))
        assert register.name == "工作动态"
        assert register.verify() == ()
    with pytest.raises(UsageError, match="这本登记册是“工作动态”的，不是“老干部通讯”的") as refused, another.open():
        pass
    assert "copy_register 里写 name: 工作动态" in str(refused.value.advice)
    with own.open(create=False) as register:
        assert register.head().seq == 1


def test_the_key_of_check_codes_is_kept(place: Place) -> None:
    with place.open() as register:
        assert register.check_key(b"first key, 16 by") == b"first key, 16 by"
        assert register.check_key(b"another key 16 b") == b"first key, 16 by"
    with place.open() as register:
        assert register.check_key(b"") == b"first key, 16 by"
        assert register.verify() == ()


@pytest.mark.parametrize(
    ("at", "behind"),
    [
        ("2026-07-23T09:29:59+08:00", True),
        ("2026-07-23T09:30:00+08:00", False),
        ("2026-07-23T02:00:00+00:00", False),
        ("2026-07-23T01:00:00+00:00", True),
        ("2001-01-01T00:00:00", True),
    ],
)
def test_a_clock_that_was_set_back_is_noticed(sqlite_place: Place, at: str, behind: bool) -> None:
    """Order is that of recording; nothing is wrong with the register."""
    with sqlite_place.open() as register:
        assert register.clock_behind(at) == ""
        register.record(request("a"), assign([1]))
        assert register.clock_behind(at) == (AT if behind else "")
        register.record(request("b", at=at), printing([1]))
        assert [event.request.at for event in register.events()] == [AT, at]
        assert copy(register, 1).state is State.IN_STOCK
        assert register.verify() == ()


def test_what_is_asked_for_is_found_by_an_index(sqlite_place: Place) -> None:
    """The time of a query does not grow with the issues before."""
    with filled(sqlite_place):
        pass
    for condition in (
        "issue = '2026-07'",
        "issue = '2026-07' AND number BETWEEN 1 AND 340",
        "request = 'a'",
        "seq = (SELECT max(seq) FROM event)",
    ):
        plan = sqlite_place.sql(f"EXPLAIN QUERY PLAN SELECT * FROM event WHERE {condition} ORDER BY seq")
        assert not [row for row in plan if row[3].startswith("SCAN")], condition
    asked = [records.ISSUES]
    conditions = (records.OF_ISSUE, records.OF_HOLDER, records.NUMBERED, f"{records.OF_ISSUE} AND {records.OUT}")
    asked += [records.RECORDS % condition for condition in conditions]
    for query in asked:
        plan = sqlite_place.sql(f"EXPLAIN QUERY PLAN {query.replace('?', '7')}")
        scans = {row[3] for row in plan if row[3].startswith("SCAN")}
        assert scans <= {"SCAN known"}, query


def test_work_grows_with_the_copies_and_no_faster(sqlite_place: Place) -> None:
    """Counted in the instructions of SQLite's machine: assigning and printing eight times the copies."""
    steps = []
    with sqlite_place.open() as register:
        for count in (500, 4000):
            taken = 0

            def tick() -> int:
                nonlocal taken
                taken += 1
                return 0

            register._store._connection.set_progress_handler(tick, 100)
            register.record(request(f"a{count}"), assign(range(1, count + 1), issue=f"of {count}"))
            register.copies(f"of {count}")
            register._store._connection.set_progress_handler(None, 100)
            steps.append(taken)
    assert 4 * steps[0] < steps[1] < 10 * steps[0]


def test_the_driver_of_postgresql_is_loaded_only_where_it_is_used(sqlite_place: Place) -> None:
    script = (
        "import sys; from pathlib import Path; from bulletin.register import open_register\n"
        "from bulletin.model.register import RegisterSettings\n"
        f"with open_register(Path({str(sqlite_place.root)!r}), RegisterSettings(), at={AT!r}): pass\n"
        "assert 'sqlite3' in sys.modules and 'psycopg' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=REPOSITORY)


def test_every_state_and_kind_has_a_name() -> None:
    assert set(STATE_NAMES) == {None, *State}
    assert set(KIND_NAMES) == set(EventKind)
    assert set(STEPS) == set(EventKind) - {EventKind.CORRECTED}


def test_the_register_is_for_its_owner_only(sqlite_place: Place) -> None:
    with open_register(sqlite_place.root, RegisterSettings(), at=AT):
        pass
    assert sqlite_place.file.stat().st_mode & 0o777 == 0o600
    assert sqlite_place.file.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in sqlite_place.file.parent.iterdir()] == ["copies.sqlite"]
