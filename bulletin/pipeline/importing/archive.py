"""`bulletin import --archive`: hundreds of back issues, each in a process of its own, with bounds; what was done is remembered."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from bulletin import __version__
from bulletin.convert.reading import ENDINGS
from bulletin.model.artifact import Artifact
from bulletin.model.errors import BulletinError
from bulletin.model.problem import Message, Problem, Severity, message
from bulletin.pipeline.importing.importing import Wanted, import_file, open_publication
from bulletin.publish import publish_file

LEDGER = "import/archive.json"
"""What was done, below `build/`."""
_MOST_PROCESSES = 16


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process of one file may use: seconds of computing, bytes of address space."""

    time_s: int = 300
    memory: int = 6_000_000_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file: the folder of the issue, or why it has none. `digest` is of its bytes and of the program's version."""

    name: str
    digest: str
    folder: str = ""
    articles: int = 0
    repairs: int = 0
    doubts: int = 0
    report: str = ""
    fault: Message | None = None
    again: bool = False
    """It was brought in by an earlier run."""


def list_files(folder: Path) -> tuple[Path, ...]:
    """The files of kinds that can be read, below the folder, by name; what programs leave behind (`~$…`, hidden files) aside."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    return tuple(sorted(path for path in found if not path.name.startswith(("~$", "."))))


def import_archive(
    root: Path, folder: Path, wanted: Wanted, seen: Callable[[Brought], None], bounds: Bounds = Bounds()
) -> tuple[Brought, ...]:
    """Brings in every file of the folder as a whole issue; `seen` is told of each as it is done.

    A file that was brought in before, is the same, and whose issue is still there is not read again. What a file does (no issue, broken, too
    slow, too large, a process that dies) never keeps the others out.

    Raises:
        UsageError: `root` is no publication.
        CannotWrite: The ledger cannot be written.
    """
    open_publication(root)
    known = _read_ledger(root)
    waiting: list[tuple[Path, Brought]] = []
    done: list[Brought] = []
    for file in list_files(folder):
        fresh = Brought(file.relative_to(folder).as_posix(), _digest(file))
        before = known.get(fresh.name)
        if before and before.digest == fresh.digest and before.folder and (root / before.folder).is_dir():
            done.append(replace(before, again=True))
            seen(done[-1])
        else:
            waiting.append((file, fresh))
    for brought in _in_processes(root, waiting, replace(wanted, whole=True), bounds):
        done.append(brought)
        seen(brought)
        if not wanted.dry_run:
            _write_ledger(root, known | {each.name: each for each in done})
    return tuple(sorted(done, key=lambda each: each.name))


def _in_processes(root: Path, jobs: list[tuple[Path, Brought]], wanted: Wanted, bounds: Bounds) -> Iterator[Brought]:
    """The jobs, several at once, as they end; one that takes too long is ended."""
    context = multiprocessing.get_context("spawn")
    waiting = list(reversed(jobs))
    running: dict[Connection, tuple[BaseProcess, Brought]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < min(os.cpu_count() or 1, _MOST_PROCESSES):
                file, fresh = waiting.pop()
                reads, writes = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=_bring, args=(writes, root, (file, fresh), wanted, bounds), daemon=True
                )
                process.start()
                writes.close()
                running[reads] = (process, fresh)
            yield from _ended(running, bounds)
    finally:
        for process, _ in running.values():
            process.kill()


def _ended(running: dict[Connection, tuple[BaseProcess, Brought]], bounds: Bounds) -> Iterator[Brought]:
    """Those of the running jobs that ended, after at least one did."""
    for reads in wait(list(running)):
        assert isinstance(reads, Connection)
        process, fresh = running.pop(reads)
        try:
            brought: Brought | None = reads.recv()
        except (EOFError, OSError):
            brought = None
        process.join()
        yield brought or replace(fresh, fault=_why_it_died(process, bounds))


def _why_it_died(process: BaseProcess, bounds: Bounds) -> Message:
    if process.exitcode == -signal.SIGXCPU:
        return message("{limit} 秒还没有读完，已停下", limit=bounds.time_s)
    return message("读这个文件的进程中断了：文件可能太大，或者损坏")


def _bring(writes: Connection, root: Path, job: tuple[Path, Brought], wanted: Wanted, bounds: Bounds) -> None:
    """What a process does: one file, within bounds of time and memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.time_s, bounds.time_s + 10))
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    file, fresh = job
    try:
        brought = _brought(root, file, fresh, wanted)
    except BulletinError as failure:
        brought = replace(fresh, fault=failure.message)
    except MemoryError:
        brought = replace(fresh, fault=message("读这个文件要的内存太多"))
    writes.send(brought)
    writes.close()


def _brought(root: Path, file: Path, fresh: Brought, wanted: Wanted) -> Brought:
    outcome = import_file(root, open_publication(root), file, wanted)
    imported = outcome.value
    if imported is None:
        return replace(fresh, fault=_why(outcome.problems))
    return replace(
        fresh,
        folder=imported.paths[0].rpartition("/")[0],
        articles=len(imported.articles),
        repairs=len(imported.repairs),
        doubts=imported.doubtful,
        report=imported.report,
    )


def _why(problems: tuple[Problem, ...]) -> Message:
    faults = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    return faults[0] if faults else message("没有导入")


def _digest(file: Path) -> str:
    digest = hashlib.sha256(__version__.encode())
    with file.open("rb") as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _read_ledger(root: Path) -> dict[str, Brought]:
    """What earlier runs did; nothing where that cannot be told."""
    try:
        said = json.loads((root / "build" / LEDGER).read_text("utf-8"))
        return {each["name"]: Brought(**each) for each in said["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write_ledger(root: Path, brought: dict[str, Brought]) -> None:
    """Only what was brought in: a file that failed is tried again."""
    files = [{**asdict(each), "again": False} for each in brought.values() if each.folder]
    content = json.dumps({"files": files}, ensure_ascii=False, indent=1).encode()
    publish_file(root / "build", Artifact(LEDGER, "application/json", content))
