"""Killed, no room, no right, locked, damaged: nothing is lost, nothing is done by halves, and the command can be run again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bulletin.model.errors import BulletinError, CannotWrite, RegisterUnavailable, UsageError
from bulletin.model.register import RegisterSettings
from bulletin.register import export_register, places, sqlite, store
from tests.faults import KILLED, TALKS, WRITES, Cradle, Ended, cradle, files_of
from tests.postgresql import Server
from tests.registers import REPOSITORY, SCRATCH, Place, act, assign, child, filled, printing, request


@pytest.fixture(scope="module")
def children() -> Iterator[Cradle]:
    with cradle() as made:
        yield made


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with a register of 34 events, 12 copies."""
    root = tmp_path_factory.mktemp("base")
    with filled(Place(root, RegisterSettings())):
        pass
    return root


@pytest.fixture(scope="module")
def lines(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of that register."""
    path = tmp_path_factory.mktemp("lines") / "copies.jsonl"
    with Place(base, RegisterSettings()).open() as register:
        path.write_bytes(export_register(register))
    return path


Reset = Callable[[], Place]


@pytest.fixture
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        yield Path(folder)


@pytest.fixture
def reset(base: Path, scratch: Path) -> Reset:
    """Puts the register of `base` in place, again and again."""
    root = scratch / "publication"

    def put() -> Place:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(base, root)
        return Place(root, RegisterSettings())

    return put


def _is_whole(place: Place, before: int, after: int) -> bool:
    """Asserts that a register is sound and has the one number of events or the other; true if it is the later one."""
    with place.open() as register:
        assert register.verify() == ()
        assert register.head().seq in (before, after)
        return register.head().seq == after


def _runs_again(place: Place, what: str, argument: str, after: int) -> None:
    assert act(str(place.root), place.settings.url, what, argument) == 0
    with place.open() as register:
        assert register.head().seq == after
        numbers = [(each.issue, each.number) for each in register.copies()]
        assert len(numbers) == len({*numbers})


def _faults(children: Cradle, reset: Reset, job: tuple[str, str], fault: str) -> Iterator[tuple[Place, Ended]]:
    """What a child came to at each of its writes, and where; `reset` comes before each."""
    place = reset()
    for ended in children.each_call(place, lambda _: job, WRITES, fault, files_of(place.root)):
        if ended.code != 0:
            yield place, ended
        reset()


JOBS = {"assign 12": ("assign", "101-112", 12), "assign 150": ("assign", "101-250", 150)}


@pytest.mark.parametrize("job", JOBS)
def test_killed_at_every_write(children: Cradle, reset: Reset, job: str) -> None:
    what, argument, count = JOBS[job]
    done = []
    for place, ended in _faults(children, reset, (what, argument), "signal=SIGKILL"):
        assert ended.code == KILLED
        done.append(_is_whole(place, 34, 34 + count))
        _runs_again(place, what, argument, 34 + count)
    assert len(done) >= 40
    assert {*done} == {True, False}, "before and after the commit"


@pytest.fixture
def nothing(scratch: Path) -> Reset:
    """Takes the register away, again and again."""

    def take() -> Place:
        shutil.rmtree(scratch / "registers", ignore_errors=True)
        return Place(scratch, RegisterSettings())

    return take


def test_killed_at_every_write_while_it_is_made(children: Cradle, nothing: Reset) -> None:
    done = []
    for place, ended in _faults(children, nothing, ("assign", "1-12"), "signal=SIGKILL"):
        assert ended.code == KILLED
        done.append(_is_whole(place, 0, 12))
        _runs_again(place, "assign", "1-12", 12)
    assert len(done) >= 40


def test_killed_at_every_write_of_an_import(children: Cradle, nothing: Reset, lines: Path) -> None:
    """None, or the whole: never an empty one, from which numbers would be issued again."""
    there = []
    for place, ended in _faults(children, nothing, ("import", str(lines)), "signal=SIGKILL"):
        assert ended.code == KILLED
        there.append(place.file.exists())
        assert not there[-1] or _is_whole(place, 34, 34)
        _runs_again(place, "import", str(lines), 34)
    assert len(there) >= 30
    assert {*there} == {True, False}


def test_killed_at_every_write_of_a_migration(
    children: Cradle, reset: Reset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old or new, and whole; a backup that stands under its name is whole too."""
    schema = tmp_path / "schema"
    shutil.copytree(store.SCHEMA, schema)
    (schema / "sqlite/0003.sql").write_text("ALTER TABLE event ADD COLUMN approved TEXT NOT NULL DEFAULT '';\n")
    versions = []
    for place, ended in _faults(children, reset, ("migrate", str(schema)), "signal=SIGKILL"):
        assert ended.code == KILLED
        for backup in place.root.glob("registers/copies-*"):
            kept = Place(tmp_path / "kept", RegisterSettings())
            kept.file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(backup, kept.file)
            _is_whole(kept, 34, 34)
        ((version,),) = place.sql("SELECT value FROM meta WHERE name = 'version'")
        versions.append(version)
        with monkeypatch.context() as patch:
            patch.setattr(store, "SCHEMA", schema if version == "3" else store.SCHEMA)
            _is_whole(place, 34, 34)
        assert children.child(place, "migrate", str(schema)).code == 0
        assert place.sql("SELECT value FROM meta WHERE name = 'version'") == [("3",)]
    assert len(versions) >= 40
    assert {*versions} == {"2", "3"}


@pytest.mark.parametrize(("fault", "new"), [("ENOSPC", False), ("ENOSPC", True), ("EIO", False), ("EROFS", False)])
def test_a_disk_that_fails_at_every_call(children: Cradle, reset: Reset, nothing: Reset, fault: str, new: bool) -> None:
    """The editor is told in words, nothing is done by halves, and the same command goes through once the disk is well."""
    calls, before = 0, 0 if new else 34
    for place, ended in _faults(children, nothing if new else reset, ("assign", "101-112"), f"error={fault}"):
        _is_told(ended)
        _is_whole(place, before, before + 12)
        _runs_again(place, "assign", "101-112", before + 12)
        calls += 1
    assert calls >= 30


def _is_told(ended: Ended) -> None:
    assert ended.code == 3, ended
    kind, _, text = ended.said.partition("|")
    assert kind in ("CannotWrite", "RegisterUnavailable"), ended
    assert any(word in text for word in ("写不了", "用不了")), ended


def test_a_real_limit_of_the_file_system(reset: Reset) -> None:
    """No file may grow: as on a full disk, but by the kernel itself."""
    place = reset()
    size = place.file.stat().st_size
    script = (
        "import resource, sys; from tests.registers import act\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "sys.exit(act(*sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, str(place.root), "", "assign", "101-2000"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=REPOSITORY)
    _is_told(Ended(done.returncode, done.stdout))
    assert not _is_whole(place, 34, 34 + 1900)
    _runs_again(place, "assign", "101-2000", 34 + 1900)


def test_the_folder_is_synced_after_the_journal_is_gone(children: Cradle, reset: Reset, tmp_path: Path) -> None:
    """What `synchronous=EXTRA` is for: without it a power cut could bring the journal, and the state before, back."""
    place, log = reset(), tmp_path / "log"
    paths = [part for path in files_of(place.root) for part in ("-P", str(path))]
    under = ["-f", "-o", str(log), *paths, "-e", "trace=?unlink,?unlinkat,openat,fsync,fdatasync"]
    assert children.child(place, "assign", "101-112", under).code == 0
    text = log.read_text()
    after = text[text.rindex("copies.sqlite-journal") :].splitlines()
    assert "unlink" in text[: text.rindex("copies.sqlite-journal")].splitlines()[-1]
    assert "registers" in after[1]
    assert "openat" in after[1]
    assert "sync(" in after[2]


@contextmanager
def _not_root(folder: Path) -> Iterator[None]:
    """For root no folder is read-only: as somebody else."""
    if os.getuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def test_a_folder_that_is_read_only(base: Path) -> None:
    """Nothing is recorded, and everything can be read."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        shutil.copytree(base / "registers", root / "registers")
        place = Place(root, RegisterSettings())
        with _not_root(root / "registers"):
            place.file.chmod(0o400)
            (root / "registers").chmod(0o500)
            with place.open() as register:
                with pytest.raises(RegisterUnavailable, match=r"用不了：(磁盘是只读的|打不开)"):
                    register.record(request("x"), assign([50]))
                assert len(register.copies()) == 12
                assert register.verify() == ()
            (root / "registers").chmod(0o700)
            place.file.chmod(0o600)
            with place.open() as register:
                register.record(request("x"), assign([50]))


def test_a_publication_in_which_no_folder_can_be_made() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "publication"
        root.mkdir()
        Path(name).chmod(0o755)
        with _not_root(root):
            root.chmod(0o500)
            with pytest.raises(CannotWrite, match="没有权限"), Place(root, RegisterSettings()).open():
                pass
            root.chmod(0o700)


def test_a_register_that_another_keeps_locked(reset: Reset, monkeypatch: pytest.MonkeyPatch) -> None:
    place = reset()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(place.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with place.open() as register:
            assert len(register.copies()) == 12, "readers do not wait for one who writes"
            with pytest.raises(RegisterUnavailable, match="登记册正被别人使用"):
                register.record(request("x"), assign([50]))
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegisterUnavailable, match="登记册正被别人使用"), place.open():
            pass
        other.execute("ROLLBACK")
    _runs_again(place, "assign", "50", 35)


def test_a_reader_does_not_make_a_writer_fail(reset: Reset, monkeypatch: pytest.MonkeyPatch) -> None:
    """One who reads page by page holds nothing between pages."""
    place = reset()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    with place.open() as one, place.open() as two:
        reading = two.events()
        next(reading)
        one.record(request("x"), assign([50]))
        assert len(list(reading)) == 34


def _text(path: Path) -> None:
    path.write_text("份号登记册\n")


def _half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _garbage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def _another_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE event (seq)")


SPOIL = {
    "text": _text,
    "empty": lambda path: os.truncate(path, 0),
    "half": _half,
    "garbage": _garbage,
    "another database": _another_database,
}


@pytest.mark.parametrize("how", SPOIL)
def test_a_file_that_is_no_register_or_damaged(reset: Reset, how: str) -> None:
    place = reset()
    SPOIL[how](place.file)
    before = place.file.read_bytes()
    with pytest.raises(RegisterUnavailable, match="损坏了，或不是登记册"), place.open() as register:
        register.record(request("x"), assign([50]))
    assert place.file.read_bytes() == before
    assert [each.name for each in place.file.parent.iterdir()] == ["copies.sqlite"]


def test_nothing_is_written_into_a_file_that_is_damaged_elsewhere(reset: Reset) -> None:
    """Where the change itself would not come by."""
    place = reset()
    with place.open() as register:
        register.record(request("many"), assign(range(1000, 2000), issue="2020-01"))
    size = place.file.stat().st_size
    with place.file.open("r+b") as file:
        file.seek(size // 4096 // 3 * 4096)
        file.write(b"\xff" * 4096)
    before = place.file.read_bytes()
    with place.open() as register:
        assert len(register.copies("2026-07")) == 12
        with pytest.raises(RegisterUnavailable, match="损坏了，或不是登记册"):
            register.record(request("x"), assign([50]))
    assert place.file.read_bytes() == before


def test_a_byte_that_flips_is_seen_or_does_no_harm(reset: Reset) -> None:
    """Bytes all over the file: it cannot be opened, or `verify` says so, or what is registered is the same."""
    place = reset()
    with place.open() as register:
        right = export_register(register)
    size, seen = place.file.stat().st_size, 0
    sound = place.file.read_bytes()
    for turn in range(150):
        position = turn * 7919 % size
        place.file.write_bytes(sound[:position] + bytes([sound[position] ^ 0x55]) + sound[position + 1 :])
        try:
            with place.open() as register:
                faults = register.verify()
                same = not faults and export_register(register) == right
        except BulletinError:
            same, faults = False, ("refused",)
        assert same or faults, f"byte {position}"
        seen += bool(faults)
        place.file.with_name("copies.sqlite-journal").unlink(missing_ok=True)
    assert seen > 30


def test_a_register_that_is_a_link(reset: Reset, tmp_path: Path) -> None:
    place = reset()
    shutil.move(place.file, tmp_path / "elsewhere.sqlite")
    place.file.symlink_to(tmp_path / "elsewhere.sqlite")
    with pytest.raises(RegisterUnavailable, match="不是普通文件"), place.open():
        pass


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_is_a_link(reset: Reset, tmp_path: Path, there: bool) -> None:
    """Two publications would have one register, or one that is not saved with its publication."""
    place = reset()
    shutil.move(place.file.parent, tmp_path / "elsewhere")
    place.file.parent.symlink_to(tmp_path / ("elsewhere" if there else "nowhere"))
    for create in (True, False):
        with pytest.raises(RegisterUnavailable, match="registers”不是普通文件夹") as refused, place.open(create=create):
            pass
        assert "快捷方式" in str(refused.value.advice)
    assert sorted(tmp_path.glob("*/copies.sqlite")) == [tmp_path / "elsewhere/copies.sqlite"]


@pytest.mark.parametrize("left", ["copies-1-20260723.sqlite", "copies-1-20260723.jsonl", "copies.sqlite-journal"])
def test_a_register_that_was_lost_is_not_begun_anew(reset: Reset, left: str) -> None:
    """Its numbers would be issued a second time."""
    place = reset()
    place.file.rename(place.file.with_name(left))
    with pytest.raises(RegisterUnavailable, match=f"登记册不见了，旁边却有它的备份或日志：{left}"), place.open():
        pass
    assert not place.file.exists()
    with pytest.raises(BulletinError, match="还没有登记册"), place.open(create=False):
        pass


def test_a_register_that_was_lost_comes_back_by_import(reset: Reset, lines: Path) -> None:
    place = reset()
    place.file.rename(place.file.with_name("copies-1-20260723.sqlite"))
    _runs_again(place, "import", str(lines), 34)
    place.file.rename(place.file.with_name("copies.sqlite-journal"))
    assert act(str(place.root), "", "import", str(lines)) == 3


MOUNTS = "22 1 0:20 / / rw - ext4 /dev/sda rw\n23 22 0:21 / {point} rw,relatime shared:1 - {kind} server:/export rw\n"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_disk_of_another_machine(reset: Reset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    table = tmp_path / "mountinfo"
    place = reset()
    monkeypatch.setattr(places, "_MOUNTS", table)
    table.write_text(MOUNTS.format(point=place.root, kind=kind))
    with pytest.raises(RegisterUnavailable, match=f"网络共享盘（{kind}）") as refused, place.open():
        pass
    assert "PostgreSQL" in str(refused.value.advice)
    shutil.rmtree(place.root / "registers")
    with pytest.raises(RegisterUnavailable, match="网络共享盘"), place.open():
        pass
    table.write_text(MOUNTS.format(point=tmp_path / "elsewhere", kind=kind))
    with place.open():
        pass


def test_the_file_system_of_a_folder() -> None:
    table = (
        "22 1 0:20 / / rw - ext4 /dev/sda rw\n"
        "23 22 0:21 / /srv/共享\\040盘 rw - nfs4 server:/a rw\n"
        "24 23 0:22 / /srv/共享\\040盘/local rw master:1 - xfs /dev/sdb rw\n"
        "25 22 0:23 / /over rw - ext4 /dev/sdc rw\n"
        "26 25 0:24 / /over rw - cifs //server/b rw\n"
    )
    for folder, kind in {
        "/home": "ext4",
        "/srv": "ext4",
        "/srv/共享 盘": "nfs4",
        "/srv/共享 盘/刊物/registers": "nfs4",
        "/srv/共享 盘2": "ext4",
        "/srv/共享 盘/local/x": "xfs",
        "/over/x": "cifs",
    }.items():
        assert places.file_system_of(Path(folder), table) == kind, folder


# PostgreSQL


def test_killed_at_every_word_to_the_server(children: Cradle, postgresql_place: Place) -> None:
    place, kills = postgresql_place, 0
    for turn, ended in enumerate(children.each_call(place, _ten_from, TALKS, "signal=SIGKILL"), 1):
        assert ended.code in (KILLED, 0)
        _ends_right(place, turn)
        kills += ended.code == KILLED
    assert kills >= 25
    assert _is_whole(place, 0, 10 * turn)


def test_an_import_killed_at_every_word_to_the_server(children: Cradle, postgresql_place: Place, lines: Path) -> None:
    """None, or the whole: never an empty one, from which numbers would be issued again."""
    place, there = postgresql_place, []
    for ended in children.each_call(place, lambda _: ("import", str(lines)), "sendto", "signal=SIGKILL"):
        assert ended.code in (KILLED, 0)
        there.append(_events_of(place))
        _runs_again(place, "import", str(lines), 34)
        place.sql("DROP SCHEMA copies CASCADE")
    assert {*there} == {None, 34}
    assert len(there) >= 10


def _events_of(place: Place) -> int | None:
    """How many events there are, or `None` if there is no register."""
    try:
        with place.open(create=False) as register:
            register.record(request("wait"), [])  # the server may still be busy with a client that is gone
            return register.head().seq
    except UsageError:
        return None


def test_a_connection_that_breaks_at_every_answer(children: Cradle, postgresql_place: Place) -> None:
    place, breaks = postgresql_place, 0
    for turn, ended in enumerate(children.each_call(place, _ten_from, "recvfrom", "error=ECONNRESET"), 1):
        assert ended.code in (3, 0), ended
        assert ended.code == 0 or ended.said.startswith("RegisterUnavailable|数据库连不上，或中途断了")
        _ends_right(place, turn)
        breaks += ended.code == 3
    assert breaks >= 10
    assert _is_whole(place, 0, 10 * turn)


def _ten_from(number: int) -> tuple[str, str]:
    return "assign", f"{number * 10}-{number * 10 + 9}"


def _ends_right(place: Place, turn: int) -> None:
    """Asserts that the change was recorded wholly or not at all, and is recorded once when it is asked for again."""
    with place.open() as register:
        register.record(request("wait"), [])  # the server may still be busy with a client that is gone
        assert register.head().seq in (10 * turn - 10, 10 * turn)
    assert act(str(place.root), place.settings.url, *_ten_from(turn)) == 0
    with place.open() as register:
        assert register.head().seq == 10 * turn
        assert [each.number for each in register.copies()] == list(range(10, 10 * turn + 10))


@pytest.mark.parametrize("whom", ["backend", "postmaster"])
def test_a_server_that_is_killed(server: Server, postgresql_place: Place, whom: str) -> None:
    """What was acknowledged is there; one more may be; the same requests go on from there."""
    place, turns = postgresql_place, 0
    for acknowledged in (1, 4, 9):
        with subprocess.Popen(child(place, "loop"), stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as loop:
            assert loop.stdout
            for line in loop.stdout:
                turns = max(turns, int(line) + 1)
                if int(line) + 1 >= acknowledged:
                    break
            _kill(server, whom)
            rest, _ = loop.communicate()
        assert loop.returncode == 3
        told = [line for line in rest.splitlines() if "|" in line]
        assert told[-1].startswith("RegisterUnavailable|数据库连不上，或中途断了")
        turns = max([turns, *(int(line) + 1 for line in rest.splitlines() if "|" not in line)])
        if whom == "postmaster":
            server.start()
        server.wait()
        with place.open() as register:
            assert register.verify() == ()
            assert register.head().seq in (turns, turns + 1)
            assert [each.number for each in register.copies()] == list(range(1000, 1000 + register.head().seq))


def _kill(server: Server, whom: str) -> None:
    if whom == "postmaster":
        server.kill()
    else:
        server.kill_backend()


def test_a_server_that_another_keeps_locked(postgresql_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin.register import postgresql

    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 1)
    with filled(postgresql_place) as one, postgresql_place.open() as two:
        with one._store.writing():
            assert len(two.copies()) == 12, "readers do not wait for one who writes"
            with pytest.raises(RegisterUnavailable, match="登记册正被别人使用，等了 1 秒"):
                two.record(request("x"), assign([50]))
        two.record(request("x"), assign([50]))


def test_a_server_out_of_reach(tmp_path: Path) -> None:
    place = Place(tmp_path, RegisterSettings("postgresql://nobody@127.0.0.1:1/none"))
    with pytest.raises(RegisterUnavailable, match="数据库连不上"), place.open():
        pass


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://me:geheim@127.0.0.1/x", "写着密码"),
        ("postgresql://me@127.0.0.1/x?password=geheim", "写着密码"),
        ("mysql://me@127.0.0.1/x", "不是 PostgreSQL 的地址"),
        ("host=127.0.0.1 password=geheim", "不是 PostgreSQL 的地址"),
        ("postgresql://[", "不是 PostgreSQL 的地址"),
        ("postgresql://me@127.0.0.1/x?geheim=1", "不是 PostgreSQL 的地址"),
    ],
)
def test_a_url_that_is_none_or_says_a_password(tmp_path: Path, url: str, why: str) -> None:
    with pytest.raises(BulletinError, match=why) as refused, Place(tmp_path, RegisterSettings(url)).open():
        pass
    assert "geheim" not in f"{refused.value.message}{refused.value.advice}"


def test_a_database_that_cannot_hold_chinese(server: Server, tmp_path: Path) -> None:
    url = server.new_database("narrow", "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RegisterUnavailable, match="编码 UTF8"), Place(tmp_path, RegisterSettings(url)).open():
        pass


def test_a_user_without_rights(server: Server, tmp_path: Path) -> None:
    import psycopg

    url = server.new_database("guarded")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
    place = Place(tmp_path, RegisterSettings(url.replace("tester@", "guest@")))
    with pytest.raises(RegisterUnavailable, match="数据库不让用登记册"), place.open():
        pass


def test_commits_are_on_the_disk_before_they_are_acknowledged(postgresql_place: Place) -> None:
    """Also where the server would answer sooner; where it waits for a second server, that is left."""
    for said, used in (("off", "on"), ("local", "on"), ("remote_apply", "remote_apply")):
        url = f"{postgresql_place.settings.url}?options=-csynchronous_commit%3D{said}"
        with Place(postgresql_place.root, RegisterSettings(url)).open() as register:
            assert register._store.rows("SHOW synchronous_commit")[0]["synchronous_commit"] == used


def test_settings_of_a_connection_to_sqlite(sqlite_place: Place) -> None:
    wanted = {
        **{"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1},
        **{"recursive_triggers": 1, "mmap_size": 0, "application_id": sqlite.APPLICATION},
    }
    with filled(sqlite_place):
        pass
    with closing(sqlite3.connect(sqlite_place.file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with sqlite_place.open() as register:
        found = {name: next(iter(register._store.rows(f"PRAGMA {name}")[0].values())) for name in wanted}
        assert found == wanted
        register.record(request("p"), printing([]))
    assert sorted(each.name for each in sqlite_place.file.parent.iterdir()) == ["copies.sqlite"]


def test_an_old_library_is_refused(sqlite_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 26, 0))
    with pytest.raises(RegisterUnavailable, match="SQLite"), sqlite_place.open():
        pass
