"""Faults at every system call of a child process, by strace: killed there, or told that the disk is full, broken, read-only."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
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
import importlib, json, os, sys
module, function, *more = sys.argv[1:]
act = getattr(importlib.import_module(module), function)
for each in more:
    importlib.import_module(each)
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


class Children:
    """A process that has imported everything and makes children: a child costs a fork, not the start of an interpreter."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, arguments: Sequence[str], strace: Sequence[str] = ()) -> Ended:
        """Lets a child act, under strace if that is said."""
        self._tell(json.dumps([*arguments]))
        child = self._hear()
        tracer = _attached(strace, child) if strace else None
        self._tell("go")
        ended = Ended(*json.loads(self._hear()))
        if tracer:
            tracer.communicate()
        return ended

    def each_fault(
        self, arguments: Callable[[], Sequence[str]], calls: str, fault: str, always: Sequence[str] = (), step: int = 1
    ) -> Iterator[Ended]:
        """Lets children act with the fault at their first call of a name, their second (or those `step` further) …, until there is no such
        call; then so with the next name. A fault that the child could do without ends with 0.

        Args:
            arguments: What each child is called with, asked before each.
            calls: Names of system calls; those that this machine does not have do no harm.
            fault: As strace has it.
            always: What else is injected, as strace has it.
        """
        with tempfile.NamedTemporaryFile("r", prefix="bulletin-strace-") as log:
            for call in calls.split(","):  # strace counts the calls of each name apart
                faults = [
                    part for each in always if not each.startswith(f"?{call}:") for part in ("-e", f"inject={each}")
                ]
                names = ",".join([f"?{call}", *(each.split(":")[0] for each in always)])
                for number in range(1, _MOST, step):
                    injected = ["-e", f"inject=?{call}:{fault}:when={number}"]
                    ended = self.run(arguments(), ["-f", "-o", log.name, "-e", f"trace={names}", *faults, *injected])
                    if ended.code == 0 and f"{call}(" not in _injected(Path(log.name).read_text()):
                        break
                    yield ended

    def _tell(self, line: str) -> None:
        _pipe(self._process.stdin).write(f"{line}\n")
        _pipe(self._process.stdin).flush()

    def _hear(self) -> str:
        return _pipe(self._process.stdout).readline()


class Cradle(Children):
    """The children that act on a register."""

    def child(self, place: Place, what: str, argument: str = "", strace: Sequence[str] = ()) -> Ended:
        """Lets a child act, under strace if that is said."""
        return self.run([str(place.root), place.settings.url, what, argument], strace)

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


@contextmanager
def cradle() -> Iterator[Cradle]:
    """A cradle of children that act on a register, until the end."""
    with _process("tests.registers:act", "bulletin.register.postgresql") as process:
        yield Cradle(process)


@contextmanager
def children_of(act: str, *imported: str) -> Iterator[Children]:
    """Children that do what a function does, `module:name`, and end with what it returns; these modules are imported before."""
    with _process(act, *imported) as process:
        yield Children(process)


@contextmanager
def _process(act: str, *imported: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _CRADLE, *act.split(":"), *imported]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        yield process


def files_of(root: Path) -> list[Path]:
    """Where a register in SQLite writes."""
    folder = root / "registers"
    names = ("copies.sqlite", "copies.sqlite-journal", ".part-copies", ".part-copies-journal")
    return [folder, *(folder / name for name in names), folder / "copies-2-202607230930000800.sqlite"]


def _injected(log: str) -> str:
    """The lines of strace's log that say that a fault came."""
    return "\n".join(line for line in log.splitlines() if "(INJECTED)" in line)


def _attached(strace: Sequence[str], pid: str) -> subprocess.Popen[str]:
    """strace once it has hold of the process."""
    command = [installed("strace", "strace"), *strace, "-p", pid.strip()]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert "attached" in _pipe(tracer.stderr).readline()
    return tracer


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream
    return stream
