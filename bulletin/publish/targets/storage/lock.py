"""The lock of a bucket: an object that is written only if there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.target import LockHolder
from bulletin.publish.targets.lock import refuse_unless_dead, write_lock
from bulletin.publish.targets.storage.requests import Storage

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
        content = write_lock(holder)
        for _ in range(_TRIES):
            found = self._storage.read_tagged(self._key)
            if self._written(content, found, holder, breaking=breaking) and self._storage.read(self._key) == content:
                self._ours = content
                return
        raise TargetLocked(message("别人正好也在开始发布"), message("请过一会儿再运行一次"))

    def _written(self, content: bytes, found: tuple[bytes, str] | None, holder: LockHolder, *, breaking: bool) -> bool:
        """Writes the lock in place of what was found; false if somebody came between."""
        if found is None:
            return self._storage.create(self._key, content)
        there, tag = found
        if there == content:  # written a moment ago, and only the answer was lost
            return True
        if not breaking:
            refuse_unless_dead(there, holder)
        return self._storage.replace(self._key, content, tag)

    def _release(self) -> None:
        ours, self._ours = self._ours, b""
        if ours and self._storage.read(self._key) == ours:
            self._storage.delete(self._key)
