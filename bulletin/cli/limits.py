"""A ceiling for the whole command, so that a hostile or broken file ends in a message and not in a stuck machine."""

from __future__ import annotations

import os
import resource
import signal
from types import FrameType

from bulletin.model.errors import LimitReached
from bulletin.model.problem import message

MEMORY_BYTES = 3 * 1024**3
CPU_SECONDS = 900


def set_limits() -> None:
    """From now on the process may not grow past `MEMORY_BYTES` or compute longer than `CPU_SECONDS`."""
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    signal.signal(signal.SIGXCPU, _out_of_time)


def renew_time() -> None:
    """Gives the process `CPU_SECONDS` more, counted from now: for a worker that begins another job."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS, raise_soft=True)


def usable_cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _lower(limit: int, value: int, *, raise_soft: bool = False) -> None:
    soft, hard = resource.getrlimit(limit)
    known = (hard, value) if raise_soft else (soft, hard, value)
    ceilings = [ceiling for ceiling in known if ceiling != resource.RLIM_INFINITY]
    resource.setrlimit(limit, (min(ceilings), hard))


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise LimitReached(
        message("计算超过 {seconds} 秒，已停止", seconds=CPU_SECONDS),
        message("请检查稿件里是否有异常的大表格或超长段落"),
    )
