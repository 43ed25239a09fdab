"""Files of an archive, each in a process of its own within bounds of time and memory: one that hangs, grows or dies is one bad file."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from bulletin.model.draft import DraftIssue
from bulletin.model.errors import BulletinError
from bulletin.model.imported import Brought
from bulletin.model.problem import Message, Problem, Severity, has_errors, message
from bulletin.pipeline.importing.importing import ISSUE_THERE, Wanted, import_file, open_publication

TIME_LIMIT_S = 300
"""Of computing, for one file."""
WAITING_LIMIT_S = 900
"""Of time, for one file: a process may also wait for another program."""
MEMORY_LIMIT = 6_000_000_000
"""Bytes of address space of one process."""
_MOST_PROCESSES = 16


def in_processes(root: Path, folder: Path, jobs: list[Brought], wanted: Wanted) -> Iterator[Brought]:
    """What became of the files, whose names are below `folder`, as they end."""
    context = _context()
    waiting = list(reversed(jobs))
    running: dict[Connection, tuple[BaseProcess, Brought]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < min(os.cpu_count() or 1, _MOST_PROCESSES):
                fresh = waiting.pop()
                reads, writes = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=_bring, args=(writes, root, folder / fresh.name, fresh, wanted), daemon=True
                )
                process.start()
                writes.close()
                running[reads] = (process, fresh)
            yield from _ended(running)
    finally:
        for process, _ in running.values():
            process.kill()


def _context() -> ForkContext | SpawnContext:
    """Processes begin as copies of this one where the system can do that: what is loaded here is not loaded again."""
    if "fork" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _ended(running: dict[Connection, tuple[BaseProcess, Brought]]) -> Iterator[Brought]:
    """Those of the running jobs that ended, after at least one did."""
    for reads in wait(list(running)):
        assert isinstance(reads, Connection)
        process, fresh = running.pop(reads)
        try:
            brought: Brought | None = reads.recv()
        except (EOFError, OSError):
            brought = None
        reads.close()
        process.join()
        yield brought or replace(fresh, fault=_why_it_died(process))


def _why_it_died(process: BaseProcess) -> Message:
    if process.exitcode in (-signal.SIGXCPU, -signal.SIGALRM):
        return message("太久没有读完，已停下")
    return message("读这个文件的进程中断了：文件可能太大，或者损坏")


def _bring(writes: Connection, root: Path, file: Path, fresh: Brought, wanted: Wanted) -> None:
    """What a process does: one file, within bounds."""
    for end in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(end, signal.SIG_DFL)
    signal.alarm(WAITING_LIMIT_S)
    _bound(resource.RLIMIT_CPU, TIME_LIMIT_S)
    _bound(resource.RLIMIT_AS, MEMORY_LIMIT)
    writes.send(_brought(root, file, fresh, wanted))
    writes.close()


def _bound(limit: int, value: int) -> None:
    _soft, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _brought(root: Path, file: Path, fresh: Brought, wanted: Wanted) -> Brought:
    try:
        outcome = import_file(root, open_publication(root), file, wanted)
    except BulletinError as failure:
        return replace(fresh, fault=failure.message)
    except MemoryError:
        return replace(fresh, fault=message("读这个文件要的内存太多"))
    except Exception as fault:  # ours: the other files come in all the same
        what = message("读这个文件时程序出错：{reason}", reason=f"{type(fault).__name__}: {fault}")
        return replace(fresh, fault=what)
    imported = outcome.value
    if imported is None:
        there = next((each.span.path for each in outcome.problems if each.code == ISSUE_THERE), "")
        return replace(fresh, folder=there, fault=_why(outcome.problems))
    draft = imported.draft
    return replace(
        fresh,
        folder=imported.paths[0].rpartition("/")[0],
        serial=draft.serial if isinstance(draft, DraftIssue) and _numbered(draft) else 0,
        articles=len(imported.articles),
        repairs=len(imported.repairs),
        doubts=imported.doubtful,
        errors=sum(has_errors((problem,)) for problem in imported.problems),
        unknown=imported.unknown,
        report=imported.report,
    )


def _numbered(draft: DraftIssue) -> bool:
    """False where the running number was not found, and stands in the source to be filled in."""
    return draft.serial > 1 or any(taken.field == "serial" for taken in draft.taken)


def _why(problems: tuple[Problem, ...]) -> Message:
    faults = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    return faults[0] if faults else message("没有导入")
