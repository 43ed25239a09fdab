"""What a target can do, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from bulletin.model.progress import Progress
from bulletin.model.release import Release
from bulletin.model.target import LockHolder


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a release as it lies on a target: `release.json`, byte for byte, and its signature, empty if it has none."""

    content: bytes
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A release on its way: `read` gives the bytes of a file by its path, and raises unless they have the sum that the release says."""

    release: Release
    manifest: Manifest
    read: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a parcel: files that were sent, and their bytes; files that the target had already."""

    sent: int
    sent_bytes: int
    had: int


class Target(Protocol):
    """A place with releases, one of them live. All methods may raise `TargetUnavailable`.

    A release is *kept* once its manifest lies there, which is written last: what was broken off is not a release.
    """

    @property
    def switches_at_once(self) -> bool:
        """False where visitors may see pages of two releases, or nothing, for some moments."""

    def kept(self) -> tuple[str, ...]:
        """The names of the releases that are kept, newest first."""

    def live(self) -> str:
        """The name of the release that visitors see; empty if there is none."""

    def unfinished(self) -> tuple[str, ...]:
        """The releases that a switch which was broken off may have left parts of among the live one, or the live one itself where a target
        that can tell finds it changed since; `switch` puts it right. None where switches are done at once."""

    def manifest(self, name: str) -> Manifest:
        """The manifest of a release that is kept."""

    def locked(self, holder: LockHolder, *, breaking: bool = False) -> AbstractContextManager[None]:
        """Keeps others from changing the target meanwhile. A lock that a dead process of the same machine left is taken over.

        Args:
            holder: Who locks.
            breaking: Whether the lock of somebody else is taken away first, because an editor said so.

        Raises:
            TargetLocked: Somebody else holds the lock.
        """

    def exposed(self, url: str) -> str:
        """The address at which anybody can read the target's records: what is not public yet or no more, and who cleared what, lies there. Empty if
        there is none. Asked while the target is locked, before anything is sent.

        Args:
            url: The address at which visitors see the site, ending in `/`; empty if it is not known.
        """

    def receive(self, parcel: Parcel, base: Release | None, progress: Progress) -> Received:
        """Takes a release in, so that it is kept but not yet live: what `base`, a kept release, has with the same sum is not sent
        again; what an earlier attempt sent is not either. All that was sent is read back and compared.

        Raises:
            TargetUnavailable: Disk full, read-only, connection lost, what was read back is not what was sent.
        """

    def switch(self, name: str) -> None:
        """Makes a kept release live."""

    def remove(self, names: Iterable[str]) -> None:
        """Removes kept releases that are not live, with all that only they had."""

    def examine(self, release: Release) -> tuple[str, ...]:
        """The paths whose files, read whole, are not as the kept release says: changed, missing, or strange."""

    def close(self) -> None:
        """Ends connections."""
