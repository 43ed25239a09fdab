"""The lock of a bucket: an object that is written only if there is none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.target import LockHolder
from bulletin.publish.targets.storage import Storage

_TRIES = 3


class BucketLock:
    """The lock. A server that does not know conditions (`If-None-Match`, RFC 9110, 13.1.2) lets the later of two that come in the same
    moment overwrite the earlier: so the lock is read back, and read again before anything is changed."""

    def __init__(self, storage: Storage, key: str) -> None:
        self._storage = storage
        self._key = key
        self._ours = b""

    @contextmanager
    def held(self, holder: LockHolder, *, breaking: bool) -> Iterator[None]:
        """Holds the lock meanwhile.

        Raises:
            TargetLocked: Somebody else holds it.
        """
        self._take(holder, breaking=breaking)
        try:
            yield
        except BaseException:
            with suppress(TargetUnavailable):
                self._release()
            raise
        self._release()

    def check(self) -> None:
        """Makes sure that the lock is still the one that was taken; does nothing where none was.

        Raises:
            TargetLocked: Somebody has broken it.
        """
        if self._ours and self._storage.read(self._key) != self._ours:
            raise TargetLocked(
                message("发布锁被别人拿走了，已停下"), message("请与同事核对谁在发布，再运行一次；网站可能只换了一部分")
            )

    def _take(self, holder: LockHolder, *, breaking: bool) -> None:
        content = lock_content(holder)
        for _ in range(_TRIES):
            found = self._storage.read_tagged(self._key)
            if found is None:
                taken = self._storage.create(self._key, content)
            elif found[0] == content:
                taken = True
            elif breaking or left_behind(found[0], holder):
                taken = self._storage.replace(self._key, content, found[1])
            else:
                raise held_message(found[0], holder.at)
            if taken and self._storage.read(self._key) == content:
                self._ours = content
                return
        raise TargetLocked(message("别人正好也在开始发布"), message("请过一会儿再运行一次"))

    def _release(self) -> None:
        ours, self._ours = self._ours, b""
        if ours and self._storage.read(self._key) == ours:
            self._storage.delete(self._key)


def lock_content(holder: LockHolder) -> bytes:
    """The lock as it lies on a target: JSON of who holds it."""
    return json.dumps(asdict(holder), ensure_ascii=False).encode()


def held_message(content: bytes, now: str) -> TargetLocked:
    """What is said to who finds a lock; `now` is when (ISO 8601)."""
    holder = _holder(content)
    if holder is None:
        return TargetLocked(message("发布目标上有一把读不懂的发布锁"), message("请与同事核对没有人在发布，再强行解锁"))
    return TargetLocked(
        message(
            "{by} 正在发布（{host}，{at} 开始，现在是 {now}）", by=holder.by, host=holder.host, at=holder.at, now=now
        ),
        message("请等他做完；确知已经中断的，可以强行解锁"),
    )


def left_behind(content: bytes, holder: LockHolder) -> bool:
    """True if a process of the holder's own machine left the lock, and is gone."""
    found = _holder(content)
    return found is not None and found.host == holder.host and found.process > 0 and not _runs(found.process)


def _holder(content: bytes) -> LockHolder | None:
    try:
        said = json.loads(content)
        return LockHolder(str(said["by"]), str(said["host"]), int(said["process"]), str(said["at"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
