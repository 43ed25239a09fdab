"""The log of publication: what is recorded, what is refused, in both databases; and registers of before there was one."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bulletin.model.errors import RegisterRefused, RegisterUnavailable
from bulletin.model.publication_log import Act, Entry, periods, shown_on
from bulletin.model.register import FIRST, Head, Heads, RegisterSettings
from bulletin.model.release import PublishedArticle
from bulletin.register import export_register, import_register, store
from bulletin.register.publications import store as log_store
from tests.publications import LOGGED, SUM, article, entry, logged
from tests.registers import AT, Place, assign, filled, request

OLD = Path(__file__).parent / "old"


def test_what_is_recorded_comes_back(place: Place) -> None:
    with logged(place) as register:
        log = register.publications
        events = log.events()
        assert [each.seq for each in events] == list(range(1, LOGGED + 1))
        assert [each.entry.act for each in log.events("内网")] == [Act.PUBLISHED, Act.ROLLED_BACK]
        assert log.events("手机报") == ()
        assert log.head() == Head(LOGGED, events[-1].hash)
        assert register.head() == FIRST, "the chain of the copies is another"
        assert register.heads() == Heads(FIRST, log.head())
        assert register.verify() == ()
        assert {*shown_on(events, "官网")} == {"2026/07/01"}
        assert [each.note for each in periods(events) if each.ended is Act.WITHDRAWN] == ["数字有误"]
    with place.open(create=False) as register:
        assert register.publications.events() == events
    copy = events[0].entry.put_up[0]
    assert copy == article(1)


def test_a_register_of_copies_and_publications(place: Place) -> None:
    """The two do not touch each other: anchors of the copies stay."""
    with filled(place) as register:
        anchor = register.head()
        with logged(place):
            assert register.head() == anchor
        register.record(request("more"), assign([90]))
        assert register.holds(anchor)
        assert register.heads() == Heads(register.head(), register.publications.head())
        assert register.verify(anchor, register.publications.head()) == ()


def test_an_empty_log(place: Place) -> None:
    with place.open() as register:
        log = register.publications
        assert (log.events(), log.head(), log.record(request("nothing"), [])) == ((), FIRST, ())
        assert log.clock_behind(AT) == ""
        assert register.verify(None, FIRST) == ()


def test_texts_are_kept_whatever_they_say(place: Place) -> None:
    """Quotes, percent signs, rare characters; NFC and no blanks about them."""
    odd = PublishedArticle(" 2026/07/01 ", "O'Neil “100%” ? %s \\ \" 𠮷 e\u0301", "", "", "")
    with place.open() as register:
        (event,) = register.publications.record(
            request(" ? "), [entry(Act.PUBLISHED, 1, " e\u0301 ", " [1] ", put_up=(odd,))]
        )
        assert event.entry.target == "é"
        assert event.entry.note == "[1]"
        assert event.entry.put_up[0] == PublishedArticle("2026/07/01", "O'Neil “100%” ? %s \\ \" 𠮷 é")
        assert register.publications.events() == (event,)
        assert register.verify() == ()


def test_a_request_that_is_sent_again_is_counted_once(place: Place) -> None:
    said = [entry(Act.WITHDRAWN, 2, note=" 错 ", taken_off=(article(1),)), entry(Act.PUBLISHED, 2)]
    with place.open() as register:
        first = register.publications.record(request("a"), said)
        assert register.publications.record(request("a", at="2026-07-24T00:00:00+08:00"), said) == first
        assert len(register.publications.events()) == 2
        for other in (said[:1], said[::-1], [*said, said[1]], [said[0], entry(Act.PUBLISHED, 3)]):
            with pytest.raises(RegisterRefused, match="请求“a”已经记过别的事"):
                register.publications.record(request("a"), other)
        with pytest.raises(RegisterRefused, match="请求“a”已经记过别的事"):
            register.publications.record(request("a", actor="罗钰"), said)
        assert len(register.publications.events()) == 2


REFUSED: dict[str, tuple[Entry, str]] = {
    "no target": (entry(Act.PUBLISHED, 1, " "), "没有写发布目标"),
    "no release": (replace(entry(Act.PUBLISHED, 1), release=""), "“发布”要写明是哪一版"),
    "nothing removed": (replace(entry(Act.REMOVED, 1), release=""), "“清除旧版”要写明是哪一版"),
    "no manifest": (replace(entry(Act.ROLLED_BACK, 1), manifest=""), "“回退”要写明清单的 SHA-256"),
    "no sum": (replace(entry(Act.FOUND, 1), manifest="ab12"), "“补记”要写明清单的 SHA-256"),
    "no reason": (entry(Act.WITHDRAWN, 1, note=" ", taken_off=(article(1),)), "“撤稿”要写明原因"),
    "nothing withdrawn": (entry(Act.WITHDRAWN, 1, note="错"), "“撤稿”要写明撤下哪些文章"),
    "withdrawal puts up": (
        entry(Act.WITHDRAWN, 1, note="错", taken_off=(article(1),), put_up=(article(2),)),
        "“撤稿”不能新上文章",
    ),
    "removal takes off": (entry(Act.REMOVED, 1, taken_off=(article(1),)), "不涉及正在公开的文章"),
    "no address": (entry(Act.PUBLISHED, 1, put_up=(PublishedArticle(" ", "无网址"),)), "没有写网址"),
    "twice": (entry(Act.PUBLISHED, 1, put_up=(article(1), article(1, "b"))), "同一篇文章写了两遍"),
    "line break": (entry(Act.PUBLISHED, 1, note="一\n二"), "控制字符"),
    "long title": (entry(Act.PUBLISHED, 1, put_up=(replace(article(1), title="长" * 2001),)), "文字太长"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_incomplete_is_refused(sqlite_place: Place, case: str) -> None:
    """All or none: the right entry beside it is not recorded either."""
    wrong, why = REFUSED[case]
    with sqlite_place.open() as register:
        with pytest.raises(RegisterRefused, match=f"没有登记，登记册没有改动：.*{why}"):
            register.publications.record(request("a"), [entry(Act.PUBLISHED, 9), wrong])
        assert register.publications.events() == ()


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("id", " ", "没有请求编号"),
        ("actor", "", "没有写经手人"),
        ("day", "昨天", "日期“昨天”"),
        ("at", "", "记录时间“”"),
    ],
)
def test_who_and_when_are_said(sqlite_place: Place, field: str, value: str, why: str) -> None:
    with sqlite_place.open() as register, pytest.raises(RegisterRefused, match=why):
        register.publications.record(replace(request("a"), **{field: value}), [entry(Act.PUBLISHED, 1)])


def test_less_is_wanted_of_what_was_only_seen(place: Place) -> None:
    """The first switch failed: nothing is live again. Files for pasting have no release."""
    with place.open() as register:
        register.publications.record(
            request("a"),
            [
                *(Entry(Act.RESTORED, "官网", ""), Entry(Act.FOUND, "官网", "", SUM)),
                Entry(Act.HANDED_OVER, "交接", "", put_up=(article(1),)),
            ],
        )
        assert register.verify() == ()


ROW = {
    **{"seq": 8, "request": "x", "actor": "乙", "day": "2026-07-24", "at": AT, "act": "published", "target": "官网"},
    **{"release": "00004-3f9a2c1b", "manifest": SUM, "note": "", "put_up": "[]", "taken_off": "[]", "hash": "0" * 64},
}
ROWS: dict[str, dict[str, object]] = {
    "seq left out": {"seq": 9},
    "seq again": {"seq": 7},
    "another previous": {"previous": "0" * 64},
    "no request": {"request": ""},
    "no actor": {"actor": ""},
    "no day": {"day": "24 July"},
    "no moment": {"at": ""},
    "no act": {"act": ""},
    "no target": {"target": ""},
    "no release": {"release": ""},
    "manifest": {"manifest": "ab"},
    "no manifest": {"manifest": ""},
    "no list": {"put_up": ""},
    "no reason": {"act": "withdrawn", "taken_off": '[{"path":"1"}]'},
    "nothing withdrawn": {"act": "withdrawn", "note": "x"},
    "removal puts up": {"act": "removed", "put_up": '[{"path":"1"}]'},
    "hash": {"hash": "xyz"},
}


def insertion(place: Place, changed: dict[str, object]) -> str:
    ((last,),) = place.sql("SELECT hash FROM publication WHERE seq = 7")
    row = {"previous": last, **ROW, **changed}
    values = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in row.values())
    return f"INSERT INTO publication ({', '.join(row)}) VALUES ({values})"


@pytest.mark.parametrize("case", ROWS)
def test_the_database_itself_refuses(place: Place, case: str) -> None:
    with logged(place):
        pass
    with pytest.raises((sqlite3.IntegrityError, psycopg.Error)):
        place.sql(insertion(place, ROWS[case]))
    place.sql(insertion(place, {}))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE publication SET note = 'x' WHERE seq = 1",
        "DELETE FROM publication WHERE seq = 7",
        "DELETE FROM publication_head",
        "UPDATE publication_head SET seq = 3",
        "UPDATE publication_head SET seq = 8",
    ],
)
def test_other_programs_cannot_change_what_is_recorded(place: Place, statement: str) -> None:
    with logged(place):
        pass
    with pytest.raises((sqlite3.IntegrityError, psycopg.Error)):
        place.sql(statement)
    with place.open() as register:
        assert register.verify() == ()


@pytest.mark.parametrize(
    ("said", "behind"),
    [("2026-07-23T09:29:59+08:00", True), (AT, False), ("2026-07-23T02:00:00+00:00", False)],
)
def test_a_clock_that_was_set_back_is_told_not_refused(sqlite_place: Place, said: str, behind: bool) -> None:
    with sqlite_place.open() as register:
        log = register.publications
        log.record(request("a"), [entry(Act.PUBLISHED, 1)])
        assert log.clock_behind(said) == (AT if behind else "")
        log.record(request("b", at=said), [entry(Act.PUBLISHED, 2)])
        assert [each.request.at for each in log.events()] == [AT, said]
        assert register.verify() == ()


def test_what_is_asked_for_is_found_by_an_index(sqlite_place: Place) -> None:
    with logged(sqlite_place):
        pass
    for condition in ("target = '官网'", "request = 'p1'", "seq = (SELECT max(seq) FROM publication)"):
        plan = sqlite_place.sql(f"EXPLAIN QUERY PLAN SELECT * FROM publication WHERE {condition} ORDER BY seq")
        assert not [row for row in plan if row[3].startswith("SCAN")], condition


def test_a_log_is_read_page_by_page(sqlite_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_store, "_PAGE", 2)
    with logged(sqlite_place) as register:
        assert [each.seq for each in register.publications.events()] == list(range(1, LOGGED + 1))
        assert register.verify() == ()


# Out and in again


@pytest.fixture
def other(tmp_path: Path) -> Place:
    root = tmp_path / "other"
    root.mkdir()
    return Place(root, RegisterSettings())


def test_out_and_in_and_out_again_is_the_same(place: Place, other: Place) -> None:
    with filled(place) as register, logged(place):
        lines, heads = export_register(register), register.heads()
        events = register.publications.events()
    heading, *records = lines.decode().splitlines()
    assert json.loads(heading) == {
        **{"format": "bulletin copy register 2", "events": 34, "head": heads.copies.hash},
        **{"publications": LOGGED, "publications_head": heads.publications.hash},
    }
    assert json.loads(records[34])["put_up"][0] == {
        **{"path": "2026/07/01", "title": "关于“1”的通知", "digest": f"sha256:{'a' * 64}"},
        **{"cleared_by": "杨红", "cleared_at": "2026-07-22T16:00:00+08:00"},
    }
    assert import_register(other.root, other.settings, lines, at=AT) == heads
    assert import_register(other.root, other.settings, lines, at=AT) == heads, "twice is once"
    with other.open(create=False) as register:
        assert export_register(register) == lines
        assert register.publications.events() == events
        assert register.verify() == ()
        register.publications.record(request("on"), [entry(Act.PUBLISHED, 9)])
        assert register.verify() == ()
    with pytest.raises(RegisterRefused, match="只能导入到空的登记册"):
        import_register(other.root, other.settings, lines, at=AT)


def test_a_log_alone_goes_out_and_in(place: Place, other: Place) -> None:
    """A bureau that publishes and numbers no copies."""
    with logged(place) as register:
        lines = export_register(register)
    assert import_register(other.root, other.settings, lines, at=AT).publications.seq == LOGGED
    with other.open(create=False) as register:
        assert export_register(register) == lines


def test_copies_do_not_come_in_over_a_log(place: Place, other: Place) -> None:
    with filled(other) as register:
        lines = export_register(register)
    with logged(place):
        pass
    with pytest.raises(RegisterRefused, match="只能导入到空的登记册"):
        import_register(place.root, place.settings, lines, at=AT)


SPOILT = {
    "last line away": (lambda lines: lines[:-1], "发布记录记着最后是第 7 条，实际最后是第 6 条"),
    "all away": (lambda lines: lines[:-LOGGED], "发布记录记着最后是第 7 条，实际最后是第 0 条"),
    "middle line away": (lambda lines: [*lines[:-3], *lines[-2:]], "那一条不见了"),
    "an event of the copies away": (lambda lines: [lines[0], *lines[2:]], "第 35 行有不认识的内容"),
    "another title": (lambda lines: [*lines[:-1], lines[-1].replace("通知".encode(), "报告".encode())], "第 7 条"),
    "first chain alone": (lambda lines: [lines[0].replace(b"register 2", b"register 1"), *lines[1:]], "应说明这是"),
    "count as text": (lambda lines: [lines[0].replace(b":7,", b':"7",'), *lines[1:]], "第 1 行写得不对"),
    "no such count": (lambda lines: [lines[0].replace(b":34,", b":-1,"), *lines[1:]], "第 1 行写得不对"),
    "an article that says more": (
        lambda lines: [*lines[:-1], lines[-1].replace(b'"path"', b'"x":"1","path"')],
        "读不懂",
    ),
    "an empty field": (lambda lines: [*lines[:-1], lines[-1].replace(b'"path"', b'"x":"","path"')], "读不懂"),
    "articles as text": (lambda lines: [*lines[:-1], lines[-1].replace(b"[", b'"[').replace(b"]", b']"')], "读不懂"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_not_whole_does_not_come_in(sqlite_place: Place, other: Place, case: str) -> None:
    spoil, why = SPOILT[case]
    with filled(other) as register, logged(other):
        lines = export_register(register).splitlines()
    with pytest.raises(RegisterRefused, match=why):
        import_register(
            sqlite_place.root, sqlite_place.settings, b"".join(line + b"\n" for line in spoil(lines)), at=AT
        )
    assert not sqlite_place.file.exists()


# Registers of before there was a log, made by the program of then


@pytest.fixture
def old(tmp_path: Path) -> Place:
    """A register in SQLite of version 1: 34 events, and a key."""
    root = tmp_path / "old"
    (root / "registers").mkdir(parents=True)
    shutil.copy(OLD / "version-1.sqlite", root / "registers/copies.sqlite")
    return Place(root, RegisterSettings())


def test_an_old_register_comes_up_to_date_without_loss(old: Place) -> None:
    before = old.file.read_bytes()
    lines = (OLD / "version-1.jsonl").read_bytes()
    with old.open(create=False) as register:
        assert export_register(register) == lines
        assert register.check_key() == b"0123456789abcdef"
        assert register.verify() == ()
        with logged(old):
            assert register.head().seq == 34
        assert register.verify() == ()
    (backup,) = old.root.glob("registers/copies-1-*.sqlite")
    with sqlite3.connect(backup) as kept, sqlite3.connect(OLD / "version-1.sqlite") as given:
        assert list(kept.iterdump()) == list(given.iterdump())
    assert before == (OLD / "version-1.sqlite").read_bytes()
    fresh = Place(old.root / "fresh", RegisterSettings())
    fresh.root.mkdir()
    with fresh.open() as register:
        meant = register._store.schema()
    with old.open() as register:
        assert register._store.schema() == meant


def test_an_old_register_in_postgresql_comes_up_to_date(
    postgresql_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "schema"
    for dialect in ("sqlite", "postgresql"):
        (first / dialect).mkdir(parents=True)
        shutil.copy(store.SCHEMA / dialect / "0001.sql", first / dialect)
    lines = (OLD / "version-1.jsonl").read_bytes()
    place = postgresql_place
    with monkeypatch.context() as patch:
        patch.setattr(store, "SCHEMA", first)
        import_register(place.root, place.settings, lines, at=AT)
        assert place.sql("SELECT count(*) FROM pg_tables WHERE tablename = 'publication'") == [(0,)]
    with place.open(create=False) as register:
        assert export_register(register) == lines
        with logged(place):
            assert register.verify() == ()
    (backup,) = place.root.glob("registers/copies-1-*.jsonl")
    assert backup.read_bytes() == lines


def test_an_old_export_comes_in(place: Place) -> None:
    lines = (OLD / "version-1.jsonl").read_bytes()
    assert import_register(place.root, place.settings, lines, at=AT).copies.seq == 34
    with place.open(create=False) as register:
        assert export_register(register) == lines, "an older program can still take it in"
        assert register.verify() == ()


def test_an_old_register_that_was_touched_stays_as_it_is(old: Place) -> None:
    old.tamper("UPDATE event SET holder = '乙局' WHERE seq = 5")
    with pytest.raises(RegisterUnavailable, match="没有升级：第 5 条"), old.open():
        pass
    assert old.sql("SELECT value FROM meta WHERE name = 'version'") == [("1",)]
    assert not [*old.root.glob("registers/copies-*")]


def test_a_backup_of_a_later_migration_holds_the_log(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: Place
) -> None:
    """And a log that was touched is not brought up to date."""
    schema = tmp_path / "schema"
    shutil.copytree(store.SCHEMA, schema)
    for dialect in ("sqlite", "postgresql"):
        (schema / dialect / "0003.sql").write_text("CREATE INDEX publication_day ON publication (day);\n")
    with filled(place) as register, logged(place):
        lines = export_register(register)
    with monkeypatch.context() as patch:
        patch.setattr(store, "SCHEMA", schema)
        with place.open():
            pass
    (backup,) = place.root.glob("registers/copies-2-*")
    if place.settings.url:
        assert backup.read_bytes() == lines
        return
    other.file.parent.mkdir()
    shutil.copy(backup, other.file)
    with other.open(create=False) as register:
        assert export_register(register) == lines
    other.tamper("UPDATE publication SET note = '改过' WHERE seq = 2")
    with monkeypatch.context() as patch:
        patch.setattr(store, "SCHEMA", schema)
        with pytest.raises(RegisterUnavailable, match="没有升级：发布记录第 2 条"), other.open():
            pass


# Several at once


def test_two_that_publish_at_once_are_recorded_one_after_the_other(place: Place) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.registers import Place, request\n"
        "from bulletin.model.register import RegisterSettings; from tests.publications import *\n"
        "with Place(Path(sys.argv[1]), RegisterSettings(sys.argv[2])).open() as register:\n"
        "    for turn in range(8):\n"
        "        said = [entry(Act.PUBLISHED, turn + 1, sys.argv[3], put_up=(article(turn + 1),))]\n"
        "        register.publications.record(request(f'{sys.argv[3]} {turn}'), said)\n"
    )
    command = [sys.executable, "-c", script, str(place.root), place.settings.url]
    running = [subprocess.Popen([*command, name]) for name in ("官网", "内网", "镜像")]
    assert [each.wait() for each in running] == [0, 0, 0]
    with place.open(create=False) as register:
        log = register.publications
        assert [each.seq for each in log.events()] == list(range(1, 25))
        assert all(len(shown_on(log.events(), name)) == 8 for name in ("官网", "内网", "镜像"))
        assert register.verify() == ()
