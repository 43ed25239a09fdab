"""The lock of a folder target: a file that is made only if there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.target import LockHolder
from bulletin.publish.targets import lock
from bulletin.publish.targets.disk import Disk, Unreadable

_TAKING = "lock.taking"
_TRIES = 5
_NO_LOCK = b""
"""What stands for a folder, a link, a pipe in the lock's place: nobody's lock, to be broken like one that cannot be read."""


class FolderLock:
    """The lock. Somebody may break it while it is held: so it is looked at again before anything is changed."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._ours = b""

    @contextmanager
    def held(self, holder: LockHolder, *, breaking: bool) -> Iterator[None]:
        """Holds the lock meanwhile.

        Raises:
            TargetLocked: Somebody else holds it.
        """
        before, own = self._ours, lock.write_lock(holder)
        self._take(own, holder, breaking=breaking)
        self._ours = own
        try:
            yield
        except BaseException:
            with suppress(TargetUnavailable):
                self._release(own)
            raise
        finally:
            self._ours = before
        self._release(own)

    def check(self) -> None:
        """Makes sure that the lock is still the one that was taken; does nothing where none was.

        Raises:
            TargetLocked: Somebody has broken it.
        """
        if self._ours and self._read(lock.FILE) != self._ours:
            raise TargetLocked(
                message("发布锁被别人拿走了，已停下"), message("请与同事核对谁在发布，再运行一次；网站可能只换了一部分")
            )

    def _take(self, own: bytes, holder: LockHolder, *, breaking: bool) -> None:
        for _ in range(_TRIES):
            if self._disk.create(lock.FILE, own):
                return
            held = self._read(lock.FILE)
            if held is not None:
                if not breaking:
                    lock.refuse_unless_dead(held, holder)
                breaking = not self._take_away(held, own, holder, breaking=breaking) and breaking
        raise TargetLocked(message("发布锁刚被别人拿走，请过一会儿再运行"))

    def _take_away(self, held: bytes, own: bytes, holder: LockHolder, *, breaking: bool) -> bool:
        """Takes away the lock that was judged, and no other: of two who judge it at once, one waits for the other's second lock.

        Returns:
            Whether it was this one's turn.
        """
        if not self._disk.create(_TAKING, own):
            other = self._read(_TAKING)
            if other is not None:
                if not breaking:
                    lock.refuse_unless_dead(other, holder)
                self._disk.remove(_TAKING)
            return False
        try:
            if self._read(lock.FILE) == held:
                self._disk.remove(lock.FILE)
        finally:
            self._disk.remove(_TAKING)
        return True

    def _release(self, own: bytes) -> None:
        """Removes the lock if it is still ours: somebody may have broken it."""
        if self._read(lock.FILE) == own:
            self._disk.remove(lock.FILE)

    def _read(self, path: str) -> bytes | None:
        try:
            return self._disk.read(path)
        except Unreadable:
            return _NO_LOCK
