"""Jobs done side by side: each worker has what all share once, and gets one job after the other."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar

Job = TypeVar("Job")
Made = TypeVar("Made")

_FEW = 4
"""So many jobs are done sooner than workers are ready."""


def work(
    function: Callable[[Job], Made], jobs: Sequence[Job], workers: int, before_job: Callable[[], None]
) -> Iterator[Made]:
    """What the function makes of each job, in the order in which they are finished.

    A failure in a worker is raised here, and ends the others.
    """
    if workers < 2 or len(jobs) < _FEW:
        for job in jobs:
            before_job()
            yield function(job)
        return
    with _pool(workers, function, before_job) as pool:
        waiting: set[Future[Made]] = {pool.submit(_do, job) for job in jobs}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


@contextmanager
def _pool(
    workers: int, function: Callable[[Any], Any], before_job: Callable[[], None]
) -> Iterator[ProcessPoolExecutor]:
    """Workers begin as copies of this process where the system can do that: what is loaded here is not loaded again."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, (function, before_job))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


_function: list[Callable[[Any], Any]] = []
_before_job: list[Callable[[], None]] = []
"""What this worker does: set once, when it begins."""


def _begin(function: Callable[[Any], Any], before_job: Callable[[], None]) -> None:
    _function[:] = [function]
    _before_job[:] = [before_job]
    gc.disable()  # while a job is done nearly nothing is garbage: looking for it takes a tenth of the time


def _do(job: Any) -> Any:
    _before_job[0]()
    try:
        return _function[0](job)
    finally:
        gc.collect(0)
