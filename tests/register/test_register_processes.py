"""Several processes at once: no number twice, none left out, no request counted twice."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bulletin.register import store
from tests.registers import REPOSITORY, Place, act, assign, child, request


def at_once(commands: Sequence[list[str]]) -> list[tuple[int, str]]:
    """Runs the commands side by side; the exit code of each, and what it said."""
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=REPOSITORY)
        for command in commands
    ]
    said = [process.communicate()[0] for process in running]
    return list(zip((process.returncode for process in running), said, strict=True))


def test_twelve_take_numbers_where_there_is_no_register_yet(place: Place) -> None:
    """Each takes the next free numbers, three times five; who was too late tries again."""
    assert at_once([child(place, "queue", f"第{name}处") for name in range(12)]) == [(0, "")] * 12
    with place.open() as register:
        copies = register.copies()
        assert [each.number for each in copies] == list(range(1, 181))
        assert Counter(each.holder for each in copies) == {f"第{name}处": 15 for name in range(12)}
        assert register.verify() == ()


def test_two_assign_the_same_numbers(place: Place) -> None:
    """One of them gets all of them, the other none and a word why."""
    ended = at_once([child(place, "assign", "1-340"), child(place, "assign", "300-500")])
    assert sorted(code for code, _ in ended) == [0, 3]
    (said,) = (text for code, text in ended if code)
    assert said.startswith(
        "RegisterRefused|没有登记，登记册没有改动：2026-07 第 000300－000340 号：现在“待印”，不能“登记”"
    )
    with place.open() as register:
        assert len(register.copies()) in (340, 201)
        assert register.head().seq == len(register.copies())
        assert register.verify() == ()


def test_two_print_the_same_numbers(place: Place) -> None:
    with place.open() as register:
        register.record(request("a"), assign(range(1, 41)))
    ended = at_once([child(place, "print", "1-30"), child(place, "print", "20-40")])
    assert sorted(code for code, _ in ended) == [0, 3]
    with place.open() as register:
        assert {each.piece for each in register.copies()} == {0, 1}
        assert register.verify() == ()


def test_a_request_that_three_send_is_counted_once(place: Place) -> None:
    assert at_once([child(place, "assign", "1-40")] * 3) == [(0, "")] * 3
    with place.open() as register:
        assert register.head().seq == 40
        assert register.verify() == ()
    assert act(str(place.root), place.settings.url, "assign", "1-40") == 0


def test_several_bring_a_register_up_to_date_at_once(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.open() as register:
        register.record(request("a"), assign(range(1, 41)))
    schema = tmp_path / "schema"
    shutil.copytree(store.SCHEMA, schema)
    for dialect in ("sqlite", "postgresql"):
        (schema / dialect / "0003.sql").write_text("ALTER TABLE event ADD COLUMN approved TEXT NOT NULL DEFAULT '';\n")
    assert at_once([child(place, "migrate", str(schema))] * 4) == [(0, "")] * 4
    assert len(list(place.root.glob("registers/copies-*"))) == 1
    monkeypatch.setattr(store, "SCHEMA", schema)
    with place.open() as register:
        assert register.head().seq == 40
        assert register.verify() == ()


def test_readers_see_a_whole_register_while_others_write(place: Place) -> None:
    """`verify` and an export are of one moment."""
    with place.open() as register:
        register.record(request("a"), assign(range(1, 5)))
        with subprocess.Popen(child(place, "loop"), stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as loop:
            assert loop.stdout
            seen = []
            for _, line in zip(range(10), loop.stdout, strict=False):
                assert register.verify() == ()
                seen.append(register.lines().count(b"\n") - 1)
                assert seen[-1] >= int(line) + 1
            loop.kill()
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
