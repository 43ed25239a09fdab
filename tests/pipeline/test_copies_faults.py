"""Commands about copies that are killed, run out of disk, or are run twice at once: no number twice, none lost, run it again."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pypdfium2 as pdfium
import pytest

from bulletin.model.errors import CannotWrite
from bulletin.model.register import EventKind, State
from bulletin.pipeline.copies.asking import history, list_copies
from bulletin.pipeline.copies.assigning import assign
from bulletin.pipeline.copies.keeping import verify
from bulletin.register import Register
from tests.ten_copies import AT, KEY, asked, first_pages, moved, printed, states

COPIES = 10
WRITES = ("os.fsync", "os.replace", "os.chmod", "os.mkdir")
"""What `publish` does to the disk, call by call; those of the register have tests of their own."""


@contextmanager
def fault_at(number: int, fault: Callable[[], None]) -> Iterator[None]:
    """The fault happens just before the N-th write of a file, or just before or after the register is written."""
    calls = iter(range(1, 10**6))

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if next(calls) == number:
                fault()
            return real(*arguments, **options)

        return call

    def recorded(*arguments: object) -> object:
        done = counted(Register_record)(*arguments)
        if next(calls) == number:
            fault()
        return done

    patches = [mock.patch(name, counted(getattr(os, name.split(".")[1]))) for name in WRITES]
    with mock.patch.object(Register, "record", recorded):
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()


Register_record = Register.record


def in_child(action: Callable[[], object]) -> int:
    """How a child that does it ends: 0, or the signal that killed it, negative."""
    child = os.fork()
    if child == 0:
        try:
            action()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def printed_once(root: Path) -> None:
    """Every number is printed exactly once, in the register and in the file."""
    assert verify(root, None, AT).faults == ()
    for number in range(1, COPIES + 1):
        kinds = [event.change.kind for event in history(root, number, str(KEY), AT).events]
        assert kinds == [EventKind.ASSIGNED, EventKind.PRINTED]
    path = root / "build/2026-01/copies/000001-000010.pdf"
    assert first_pages(path, COPIES) == [f"{number:06}" for number in range(1, COPIES + 1)]


def test_a_print_that_is_killed_at_any_write_is_simply_run_again(root: Path) -> None:
    for number in range(1, 100):

        def run(number: int = number) -> None:
            with fault_at(number, die):
                printed(root, name=f"try {number}")

        ended = in_child(run)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        assert set(states(root).values()) in ({State.ASSIGNED}, {State.IN_STOCK})
        for path in (root / "build/2026-01/copies").glob("*.pdf"):  # whole, if it has its name
            pdfium.PdfDocument(path).close()
    assert number > 5
    printed_once(root)
    assert printed(root, name="once more").repeated
    assert not list((root / "build").rglob(".part-*"))


def test_a_full_disk_records_nothing(root: Path) -> None:
    full = OSError(errno.ENOSPC, "full")
    with mock.patch("os.fsync", side_effect=full), pytest.raises(CannotWrite) as fault:
        printed(root)
    assert "磁盘满了" in str(fault.value)
    assert set(states(root).values()) == {State.ASSIGNED}
    printed(root)
    printed_once(root)


def together(*actions: Callable[[], object]) -> list[int]:
    """How children end that do these things at the same time."""
    gate, opened = os.pipe()

    def wait(action: Callable[[], object]) -> None:
        os.close(opened)
        os.read(gate, 1)  # ends when the parent closes its end
        action()

    children = []
    for action in actions:
        child = os.fork()
        if child == 0:
            try:
                wait(action)
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(child)
    os.close(opened)
    os.close(gate)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_two_prints_at_once(root: Path) -> None:
    assert together(*(lambda name=name: printed(root, name=name) for name in ("one", "two"))) == [0, 0]
    printed_once(root)


def test_two_assignments_at_once(unassigned: Path) -> None:
    root = unassigned
    done = together(
        *(lambda name=name: assign(root, KEY, asked(name), dry_run=False) for name in ("one", "two", "three"))
    )
    assert done == [0, 0, 0]
    assert verify(root, None, AT).faults == ()
    for number in range(1, COPIES + 1):
        assert len(history(root, number, str(KEY), AT).events) == 1
    assert list_copies(root, str(KEY), AT).tally.total == COPIES


def test_a_clock_that_was_set_back_is_told_and_changes_nothing_else(root: Path) -> None:
    printed(root)
    assert moved(root, EventKind.SENT).notes == ()
    with mock.patch("tests.ten_copies.AT", "2020-01-01T00:00:00+08:00"):
        report = moved(root, EventKind.RECEIVED, "1")
    assert [note.template[:6] for note in report.notes] == ["电脑的时间可"]
    assert states(root)[1] is State.HELD
    assert verify(root, None, AT).faults == ()
