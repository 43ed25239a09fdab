"""Doing the same to many objects side by side: what takes long is the way, not the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
LANES = 8
"""As many at once: so many files are in memory, and so many connections open."""


def side_by_side(do: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """What `do` gives for each item, as they are done. After the first that fails no other is begun, and it is raised."""
    with ThreadPoolExecutor(LANES) as lanes:
        waiting = [lanes.submit(do, each) for each in items]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            for each in waiting:
                each.cancel()


def all_side_by_side(do: Callable[[T], object], items: Iterable[T]) -> None:
    """Does it to all items."""
    for _ in side_by_side(do, items):
        pass
