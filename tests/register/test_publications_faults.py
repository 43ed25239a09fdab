"""Killed, no room, no connection while something is published: the log has all of it or nothing, and the command can be run again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bulletin.model.errors import UsageError
from bulletin.model.register import RegisterSettings
from tests.faults import KILLED, TALKS, WRITES, Cradle, Ended, cradle, files_of
from tests.publications import LOGGED, logged
from tests.registers import SCRATCH, Place, act, filled, request

MANY = "150"
"""Articles: the entry takes several pages of the file."""
Reset = Callable[[], Place]


@pytest.fixture(scope="module")
def children() -> Iterator[Cradle]:
    with cradle() as made:
        yield made


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with a register of 34 events of copies, and a log of seven."""
    place = Place(tmp_path_factory.mktemp("base"), RegisterSettings())
    with filled(place), logged(place):
        pass
    return place.root


@pytest.fixture
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        yield Path(folder)


def _putting(root: Path, given: Path | None) -> Reset:
    """Puts the registers of a folder in place, or none, again and again."""

    def put() -> Place:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        if given:
            shutil.copytree(given, root / "registers")
        return Place(root, RegisterSettings())

    return put


def _is_whole(place: Place, copies: int, before: int) -> bool:
    """Asserts that a register is sound, and that both entries are recorded or none; true if they are."""
    with place.open() as register:
        assert register.verify() == ()
        assert register.head().seq == copies
        assert register.publications.head().seq in (before, before + 2)
        return register.publications.head().seq == before + 2


def _runs_again(place: Place, count: str, after: int) -> None:
    assert act(str(place.root), place.settings.url, "publish", count) == 0
    with place.open() as register:
        assert register.publications.head().seq == after


def _faults(children: Cradle, reset: Reset, fault: str) -> Iterator[tuple[Place, Ended]]:
    """What a child that publishes came to at each of its writes, and where; `reset` comes before each."""
    place = reset()
    for ended in children.each_call(place, lambda _: ("publish", MANY), WRITES, fault, files_of(place.root)):
        if ended.code != 0:
            yield place, ended
        reset()


def test_killed_at_every_write(children: Cradle, base: Path, scratch: Path) -> None:
    done = []
    for place, ended in _faults(children, _putting(scratch / "p", base / "registers"), "signal=SIGKILL"):
        assert ended.code == KILLED
        done.append(_is_whole(place, 34, LOGGED))
        _runs_again(place, MANY, LOGGED + 2)
    assert len(done) >= 30
    assert {*done} == {True, False}, "before and after the commit"


def test_killed_at_every_write_of_the_first_publication(children: Cradle, scratch: Path) -> None:
    """There is no register yet; the bureau numbers no copies."""
    done = []
    for place, ended in _faults(children, _putting(scratch / "p", None), "signal=SIGKILL"):
        assert ended.code == KILLED
        done.append(_is_whole(place, 0, 0))
        _runs_again(place, MANY, 2)
    assert len(done) >= 30
    assert {*done} == {True, False}


def test_killed_at_every_write_while_an_old_register_comes_up_to_date(children: Cradle, scratch: Path) -> None:
    """Made by the program of before there was a log: old or new, and whole."""
    given = scratch / "given"
    given.mkdir()
    shutil.copy(Path(__file__).parent / "old/version-1.sqlite", given / "copies.sqlite")
    reset = _putting(scratch / "p", given)
    versions = []
    place = reset()
    backup = place.root / "registers/copies-1-202607230930000800.sqlite"
    paths = [*files_of(place.root), backup]
    for ended in children.each_call(place, lambda _: ("publish", MANY), WRITES, "signal=SIGKILL", paths):
        if ended.code == KILLED:
            ((version,),) = place.sql("SELECT value FROM meta WHERE name = 'version'")
            versions.append(version)
            assert version == "1" or backup.exists()
            _is_whole(place, 34, 0)
            _runs_again(place, MANY, 2)
        reset()
    assert len(versions) >= 60
    assert {*versions} == {"1", "2"}


@pytest.mark.parametrize(("fault", "new"), [("ENOSPC", False), ("ENOSPC", True), ("EIO", False)])
def test_a_disk_that_fails_at_every_call(children: Cradle, base: Path, scratch: Path, fault: str, new: bool) -> None:
    """The editor is told in words, nothing is done by halves, and the same command goes through once the disk is well."""
    reset = _putting(scratch / "p", None if new else base / "registers")
    calls, copies, before = 0, 0 if new else 34, 0 if new else LOGGED
    for place, ended in _faults(children, reset, f"error={fault}"):
        assert ended.code == 3, ended
        assert ended.said.partition("|")[0] in ("CannotWrite", "RegisterUnavailable"), ended
        assert any(word in ended.said for word in ("写不了", "用不了")), ended
        _is_whole(place, copies, before)
        _runs_again(place, MANY, before + 2)
        calls += 1
    assert calls >= 30


def _each_its_own(turn: int) -> tuple[str, str]:
    return "publish", str(turn)


@pytest.mark.parametrize(
    ("calls", "fault", "least"), [(TALKS, "signal=SIGKILL", 20), ("recvfrom", "error=ECONNRESET", 8)]
)
def test_killed_or_cut_off_at_every_word_to_the_server(
    children: Cradle, postgresql_place: Place, calls: str, fault: str, least: int
) -> None:
    place, broken = postgresql_place, 0
    for turn, ended in enumerate(children.each_call(place, _each_its_own, calls, fault), 1):
        assert ended.code in (KILLED, 3, 0), ended
        broken += ended.code != 0
        with place.open() as register:
            register.publications.record(request("wait"), [])  # the server may still be busy with a client that is gone
            assert register.publications.head().seq in (2 * turn - 2, 2 * turn)
        _runs_again(place, str(turn), 2 * turn)
    assert broken >= least
    assert _is_whole(place, 0, 2 * turn - 2)


def test_a_register_comes_into_being_with_the_first_publication(tmp_path: Path) -> None:
    place = Place(tmp_path, RegisterSettings())
    with pytest.raises(UsageError, match="还没有登记册") as refused, place.open(create=False):
        pass
    assert "发布网站时会自动建立" in str(refused.value.advice)
