"""A register goes out as lines and comes back the same, into either database; what is not whole does not come in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.model.errors import RegisterRefused, UsageError
from bulletin.model.register import RegisterSettings
from bulletin.register import export_register, exporting, import_register
from bulletin.register.store import add_events
from tests.registers import AT, Place, assign, filled, request


def brought_in(place: Place, lines: bytes) -> int:
    return import_register(place.root, place.settings, lines, at=AT).copies.seq


@pytest.fixture
def other(request: pytest.FixtureRequest, server, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A second place, in the database that the parameter names."""
    root = tmp_path_factory.mktemp("other")
    url = server.new_database("other") if request.param == "postgresql" else ""
    return Place(root, RegisterSettings(url))


@pytest.mark.parametrize("other", ["sqlite", "postgresql"], indirect=True)
def test_out_and_in_and_out_again_is_the_same(place: Place, other: Place) -> None:
    with filled(place) as register:
        register.check_key(b"0123456789abcdef")
        lines, events, copies = export_register(register), tuple(register.events()), register.copies()
    assert brought_in(other, lines) == 34
    with other.open(create=False) as register:
        assert export_register(register) == lines
        assert tuple(register.events()) == events
        assert register.copies() == copies
        assert register.head().seq == 34
        assert register.check_key(b"") == b"0123456789abcdef"
        assert register.verify() == ()
        register.record(request("goes on"), assign([50]))
        assert register.verify() == ()


def test_lines_are_what_anybody_can_read(sqlite_place: Place) -> None:
    with filled(sqlite_place) as register:
        heading, *lines = export_register(register).decode().splitlines()
        assert json.loads(heading) == {
            "format": "bulletin copy register 1",
            "events": 34,
            "head": register.head().hash,
        }
    assert json.loads(lines[-1])["witnesses"] == ["张三", "李四"]
    assert json.loads(lines[0])["holder"] == "甲局"
    assert "甲局" in lines[0]


def test_an_empty_register_goes_out_and_in(place: Place, tmp_path: Path) -> None:
    with place.open() as register:
        lines = export_register(register)
    elsewhere = Place(tmp_path / "elsewhere", RegisterSettings())
    elsewhere.root.mkdir()
    assert brought_in(elsewhere, lines) == 0
    with elsewhere.open() as register:
        assert export_register(register) == lines


def test_the_name_goes_out_and_in(place: Place, tmp_path: Path) -> None:
    own = replace(place, settings=replace(place.settings, name="工作动态"))
    with filled(own) as register:
        lines = export_register(register)
    assert json.loads(lines.splitlines()[0])["name"] == "工作动态"
    elsewhere = Place(tmp_path / "elsewhere", RegisterSettings(name="工作动态"))
    elsewhere.root.mkdir()
    assert brought_in(elsewhere, lines) == 34
    with elsewhere.open() as register:
        assert register.name == "工作动态"
        assert export_register(register) == lines
    another = Place(tmp_path / "another", RegisterSettings(name="老干部通讯"))
    another.root.mkdir()
    with pytest.raises(UsageError, match="是“工作动态”的，不是“老干部通讯”的"):
        brought_in(another, lines)
    assert not another.file.parent.exists()


