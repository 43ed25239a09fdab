"""A target that is a folder of some disk: this machine's, a mounted one, or a server's behind SFTP; `layout` says what lies where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.release import Release
from bulletin.model.target import LockHolder
from bulletin.publish.files import UNFINISHED
from bulletin.publish.manifests import FILE, SIGNATURE
from bulletin.publish.targets.disk import Disk, Unreadable
from bulletin.publish.targets.folder.current import Current
from bulletin.publish.targets.folder.layout import (
    RELEASES,
    SITE,
    differing,
    folder_of,
    incoming_of,
    is_rubbish,
    kept_on,
    waiting_in,
)
from bulletin.publish.targets.folder.locking import FolderLock
from bulletin.publish.targets.folder.receiving import Reception
from bulletin.publish.targets.target import Manifest, Parcel, Received


class FolderTarget:
    """The target on a disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._current = Current(disk)
        self._lock = FolderLock(disk)

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
        with self._lock.held(holder, breaking=breaking):
            self._current.mend()
            yield

    def exposed(self, url: str) -> str:
        """Empty: web servers serve `current` alone, and the records lie beside it."""
        return ""

    def receive(self, parcel: Parcel, base: Release | None, progress: Progress) -> Received:
        self._lock.check()
        self._current.refuse_strange()
        release = parcel.release
        for rubbish in self._rubbish(incoming_of(release.name), folder_of(release.name)):
            self._disk.remove(rubbish)
        if release.name in (*self.kept(), self.live()):
            return self._mend(parcel, progress)
        self._take_back(release.name)
        incoming, folder = incoming_of(release.name), folder_of(release.name)
        base_folder = self._current.site(base.name) if base else ""
        received = Reception(self._disk, f"{incoming}/{SITE}", parcel, progress).receive(base, base_folder)
        self._disk.synchronise([incoming])
        self._lock.check()
        self._disk.rename(incoming, folder)
        self._disk.synchronise([RELEASES])
        self._lock.check()
        self._keep(folder, parcel.manifest)
        return received

    def switch(self, name: str) -> None:
        if name not in self.kept():
            raise _not_kept(name)
        self._lock.check()
        self._current.switch(name)

    def remove(self, names: Iterable[str]) -> None:
        going = [*names]
        live = self.live()
        if live in going:
            raise TargetUnavailable(message("第 {name} 版正在给读者看，不能删", name=live))
        for name in going:
            self._lock.check()
            self._drop_manifest(name)
            self._disk.remove(folder_of(name))
        self._disk.synchronise([RELEASES] if going else [])

    def sweep(self) -> tuple[str, ...]:
        self._lock.check()
        self._current.refuse_strange()
        gone = (*self._rubbish(), *self._unfinished_files())
        for each in gone:
            self._disk.remove(each)
        self._disk.synchronise(sorted({each.rpartition("/")[0] for each in gone}))
        return gone

    def examine(self, release: Release) -> tuple[str, ...]:
        return differing(self._disk, self._current.site(release.name), release.files)

    def close(self) -> None:
        self._disk.close()

    def _mend(self, parcel: Parcel, progress: Progress) -> Received:
        """Makes a release that is there what the parcel says."""
        name = parcel.release.name
        received = Reception(self._disk, self._current.site(name), parcel, progress).mend()
        said = self._said(name)
        if said != parcel.manifest:
            self._lock.check()
            if not said:
                self._drop_manifest(name)
            self._keep(folder_of(name), parcel.manifest)
        return received

    def _said(self, name: str) -> Manifest | None:
        """The manifest of a release; nothing where there is none, or something else in its place."""
        try:
            return self.manifest(name) if name in self.kept() else None
        except Unreadable:
            return None

    def _rubbish(self, *but: str) -> tuple[str, ...]:
        """What commands that were broken off left beside the kept releases and the live one, but for what can still be used."""
        kept, live = self.kept(), self.live()
        inside = (
            f"{RELEASES}/{each}" for each in self._disk.names(RELEASES) if each not in kept and is_rubbish(each, live)
        )
        beside = (
            each for each in self._disk.names("") if each.startswith(UNFINISHED) or waiting_in(each) not in ("", *kept)
        )
        return (*(each for each in inside if each not in but), *beside)

    def _unfinished_files(self) -> tuple[str, ...]:
        """Files that were being written, anywhere in the kept releases."""
        kept = self.kept()
        folders = (*(folder_of(name) for name in kept), *filter(None, [self._current.served()]))
        found = (f"{folder}/{path}" for folder in folders for path in self._disk.sizes(folder))
        return tuple(each for each in found if each.rpartition("/")[2].startswith(UNFINISHED))

    def _take_back(self, name: str) -> None:
        """Takes a folder that has its name already, but no manifest, for what an earlier attempt left."""
        if not self._disk.names(folder_of(name)):
            return
        self._drop_manifest(name)
        self._disk.remove(incoming_of(name))
        self._disk.rename(folder_of(name), incoming_of(name))

    def _keep(self, folder: str, manifest: Manifest) -> None:
        """Makes what was received a release: the manifest comes last."""
        contents = {f"{folder}/{SIGNATURE}": manifest.signature, f"{folder}/{FILE}": manifest.content}
        for path, content in contents.items():
            if content:
                self._disk.write([path], contents.__getitem__)
            else:
                self._disk.remove(path)
        self._disk.synchronise([folder])

    def _drop_manifest(self, name: str) -> None:
        """Makes that a release is none any more; the manifest goes first."""
        folder = folder_of(name)
        if self._disk.names(folder):
            self._disk.remove(f"{folder}/{FILE}")
            self._disk.synchronise([folder])
            self._disk.remove(f"{folder}/{SIGNATURE}")


def _not_kept(name: str) -> TargetUnavailable:
    return TargetUnavailable(message("发布目标上没有第 {name} 版", name=name))
