"""A target that is a folder of some disk: this machine's, a mounted one, or a server's behind SFTP; `layout` says what lies where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.release import Release
from bulletin.model.target import LockHolder
from bulletin.publish.files import UNFINISHED
from bulletin.publish.manifests import FILE, SIGNATURE
from bulletin.publish.targets import lock
from bulletin.publish.targets.disk import Disk
from bulletin.publish.targets.folder.current import Current
from bulletin.publish.targets.folder.layout import (
    RELEASES,
    SITE,
    differing,
    folder_of,
    incoming_of,
    is_rubbish,
    kept_on,
)
from bulletin.publish.targets.folder.receiving import Reception
from bulletin.publish.targets.target import Manifest, Parcel, Received

_TAKING = "lock.taking"
_TRIES = 5


class FolderTarget:
    """The target on a disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._current = Current(disk)

    @property
    def switches_at_once(self) -> bool:
        return self._current.at_once()

    def kept(self) -> tuple[str, ...]:
        return tuple(kept_on(self._disk))

    def live(self) -> str:
        return self._current.live()

    def unfinished(self) -> tuple[str, ...]:
        return ()

    def manifest(self, name: str) -> Manifest:
        content = self._disk.read(f"{folder_of(name)}/{FILE}")
        if content is None:
            raise _not_kept(name)
        return Manifest(content, self._disk.read(f"{folder_of(name)}/{SIGNATURE}") or b"")

    @contextmanager
    def locked(self, holder: LockHolder, *, breaking: bool = False) -> Iterator[None]:
        own = lock.write_lock(holder)
        self._take_lock(own, holder, breaking=breaking)
        try:
            self._current.mend()
            yield
        except BaseException:
            with suppress(TargetUnavailable):
                self._release_lock(own)
            raise
        self._release_lock(own)

    def exposed(self, url: str) -> str:
        """Empty: web servers serve `current` alone, and the records lie beside it."""
        return ""

    def receive(self, parcel: Parcel, base: Release | None, progress: Progress) -> Received:
        self._current.refuse_strange()
        release = parcel.release
        self._sweep(release.name)
        if self._has(parcel):
            return Received(0, 0, len(release.files))
        self._take_back(release.name)
        incoming, folder = incoming_of(release.name), folder_of(release.name)
        base_folder = self._current.site(base.name) if base else ""
        received = Reception(self._disk, f"{incoming}/{SITE}", parcel, progress).receive(base, base_folder)
        self._disk.synchronise([incoming])
        self._disk.rename(incoming, folder)
        self._disk.synchronise([RELEASES])
        self._keep(folder, parcel.manifest)
        return received

    def switch(self, name: str) -> None:
        if name not in self.kept():
            raise _not_kept(name)
        self._current.switch(name)

    def remove(self, names: Iterable[str]) -> None:
        going = [*names]
        live = self.live()
        if live in going:
            raise TargetUnavailable(message("第 {name} 版正在给读者看，不能删", name=live))
        for name in going:
            self._drop_manifest(name)
            self._disk.remove(folder_of(name))
        self._disk.synchronise([RELEASES] if going else [])

    def examine(self, release: Release) -> tuple[str, ...]:
        return differing(self._disk, self._current.site(release.name), release.files)

    def close(self) -> None:
        self._disk.close()

    def _has(self, parcel: Parcel) -> bool:
        """True if the parcel was received before, down to its manifest, and is as it should be."""
        name = parcel.release.name
        return name in self.kept() and self.manifest(name) == parcel.manifest and not self.examine(parcel.release)

    def _sweep(self, name: str) -> None:
        """Removes what commands that were broken off left, but for what this release can use."""
        kept, live = self.kept(), self.live()
        for entry in self._disk.names(RELEASES):
            if entry not in (*kept, name, incoming_of(name).rpartition("/")[2]) and is_rubbish(entry, live):
                self._disk.remove(f"{RELEASES}/{entry}")
        for entry in self._disk.names(""):
            if entry.startswith(UNFINISHED):
                self._disk.remove(entry)

    def _take_back(self, name: str) -> None:
        """Takes a release that has its name already, but is not as it should be, for what an earlier attempt left."""
        if not self._disk.names(folder_of(name)):
            return
        if name == self.live():
            raise TargetUnavailable(
                message("第 {name} 版正在给读者看，却和要发的不一样，不能重收", name=name),
                message("先回退到另一版，再发布"),
            )
        self._drop_manifest(name)
        self._disk.remove(incoming_of(name))
        self._disk.rename(folder_of(name), incoming_of(name))

    def _keep(self, folder: str, manifest: Manifest) -> None:
        """Makes what was received a release: the manifest comes last."""
        contents = {f"{folder}/{SIGNATURE}": manifest.signature, f"{folder}/{FILE}": manifest.content}
        for path, content in contents.items():
            if content:
                self._disk.write([path], contents.__getitem__)
        self._disk.synchronise([folder])

    def _drop_manifest(self, name: str) -> None:
        """Makes that a release is none any more; the manifest goes first."""
        folder = folder_of(name)
        if self._disk.names(folder):
            self._disk.remove(f"{folder}/{FILE}")
            self._disk.synchronise([folder])
            self._disk.remove(f"{folder}/{SIGNATURE}")

    def _take_lock(self, own: bytes, holder: LockHolder, *, breaking: bool) -> None:
        for _ in range(_TRIES):
            if self._disk.create(lock.FILE, own):
                return
            held = self._disk.read(lock.FILE)
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
            other = self._disk.read(_TAKING)
            if other is not None:
                if not breaking:
                    lock.refuse_unless_dead(other, holder)
                self._disk.remove(_TAKING)
            return False
        try:
            if self._disk.read(lock.FILE) == held:
                self._disk.remove(lock.FILE)
        finally:
            self._disk.remove(_TAKING)
        return True

    def _release_lock(self, own: bytes) -> None:
        """Removes the lock if it is still ours: somebody may have broken it."""
        if self._disk.read(lock.FILE) == own:
            self._disk.remove(lock.FILE)


def _not_kept(name: str) -> TargetUnavailable:
    return TargetUnavailable(message("发布目标上没有第 {name} 版", name=name))
