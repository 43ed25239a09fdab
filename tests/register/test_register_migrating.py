"""A register that an older program made is brought up to date, after a backup; one of a newer program is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.model.errors import RegisterUnavailable
from bulletin.model.register import RegisterSettings
from bulletin.register import export_register, import_register, store
from tests.registers import AT, Place, assign, filled, request

NEXT = "ALTER TABLE event ADD COLUMN approved TEXT NOT NULL DEFAULT '';\nCREATE INDEX event_day ON event (day);\n"


@pytest.fixture
def next_schema(tmp_path: Path) -> Path:
    """The scripts of a program that knows a further version of the schema."""
    folder = tmp_path / "schema"
    shutil.copytree(store.SCHEMA, folder)
    for dialect in ("sqlite", "postgresql"):
        (folder / dialect / "0003.sql").write_text(NEXT)
    return folder


def backups(place: Place) -> list[Path]:
    return sorted(place.root.glob("registers/copies-*"))


def test_an_older_register_is_brought_up_to_date(
    place: Place, next_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(place) as register:
        register.check_key(b"0123456789abcdef")
        before = export_register(register)
    monkeypatch.setattr(store, "SCHEMA", next_schema)
    with place.open() as register:
        assert export_register(register) == before
        assert register.verify() == ()
        register.record(request("new"), assign([90]))
        assert register.verify() == ()
    assert place.sql("SELECT approved FROM event WHERE seq = 1") == [("",)]
    assert place.sql("SELECT value FROM meta WHERE name = 'version'") == [("3",)]
    (backup,) = backups(place)
    assert backup.name == f"copies-2-202607230930000800{'.jsonl' if place.settings.url else '.sqlite'}"
    assert backup.stat().st_mode & 0o777 == 0o600
    with place.open():
        pass
    assert backups(place) == [backup]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_backup_is_the_register_as_it_was(
    kind: str, next_schema: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The drill: the older program goes on from the backup."""
    place = request.getfixturevalue(f"{kind}_place")
    with filled(place) as register:
        register.check_key(b"0123456789abcdef")
        before = export_register(register)
    with monkeypatch.context() as patch:
        patch.setattr(store, "SCHEMA", next_schema)
        with place.open():
            pass
    (backup,) = backups(place)
    restored = Place(tmp_path / "restored", RegisterSettings())
    restored.file.parent.mkdir(parents=True)
    if kind == "sqlite":
        shutil.copy(backup, restored.file)
    else:
        import_register(restored.root, restored.settings, backup.read_bytes(), at=AT)
    with restored.open(create=False) as register:
        assert export_register(register) == before
        assert register.verify() == ()


def test_a_touched_register_is_not_brought_up_to_date(
    place: Place, next_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(place):
        pass
    place.tamper("UPDATE event SET holder = '乙局' WHERE seq = 5")
    with monkeypatch.context() as patch:
        patch.setattr(store, "SCHEMA", next_schema)
        with pytest.raises(RegisterUnavailable, match="没有升级：第 5 条"), place.open():
            pass
    assert backups(place) == []
    assert place.sql("SELECT value FROM meta WHERE name = 'version'") == [("2",)]
    with place.open() as register:
        assert len(register.verify()) == 1


def test_a_register_of_a_newer_program_is_left_alone(place: Place) -> None:
    with filled(place) as register:
        before = export_register(register)
    place.tamper("UPDATE meta SET value = '7' WHERE name = 'version'")
    with pytest.raises(RegisterUnavailable, match="更新的程序写的（版本 7），这个程序只认得版本 2"), place.open():
        pass
    place.tamper("UPDATE meta SET value = '2' WHERE name = 'version'")
    with place.open() as register:
        assert export_register(register) == before
    assert backups(place) == []


def test_a_broken_script_changes_nothing(place: Place, next_schema: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialect = "postgresql" if place.settings.url else "sqlite"
    with (next_schema / dialect / "0003.sql").open("a") as script:
        script.write("INSERT INTO nowhere VALUES (1);\n")
    with filled(place) as register:
        before = export_register(register)
    with monkeypatch.context() as patch:
        patch.setattr(store, "SCHEMA", next_schema)
        with pytest.raises(RegisterUnavailable), place.open():
            pass
    with place.open() as register:
        assert export_register(register) == before
        assert register.verify() == ()
