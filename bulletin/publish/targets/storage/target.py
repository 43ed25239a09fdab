"""A bucket of storage that speaks S3 as a target.

In the bucket, below the prefix of the site:

- the site's files under their paths: what visitors see;
- `.bulletin/blobs/<sha256>`: the contents of all kept releases, each once;
- `.bulletin/releases/<name>/release.json`, and `release.json.sig`: the manifests;
- `.bulletin/live`: which release is live, and which have been begun to be switched to;
- `.bulletin/tags/blobs`, `.bulletin/tags/site`: under which tags the contents, and the files in their places, were last seen to be right;
- `.bulletin/lock`: who is publishing.

Visitors must not be able to read what is below `.bulletin/`: contents of releases that are not live yet or no more, and who cleared what.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.release import FileSum, Release, Sums, difference, newest_first
from bulletin.model.target import BucketPlace, LockHolder
from bulletin.publish.manifests import FILE, SIGNATURE, read_manifest
from bulletin.publish.serving import fetch_beginning
from bulletin.publish.targets.lock import FILE as FILE_OF_LOCK
from bulletin.publish.targets.lock import holder_of
from bulletin.publish.targets.side_by_side import all_side_by_side, side_by_side
from bulletin.publish.targets.storage.blobs import BLOBS, Blobs, not_as_sent
from bulletin.publish.targets.storage.lock import BucketLock
from bulletin.publish.targets.storage.requests import Storage, open_storage
from bulletin.publish.targets.storage.site import BucketSite, Live, altered, read_live, standing, write_live
from bulletin.publish.targets.target import Manifest, Parcel, Received

_RECORDS, _RELEASES = ".bulletin/", "releases/"


def open_bucket(place: BucketPlace) -> BucketTarget:
    """The target at a place. Nothing is asked of it yet.

    Raises:
        TargetUnavailable: The settings cannot be meant.
    """
    return BucketTarget(open_storage(place), place.prefix)


class BucketTarget:
    """A bucket as a target: see `bulletin.publish.targets.target.Target`."""

    switches_at_once = False
    """Storage changes one object at a time: see `bulletin.publish.targets.storage.site`."""

    def __init__(self, storage: Storage, prefix: str) -> None:
        self._storage = storage
        self._records = f"{prefix}{_RECORDS}"
        self._lock = BucketLock(storage, f"{self._records}{FILE_OF_LOCK}")
        self._blobs = Blobs(storage, self._records)
        self._site = BucketSite(storage, prefix, _RECORDS, self._blobs)

    def kept(self) -> tuple[str, ...]:
        """The names of the releases that are kept, newest first."""
        return _newest_first(self._storage.listed(self._key(_RELEASES)))

    def live(self) -> str:
        """The release that was switched to last, and wholly; empty if there is none.

        While a switch to another is unfinished, visitors may see pages of both.
        """
        return self._live().name

    def unfinished(self) -> tuple[str, ...]:
        """The releases whose switch was broken off, since the last that was finished; the live one, where somebody has changed or deleted objects
        of it since. The next switch ends that, whichever release it is to: one to `live()` undoes it."""
        live = self._live()
        if live.switching or not live.name:
            return live.switching
        wanted = self._known(live.name)
        return (live.name,) if altered(self._site.listed(), self._site.recorded(), wanted) else ()

    def manifest(self, name: str) -> Manifest:
        """The manifest of a release that is kept."""
        return Manifest(self._said(name), self._storage.read(self._key(f"{_RELEASES}{name}/{SIGNATURE}")) or b"")

    def locked(self, holder: LockHolder, *, breaking: bool = False) -> AbstractContextManager[None]:
        """Keeps others from changing the target meanwhile."""
        return self._lock.held(holder, breaking=breaking)

    def exposed(self, url: str) -> str:
        """The address at which anybody can read the lock, and so all records: that of the site, or the storage's own; empty if there is none.

        Asked while the lock is held: it is there even before the first release is.
        """
        address = f"{url}{_RECORDS}{FILE_OF_LOCK}"
        if url and holder_of(fetch_beginning(address)):
            return address
        return self._storage.public_address(self._key(FILE_OF_LOCK))

    def receive(self, parcel: Parcel, base: Release | None, progress: Progress) -> Received:
        """Takes a release in, so that it is kept but not yet live; of one that is kept already, puts right what is damaged.

        What the target has is found by a list of its contents: `base` is not counted on.
        """
        self._lock.check()
        files = parcel.release.files
        paths = {each.sha256: path for path, each in files.items()}
        missing = self._blobs.missing(files.values(), self._blobs.listed())
        sent = side_by_side(lambda content: self._blobs.put(content, parcel.read(paths[content.sha256])), missing)
        for done, _ in enumerate(sent, start=1):
            progress(message("正在发送 {done}/{total}", done=done, total=len(missing)))
        self._blobs.record()
        self._keep(parcel)
        return Received(len(missing), sum(each.size for each in missing), len(files) - len(missing))

    def switch(self, name: str) -> None:
        """Makes a kept release live, object by object: all that is not known to stand there already is put in its place, whoever changed it.

        Raises:
            TargetUnavailable: A content of it that is needed is damaged or gone: then nothing is changed.
        """
        self._lock.check()
        wanted = self._files(name)
        before = self._live()
        recorded = self._site.recorded()
        past = (path for each in sorted(before.names) for path in self._known(each))
        needed = difference(standing(self._site.listed(), recorded, {*past, *wanted}), wanted)
        self._require_whole(name, {wanted[path] for path in needed.sent})
        self._set_live(Live(before.name, tuple(dict.fromkeys((*before.switching, name)))))
        self._site.change(needed, wanted, recorded)
        self._lock.check()
        self._set_live(Live(name))

    def remove(self, names: Iterable[str]) -> None:
        """Removes kept releases that are not live, with all that only they had; and what attempts that were broken off have left.

        Raises:
            TargetUnavailable: The manifest of one that stays cannot be read: then nothing is removed.
        """
        self._lock.check()
        going = set(names)
        in_use = sorted(going & self._live().names)
        if in_use:
            raise UsageError(message("第 {name} 版正在用，不能删除", name=in_use[0]), message("请先发布或回退到别的版"))
        kept = self.kept()
        needed = _contents_of(read_manifest(self._said(name), name) for name in kept if name not in going)
        self._delete(f"{_RELEASES}{name}/{FILE}" for name in kept if name in going)
        self._sweep(needed)

    def sweep(self) -> tuple[str, ...]:
        """Removes what no kept release needs: contents, and what lies beside no manifest; that is what a receipt or a removal that was broken off
        leaves. Nothing while the manifest of a kept one cannot be read.

        Returns:
            What was removed, by paths below `.bulletin/`.
        """
        self._lock.check()
        said = {name: self._said(name) for name in self.kept()}
        try:
            needed = _contents_of(read_manifest(content, name) for name, content in said.items())
        except TargetUnavailable:
            return ()
        return self._sweep(needed)

    def examine(self, release: Release) -> tuple[str, ...]:
        """The paths whose files are not as the release says: those that visitors see where it is live, else the contents that are kept of it."""
        if release.name == self.live():
            strange = self._site.listed().keys() - release.files.keys()
            return tuple(sorted({*strange, *self._site.wrong(release.files)}))
        contents = set(release.files.values())
        wrong = {
            each for each, right in side_by_side(lambda each: (each, self._blobs.has(each)), contents) if not right
        }
        return tuple(sorted(path for path, each in release.files.items() if each in wrong))

    def close(self) -> None:
        """Ends connections."""
        self._storage.close()

    def _key(self, path: str) -> str:
        return self._records + path

    def _live(self) -> Live:
        return read_live(self._storage.read(self._key("live")))

    def _set_live(self, live: Live) -> None:
        self._storage.write(self._key("live"), write_live(live))

    def _files(self, name: str) -> Sums:
        return read_manifest(self._said(name), name).files

    def _said(self, name: str) -> bytes:
        content = self._storage.read(self._key(f"{_RELEASES}{name}/{FILE}"))
        if content is None:
            raise TargetUnavailable(message("发布目标上没有第 {name} 版", name=name))
        return content

    def _require_whole(self, name: str, contents: set[FileSum]) -> None:
        """Raises: TargetUnavailable: One of the contents is damaged or gone."""
        missing = self._blobs.missing(contents, self._blobs.listed()) if contents else ()
        if missing:
            raise TargetUnavailable(
                message("第 {name} 版有 {count} 个文件的内容坏了或丢了，没有换上", name=name, count=len(missing)),
                message("请再发布一次，会重新送；并查明是谁动了 .bulletin/ 下的文件"),
            )

    def _known(self, name: str) -> Sums:
        """The files of a release, as far as is known: none before the first, and none of one whose manifest is damaged or gone."""
        content = self._storage.read(self._key(f"{_RELEASES}{name}/{FILE}")) if name else None
        if content is not None:
            with suppress(TargetUnavailable):
                return read_manifest(content, name).files
        return {}

    def _keep(self, parcel: Parcel) -> None:
        """Writes the manifest, after its signature, unless they lie there: with it the release is kept."""
        for file, content in ((SIGNATURE, parcel.manifest.signature), (FILE, parcel.manifest.content)):
            key = self._key(f"{_RELEASES}{parcel.release.name}/{file}")
            there = self._storage.read(key) or b""
            if there and not content:
                self._storage.delete(key)
            elif there != content:
                self._storage.write(key, content)
                if self._storage.read(key) != content:
                    raise not_as_sent()

    def _sweep(self, needed: set[str]) -> tuple[str, ...]:
        """Removes all contents but these, and all that lies where no manifest does; returns the paths."""
        inside = self._storage.listed(self._key(_RELEASES))
        kept = _newest_first(inside)
        strange = sorted(_RELEASES + path for path in inside if path.partition("/")[0] not in kept)
        unneeded = sorted(BLOBS + each for each in self._blobs.listed().keys() - needed)
        self._delete((*strange, *unneeded))
        return (*strange, *unneeded)

    def _delete(self, paths: Iterable[str]) -> None:
        all_side_by_side(self._storage.delete, [self._key(path) for path in paths])


def _contents_of(releases: Iterable[Release]) -> set[str]:
    """The sums of all their files."""
    return {content.sha256 for release in releases for content in release.files.values()}


def _newest_first(inside: Iterable[str]) -> tuple[str, ...]:
    """The releases whose manifests are there, of the paths below the folder of all."""
    parts = [path.partition("/") for path in inside]
    return newest_first(name for name, _, file in parts if file == FILE)