def test_what_the_database_refuses_leaves_no_register(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty one would take new numbers, where there was one with many."""
    source = Place(place.root / "source", RegisterSettings())
    source.root.mkdir()
    with filled(source) as register:
        lines = export_register(register)
    with monkeypatch.context() as patch:
        patch.setattr(exporting, "add_events", lambda store, events: add_events(store, events[:-1] + events[:1]))
        with pytest.raises(RegisterRefused, match="登记册拒绝了"):
            brought_in(place, lines)
    with pytest.raises(UsageError, match="还没有登记册"), place.open(create=False):
        pass
    assert brought_in(place, lines) == 34


def test_in_twice_is_once(place: Place, tmp_path: Path) -> None:
    source = Place(tmp_path / "source", RegisterSettings())
    source.root.mkdir()
    with filled(source) as register:
        lines = export_register(register)
    assert brought_in(place, lines) == brought_in(place, lines) == 34
    with place.open() as register:
        assert register.head().seq == 34
        register.record(request("more"), assign([77]))
    with pytest.raises(RegisterRefused, match="只能导入到空的登记册"):
        brought_in(place, lines)


def test_a_register_with_a_key_is_not_empty(sqlite_place: Place, tmp_path: Path) -> None:
    """Codes that were printed with the key could not be checked any more."""
    source = Place(tmp_path / "source", sqlite_place.settings)
    source.root.mkdir()
    with filled(source) as register:
        lines = export_register(register)
    with sqlite_place.open() as register:
        register.check_key(b"0123456789abcdef")
    with pytest.raises(RegisterRefused, match="只能导入到空的登记册"):
        brought_in(sqlite_place, lines)


def _without(lines: list[bytes], index: int) -> list[bytes]:
    return [line for place, line in enumerate(lines) if place != index]


def _swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[4], lines[3], *lines[5:]]


SPOILT = {
    "nothing": (lambda lines: lines[:0], "第 1 行应说明"),
    "no heading": (lambda lines: lines[1:], "第 1 行应说明"),
    "another format": (lambda lines: [lines[0].replace(b"register 1", b"register 3"), *lines[1:]], "第 1 行应说明"),
    "heading alone": (lambda lines: lines[:1], "末尾的记录"),
    "last line away": (lambda lines: lines[:-1], "末尾的记录"),
    "middle line away": (lambda lines: _without(lines, 5), "那一条不见了"),
    "first event away": (lambda lines: _without(lines, 1), "那一条不见了"),
    "two swapped": (_swapped, "那一条不见了"),
    "a line twice": (lambda lines: [*lines[:5], lines[4], *lines[5:]], "那一条不见了"),
    "half a line": (lambda lines: [*lines[:-1], lines[-1][:40]], "第 35 行读不懂"),
    "no object": (lambda lines: [*lines, b"[1]"], "第 36 行读不懂"),
    "not text": (lambda lines: [*lines, b"\xff\xfe"], "第 36 行读不懂"),
    "too deep": (lambda lines: [*lines, b"[" * 100_000], "第 36 行读不懂"),
    "unknown field": (lambda lines: [*lines[:-1], lines[-1].replace(b'{"actor"', b'{"x":"1","actor"')], "不认识的内容"),
    "another holder": (lambda lines: [lines[0], lines[1].replace("甲".encode(), "乙".encode()), *lines[2:]], "第 1 条"),
    "a number as text": (lambda lines: [*lines[:-1], lines[-1].replace(b'"seq":34', b'"seq":"34"')], "读不懂（seq）"),
    "no such kind": (lambda lines: [*lines[:-1], lines[-1].replace(b"destroyed", b"burnt")], "读不懂"),
    "bad key": (lambda lines: [lines[0].replace(b"{", b'{"check_key":"xyz",', 1), *lines[1:]], "第 1 行写得不对"),
    "odd name": (lambda lines: [lines[0].replace(b"{", b'{"name":7,', 1), *lines[1:]], "第 1 行写得不对"),
    "odd heading": (lambda lines: [lines[0].replace(b"{", b'{"x":1,', 1), *lines[1:]], "第 1 行应说明"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_not_whole_does_not_come_in(sqlite_place: Place, tmp_path: Path, case: str) -> None:
    spoil, why = SPOILT[case]
    source = Place(tmp_path / "source", sqlite_place.settings)
    source.root.mkdir()
    with filled(source) as register:
        lines = export_register(register).splitlines()
    with pytest.raises(RegisterRefused, match=why):
        brought_in(sqlite_place, b"".join(line + b"\n" for line in spoil(lines)))
    assert not sqlite_place.file.exists()
