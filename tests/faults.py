"""Faults at every system call of a child process, by strace: killed there, or told that the disk is full, broken, read-only."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.programs import installed
from tests.registers import REPOSITORY, Place

WRITES = "openat,mkdir,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename,sendfile,copy_file_range"
TALKS = "connect,sendto,recvfrom"
KILLED = -9
_MOST = 400
_CRADLE = """
import json, os, sys
import bulletin.register.postgresql
from tests.registers import act
for line in sys.stdin:
    (waits, go), (hears, says) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.read(waits, 1)
        os.dup2(says, 1), os.dup2(says, 2)
        os._exit(act(*json.loads(line)))
    print(child, flush=True)
    sys.stdin.readline()
    os.write(go, b"!")
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(says)
    print(json.dumps([ended, os.read(hears, 10_000).decode()]), flush=True)
    for each in (waits, go, hears):
        os.close(each)
"""


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code, or the signal that killed it, negative; and what it said."""

    code: int
    said: str


class Cradle:
    """A process that has imported everything and makes children: a child costs a fork, not the start of an interpreter."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def child(self, place: Place, what: str, argument: str = "", strace: Sequence[str] = ()) -> Ended:
        """Lets a child act, under strace if that is said."""
        self._tell(json.dumps([str(place.root), place.settings.url, what, argument]))
        child = self._hear()
        tracer = _attached(strace, child) if strace else None
        self._tell("go")
        ended = Ended(*json.loads(self._hear()))
        if tracer:
            tracer.communicate()
        return ended

    def each_call(
        self, place: Place, act: Callable[[int], tuple[str, str]], calls: str, fault: str, paths: Sequence[Path] = ()
    ) -> Iterator[Ended]:
        """Lets children act with the fault at their first call of a name, their second …, until one is done before it comes;
        then so with the next name. Those that were done are given too.

        Args:
            place: Where the register is.
            act: What the N-th child does.
            calls: Names of system calls; those that this machine does not have do no harm.
            fault: As strace has it.
            paths: The calls that count are about these, if any are said.
        """
        only = [part for path in paths for part in ("-P", str(path))]
        turn = 0
        for call in calls.split(","):  # strace counts the calls of each name apart
            for number in range(1, _MOST):
                turn += 1
                injected = ["-e", f"trace=?{call}", "-e", f"inject=?{call}:{fault}:when={number}"]
                ended = self.child(place, *act(turn), ["-f", "-o", "/dev/null", *only, *injected])
                yield ended
                if ended.code == 0:
                    break

    def _tell(self, line: str) -> None:
        _pipe(self._process.stdin).write(f"{line}\n")
        _pipe(self._process.stdin).flush()

    def _hear(self) -> str:
        return _pipe(self._process.stdout).readline()


@contextmanager
def cradle() -> Iterator[Cradle]:
    """A cradle, until the end."""
    command = [sys.executable, "-c", _CRADLE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        yield Cradle(process)


def files_of(root: Path) -> list[Path]:
    """Where a register in SQLite writes."""
    folder = root / "registers"
    names = ("copies.sqlite", "copies.sqlite-journal", ".part-copies", ".part-copies-journal")
    return [folder, *(folder / name for name in names), folder / "copies-2-202607230930000800.sqlite"]


def _attached(strace: Sequence[str], pid: str) -> subprocess.Popen[str]:
    """strace once it has hold of the process."""
    command = [installed("strace", "strace"), *strace, "-p", pid.strip()]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert "attached" in _pipe(tracer.stderr).readline()
    return tracer


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream
    return stream
