"""Who changes the register by hand, past its triggers, is found out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from bulletin.model.errors import RegisterUnavailable, UsageError
from bulletin.model.register import Head
from bulletin.register import chain, export_register
from bulletin.register.chain import event_of, fields_of, hash_of
from tests.registers import Place, assign, filled, printing, request

SWAP = (
    "UPDATE event SET seq = 999 WHERE seq = 5",
    "UPDATE event SET seq = 5 WHERE seq = 6",
    "UPDATE event SET seq = 6 WHERE seq = 999",
)
EDITS: dict[str, tuple[tuple[str, ...], str]] = {
    "another holder": (
        ("UPDATE event SET holder = '乙局' WHERE seq = 5",),
        "第 5 条（2026-07 第 000005 号，登记）：内容与校验值",
    ),
    "another actor": (("UPDATE event SET actor = '乙' WHERE seq = 34",), "第 34 条"),
    "another day": (("UPDATE event SET day = '2026-07-24' WHERE seq = 1",), "第 1 条"),
    "another moment": (("UPDATE event SET at = '2026-07-24' WHERE seq = 1",), "第 1 条"),
    "another witness": (("UPDATE event SET witnesses = '张三' || char(10) || '王' WHERE seq = 34",), "第 34 条"),
    "another state": (("UPDATE event SET state = 'lost' WHERE seq = 33",), "第 33 条"),
    "another number": (("UPDATE event SET number = 77 WHERE seq = 12",), "第 12 条（2026-07 第 000077 号"),
    "another note": (("UPDATE event SET note = '改过' WHERE seq = 20",), "第 20 条"),
    "another file": (("UPDATE event SET file = '%s' WHERE seq = 13" % ("0" * 64),), "第 13 条"),
    "another hash": (("UPDATE event SET hash = '%s' WHERE seq = 13" % ("0" * 64),), "第 13 条"),
    "first row away": (
        ("DELETE FROM event WHERE seq = 1",),
        "第 2 条（2026-07 第 000002 号，登记）：它前面应是第 1 条",
    ),
    "middle row away": (("DELETE FROM event WHERE seq = 20",), "它前面应是第 20 条"),
    "last row away": (("DELETE FROM event WHERE seq = 34",), "记着最后是第 34 条，实际最后是第 33 条"),
    "all rows away": (("DELETE FROM event",), "记着最后是第 34 条，实际最后是第 0 条"),
    "two swapped": (SWAP, "第 5 条"),
    "head back": (("UPDATE head SET seq = 33",), "记着最后是第 33 条"),
    "head gone": (("DELETE FROM head",), "记着最后是第 0 条"),
    "another head": (("UPDATE head SET hash = '%s'" % ("0" * 64),), "末尾的记录"),
    "no such kind": (("UPDATE event SET kind = 'burnt' WHERE seq = 34",), "第 34 条记录读不懂"),
    "step allowed": (("INSERT INTO step VALUES ('sent', 'destroyed', 'in_transit')",), "步骤表被人改过"),
    "correction allowed": (("INSERT INTO correctable VALUES ('printed')",), "步骤表被人改过"),
    "setting added": (("INSERT INTO meta VALUES ('names', 'x')",), "设置被人改动过：.*names"),
    "name gone": (("DELETE FROM meta WHERE name = 'name'",), "设置被人改动过：.*name"),
    "version": (("UPDATE meta SET value = '1 ' WHERE name = 'version'",), "没有写明版本"),
    "table added": (("CREATE TABLE mine (a TEXT)",), "结构被人改过：.*mine"),
    "index dropped": (("DROP INDEX event_holder",), "结构被人改过：.*index event_holder"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_by_hand_is_found(place: Place, edit: str) -> None:
    statements, found = EDITS[edit]
    if place.settings.url:
        statements = tuple(each.replace("char(10)", "chr(10)") for each in statements)
    with filled(place) as register:
        assert register.verify() == ()
    place.tamper(*statements)
    if edit == "version":
        with pytest.raises(RegisterUnavailable, match=found), place.open():
            pass
        return
    with place.open() as register:
        said = "\n".join(map(str, register.verify()))
    assert re.search(found, said), said


def test_an_edit_that_mends_its_own_hash_is_found_by_the_next(place: Place) -> None:
    with filled(place) as register:
        event = list(register.events())[4]
    mended = hash_of(event_of({**fields_of(event), "route": "自取"}))
    place.tamper(f"UPDATE event SET route = '自取', hash = '{mended}' WHERE seq = 5")
    with place.open() as register:
        said = [str(each) for each in register.verify()]
    assert "第 6 条（2026-07 第 000006 号，登记）：它与前面一条接不上，前面有记录被改过、删过或换过位置" in said


@pytest.mark.parametrize("edit", ["middle row away", "two swapped", "another holder"])
def test_one_edit_gives_few_messages(place: Place, edit: str) -> None:
    """What comes after is judged by what is there: an editor is not shown a thousand lines for one."""
    with filled(place) as register:
        register.record(request("many"), assign(range(100, 400)))
    place.tamper(*EDITS[edit][0])
    with place.open() as register:
        assert 1 <= len(register.verify()) <= 6


@pytest.mark.parametrize("edit", ["last row away", "all rows away", "head back", "head gone", "another head"])
def test_nothing_is_added_to_a_register_whose_end_was_touched(place: Place, edit: str) -> None:
    with filled(place):
        pass
    place.tamper(*EDITS[edit][0])
    with place.open() as register, pytest.raises(RegisterUnavailable, match="末尾被人改动过"):
        register.record(request("x"), assign([500]))


TRIGGERS = ["event_follows", "head_goes_on", "key_not_changed"]


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_trigger_that_is_gone_is_missed(place: Place, trigger: str) -> None:
    with filled(place):
        pass
    table = {"event_follows": "event", "head_goes_on": "head", "key_not_changed": "meta"}[trigger]
    place.sql(f"DROP TRIGGER {trigger} ON {table}" if place.settings.url else f"DROP TRIGGER {trigger}")
    with place.open() as register:
        (said,) = register.verify()
    assert f"trigger {trigger}" in str(said)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE event DISABLE TRIGGER event_kept",
        "ALTER TABLE event ENABLE TRIGGER event_kept",
        "ALTER TABLE event DROP CONSTRAINT two_witnesses",
        "CREATE OR REPLACE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE RULE quietly AS ON INSERT TO event DO INSTEAD NOTHING",
        "ALTER TABLE event ALTER COLUMN note DROP NOT NULL",
    ],
)
def test_a_rule_that_is_loosened_in_postgresql_is_missed(postgresql_place: Place, statement: str) -> None:
    with filled(postgresql_place):
        pass
    postgresql_place.sql(statement)
    with postgresql_place.open() as register:
        (said,) = register.verify()
    assert "结构被人改过" in str(said)


def test_triggers_hold_where_replication_would_turn_them_off(postgresql_place: Place) -> None:
    import psycopg

    with filled(postgresql_place):
        pass
    with pytest.raises(psycopg.Error, match="never changed"):
        postgresql_place.sql("SET session_replication_role TO replica", "DELETE FROM event")


def test_who_rewrites_the_whole_chain_is_found_by_what_was_put_down_elsewhere(place: Place) -> None:
    """Safety, section 6.1: a chain that its owner makes anew holds; the head on paper does not agree with it."""
    with filled(place) as register:
        anchor = register.head()
        early = next(Head(event.seq, event.hash) for event in register.events() if event.seq == 10)
        later = next(Head(event.seq, event.hash) for event in register.events() if event.seq == 3)
        assert register.verify(anchor) == register.verify(early) == ()
        register.record(request("more"), assign([100]))
        assert register.verify(anchor) == ()
        events = list(register.events())
    last, statements = "0" * 64, ["DELETE FROM event"]
    for event in events:
        fields = {**fields_of(event), "previous": last}
        if fields["seq"] == 5:
            fields["route"] = "自取"
        last = hash_of(event_of(fields))
        cells = {**fields, "hash": last, "witnesses": "\n".join(fields["witnesses"])}
        values = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in cells.values())
        statements.append(f"INSERT INTO event ({', '.join(cells)}) VALUES ({values})")
    place.tamper(*statements, f"UPDATE head SET hash = '{last}'")
    with place.open() as register:
        said = register.verify()
        assert [str(each) for each in said if "校验值" in str(each)] == []
        assert register.verify(later) == said
        for put_down in (anchor, early):
            assert f"第 {put_down.seq} 条与留底的校验值不符" in str(register.verify(put_down)[-1])


def test_a_register_that_was_cut_short_with_its_head_is_found_by_the_anchor(place: Place) -> None:
    with filled(place) as register:
        anchor = register.head()
        before = list(register.events())[-2]
    place.tamper("DELETE FROM event WHERE seq = 34", f"UPDATE head SET seq = 33, hash = '{before.hash}'")
    with place.open() as register:
        assert register.verify() == ()
        assert "留底的是第 34 条，登记册只到第 33 条" in str(register.verify(anchor)[-1])


ANCHORS = {
    "as it stands": (lambda head: head, ""),
    "eight digits": (lambda head: Head(head.seq, head.hash[:8]), ""),
    "sixteen digits": (lambda head: Head(head.seq, head.hash[:16]), ""),
    "before the first": (lambda _: Head(0, "0" * 8), ""),
    "seven digits": (lambda head: Head(head.seq, head.hash[:7]), "写得不对：应是 0－9、a－f，至少 8 位"),
    "no digits": (lambda head: Head(head.seq, ""), "写得不对"),
    "no such digits": (lambda head: Head(head.seq, "校验值" * 4), "“校验值校验值校验值校验值”写得不对"),
    "the last digit": (lambda head: Head(head.seq, head.hash[:63] + "0123"["012".find(head.hash[63]) + 1]), "不符"),
    "another event": (lambda head: Head(head.seq - 1, head.hash), "第 33 条与留底的校验值不符"),
    "an event to come": (lambda head: Head(35, head.hash), "留底的是第 35 条，登记册只到第 34 条"),
}


@pytest.mark.parametrize("case", ANCHORS)
def test_what_was_put_down_elsewhere_may_be_cut_short(sqlite_place: Place, case: str) -> None:
    """A form has room for a few digits of the hash."""
    anchor, why = ANCHORS[case]
    with filled(sqlite_place) as register:
        said = register.verify(anchor(register.head()))
        assert len(said) == bool(why)
        assert why in "".join(map(str, said))


def test_who_gives_the_register_another_name_is_found_when_it_is_opened(place: Place) -> None:
    own = replace(place, settings=replace(place.settings, name="工作动态"))
    with filled(own):
        pass
    own.tamper("UPDATE meta SET value = '老干部通讯' WHERE name = 'name'")
    with pytest.raises(UsageError, match="这本登记册是“老干部通讯”的"), own.open():
        pass


def test_an_event_that_another_program_adds_is_found(place: Place) -> None:
    """Rightly chained, past no trigger: yet not recorded by a request, for the head does not know it."""
    with filled(place) as register:
        head = register.head()
        event = register.history("2026-07", 7)[-1]
    fields = fields_of(event)
    fields |= {
        "seq": 35,
        "step": 3,
        "kind": "lost",
        "note": "x",
        "state": "lost",
        "file": "",
        "marks": "",
        "request": "y",
    }
    fields |= {"previous": head.hash}
    cells = {**fields, "hash": hash_of(event_of(fields)), "witnesses": ""}
    values = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in cells.values())
    place.sql(f"INSERT INTO event ({', '.join(cells)}) VALUES ({values})")
    with place.open() as register:
        assert ["实际最后是第 35 条" in str(each) for each in register.verify()] == [True]
        with pytest.raises(RegisterUnavailable, match="末尾被人改动过"):
            register.record(request("x"), assign([500]))


def _script() -> str:
    """The program that the documentation of the chain gives."""
    lines = (chain.__doc__ or "").splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))


@pytest.mark.parametrize("spoil", [None, lambda text: text.replace("甲局", "乙局", 1)])
def test_an_export_is_checked_without_this_program(place: Place, spoil: Callable[[str], str] | None) -> None:
    with filled(place) as register:
        text = export_register(register).decode()
        head = register.head()
    given = spoil(text) if spoil else text
    done = subprocess.run([sys.executable, "-c", _script()], input=given, capture_output=True, text=True, check=False)
    if spoil:
        assert "AssertionError: 1" in done.stderr
    else:
        assert done.stdout.split() == ["34", head.hash, "0", "0" * 64]


def test_a_hash_is_what_the_documentation_says() -> None:
    """A known answer: the form may never change."""
    fields = {
        **{"seq": 1, "step": 1, "number": 127, "piece": 0, "request": "r-1", "actor": "李晶鑫", "day": "2026-07-23"},
        **{"at": "2026-07-23T09:30:00+08:00", "issue": "2026-07", "kind": "assigned", "holder": '甲“局"'},
        **{"state": "assigned", "previous": "0" * 64},
    }
    form = (
        '{"actor":"李晶鑫","at":"2026-07-23T09:30:00+08:00","day":"2026-07-23","holder":"甲“局\\"","issue":"2026-07",'
        '"kind":"assigned","number":127,"piece":0,"request":"r-1","seq":1,"state":"assigned","step":1}'
    )
    said = {name: value for name, value in fields.items() if name != "previous"}
    assert chain.canonical(said) == form
    assert json.loads(form) == said
    assert hash_of(event_of(fields)) == "78b3f754204ec74ee46197cac721b5d55768d2fc90f6084090e9688aab622e8b"


def test_a_history_has_one_chain(place: Place) -> None:
    """Two registers with the same history have the same chain, whatever database holds them."""
    with place.open() as register:
        register.record(request("a"), assign([1]))
        register.record(request("b"), printing([1]))
        assert register.head().hash == "e577873ec08249474d89d29ad4c5a885f8273a4bf6cf17be9d49834018802d1a"
