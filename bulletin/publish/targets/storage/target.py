"""A bucket of storage that speaks S3 as a target.

In the bucket, below the prefix of the site:

- the site's files under their paths: what visitors see;
- `.bulletin/blobs/<sha256>`: the contents of all kept releases, each once;
- `.bulletin/releases/<name>/release.json`, and `release.json.sig`: the manifests;
- `.bulletin/live`: which release is live, and which have been begun to be switched to;
- `.bulletin/lock`: who is publishing.

Visitors must not be able to read what is below `.bulletin/`: contents of releases that are not live yet or no more, and who cleared what.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.release import FileSum, Release, Sums, newest_first
from bulletin.model.target import BucketPlace, LockHolder
from bulletin.publish.manifests import FILE, SIGNATURE, read_manifest
from bulletin.publish.targets.side_by_side import all_side_by_side, side_by_side
from bulletin.publish.targets.storage.lock import BucketLock
from bulletin.publish.targets.storage.requests import Storage, open_storage
from bulletin.publish.targets.storage.site import BucketSite, Live, read_live, write_live
from bulletin.publish.targets.target import Manifest, Parcel, Received

_RECORDS = ".bulletin/"


def records_url(base_url: str) -> str:
    """The address at which visitors of a site would see its records if they may: it must not answer 200."""
    return f"{base_url}{_RECORDS}live"


def open_bucket(place: BucketPlace) -> BucketTarget:
    """The target at a place. Nothing is asked of it yet.

    Raises:
        TargetUnavailable: The settings cannot be meant.
    """
    return BucketTarget(open_storage(place), place.prefix)


class BucketTarget:
    """A bucket as a target: see `bulletin.publish.targets.target.Target`."""

    switches_at_once = False
    """Storage changes one object at a time: see `bucket_site`."""

    def __init__(self, storage: Storage, prefix: str) -> None:
        self._storage = storage
        self._records = f"{prefix}{_RECORDS}"
        self._lock = BucketLock(storage, f"{self._records}lock")
        self._site = BucketSite(storage, prefix, _RECORDS)

    def kept(self) -> tuple[str, ...]:
        """The names of the releases that are kept, newest first."""
        return _newest_first(self._storage.sizes(self._key("releases/")))

    def live(self) -> str:
        """The release that was switched to last, and wholly; empty if there is none.

        While a switch to another is unfinished, visitors may see pages of both.
        """
        return self._live().name

    def unfinished(self) -> tuple[str, ...]:
        """The releases whose switch was broken off, since the last that was finished. The next switch ends that, whichever release it is to: one to
        `live()` undoes it."""
        return self._live().switching

    def manifest(self, name: str) -> Manifest:
        """The manifest of a release that is kept."""
        return Manifest(self._said(name), self._storage.read(self._key(f"releases/{name}/{SIGNATURE}")) or b"")

    def locked(self, holder: LockHolder, *, breaking: bool = False) -> AbstractContextManager[None]:
        """Keeps others from changing the target meanwhile."""
        return self._lock.held(holder, breaking=breaking)

    def receive(self, parcel: Parcel, base: Release | None, progress: Progress) -> Received:
        """Takes a release in, so that it is kept but not yet live.

        What the target has of it besides `base` may come from an attempt that was broken off: it is read whole before it is counted on.
        """
        self._lock.check()
        paths = {each.sha256: path for path, each in parcel.release.files.items()}
        missing = self._missing(parcel.release.files, base)
        sent = side_by_side(lambda content: self._send(content, parcel.read(paths[content.sha256])), missing)
        for done, _ in enumerate(sent, start=1):
            progress(message("正在发送 {done}/{total}", done=done, total=len(missing)))
        self._keep(parcel)
        return Received(len(missing), sum(each.size for each in missing), len(parcel.release.files) - len(missing))

    def switch(self, name: str) -> None:
        """Makes a kept release live, object by object. A switch to the one that is live puts every object in its place again."""
        self._lock.check()
        wanted = self._files(name)
        before = self._live()
        standing = self._standing(before, name, wanted)
        self._set_live(Live(before.name, tuple(dict.fromkeys((*before.switching, name)))))
        self._site.change(standing, wanted)
        self._lock.check()
        self._set_live(Live(name))

    def remove(self, names: Iterable[str]) -> None:
        """Removes kept releases that are not live, with all that only they had; and what attempts that were broken off have left."""
        self._lock.check()
        going = set(names)
        in_use = sorted(going & self._live().names)
        if in_use:
            raise UsageError(message("第 {name} 版正在用，不能删除", name=in_use[0]), message("请先发布或回退到别的版"))
        inside = self._storage.sizes(self._key("releases/"))
        staying = set(_newest_first(inside)) - going
        needed = {content.sha256 for name in staying for content in self._files(name).values()}
        gone = sorted(path for path in inside if path.partition("/")[0] not in staying)
        for file in (FILE, SIGNATURE):  # without its manifest a release is none
            self._delete(f"releases/{path}" for path in gone if path.endswith(f"/{file}"))
        self._delete(f"blobs/{each}" for each in sorted(self._storage.sizes(self._key("blobs/")).keys() - needed))

    def examine(self, release: Release) -> tuple[str, ...]:
        """The paths whose files are not as the release says: those that visitors see where it is live, else the contents that are kept of it."""
        if release.name == self.live():
            strange = self._site.sizes().keys() - release.files.keys()
            return tuple(sorted({*strange, *self._site.wrong(release.files)}))
        contents = _contents(release.files)
        wrong = {each for each, right in side_by_side(lambda each: (each, self._has(each)), contents) if not right}
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
        content = self._storage.read(self._key(f"releases/{name}/{FILE}"))
        if content is None:
            raise TargetUnavailable(message("发布目标上没有第 {name} 版", name=name))
        return content

    def _standing(self, before: Live, name: str, wanted: Sums) -> Sums:
        """What visitors see now: known from the manifest where the last switch was finished, else what is certain of it."""
        if not before.names:
            return {}
        past = [self._known(each) for each in (before.name, *before.switching)]
        if before.switching:
            return self._site.mixture(past, wanted)
        if before.name == name or not past[0]:
            return self._site.mixture([*past, {}], wanted)
        return past[0]

    def _known(self, name: str) -> Sums:
        """The files of a release, as far as is known: none before the first, and none of one whose manifest is damaged or gone."""
        content = self._storage.read(self._key(f"releases/{name}/{FILE}")) if name else None
        if content is not None:
            with suppress(TargetUnavailable):
                return read_manifest(content, name).files
        return {}

    def _missing(self, files: Sums, base: Release | None) -> list[FileSum]:
        """The contents that have to be sent."""
        wanted = _contents(files)
        counted_on = set(base.files.values()) if base else set()
        if not wanted - counted_on:
            return []
        there = {FileSum(sha256, size) for sha256, size in self._storage.sizes(self._key("blobs/")).items()}
        doubtful = (wanted & there) - counted_on
        broken = {each for each, right in side_by_side(lambda each: (each, self._has(each)), doubtful) if not right}
        return sorted((wanted - there) | broken, key=lambda each: each.sha256)

    def _send(self, content: FileSum, data: bytes) -> None:
        self._storage.write(self._site.blob(content.sha256), data)
        if not self._has(content):
            raise _not_as_sent()

    def _has(self, content: FileSum) -> bool:
        """True if the content is there, read whole."""
        return self._storage.sum(self._site.blob(content.sha256)) == content

    def _keep(self, parcel: Parcel) -> None:
        """Writes the manifest, after its signature: with it the release is kept."""
        for file, content in ((SIGNATURE, parcel.manifest.signature), (FILE, parcel.manifest.content)):
            key = self._key(f"releases/{parcel.release.name}/{file}")
            if content:
                self._storage.write(key, content)
                if self._storage.read(key) != content:
                    raise _not_as_sent()

    def _delete(self, paths: Iterable[str]) -> None:
        all_side_by_side(self._storage.delete, [self._key(path) for path in paths])


def _contents(files: Sums) -> set[FileSum]:
    return set(files.values())


def _newest_first(inside: Iterable[str]) -> tuple[str, ...]:
    """The releases whose manifests are there, of the paths below the folder of all."""
    parts = [path.partition("/") for path in inside]
    return newest_first(name for name, _, file in parts if file == FILE)


def _not_as_sent() -> TargetUnavailable:
    return TargetUnavailable(
        message("存储里读回来的与送去的不一样"), message("请再运行一次；总是这样，就请管存储的人检查")
    )
