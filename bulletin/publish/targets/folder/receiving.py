"""How a release is received: what the target has is used again, the rest is sent, everything is read back; and how one that is there is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.release import Release
from bulletin.publish.targets.disk import Disk
from bulletin.publish.targets.target import Parcel, Received

_BATCH = 200
"""Files between two reports of progress."""


class Reception:
    """The files of one parcel on their way into a folder, in which there may be some: of an earlier attempt, or of the release itself."""

    def __init__(self, disk: Disk, folder: str, parcel: Parcel, progress: Progress) -> None:
        self._disk = disk
        self._folder = folder
        self._files = parcel.release.files
        self._parcel = parcel
        self._progress = progress

    def receive(self, base: Release | None, base_folder: str) -> Received:
        """Makes the folder hold the files of the release and nothing else, synchronised with the disk.

        Args:
            base: A release that the target has, if any, whose files are used where they are the same.
            base_folder: Where its files lie.

        Raises:
            TargetUnavailable: As `Disk` says; or what was read back is not what was sent.
        """
        self._disk.make_folders(self._folders())
        left = self._keep_left()
        linked = self._link(base, base_folder, left) if base else frozenset()
        sent = sorted(self._files.keys() - left - linked)
        self._send(sent)
        self._refuse_wrong(sent)
        again = self._wrong(sorted(left | linked))
        self._send(again)
        self._refuse_wrong(again)
        self._disk.synchronise(self._folders())
        sizes = [self._files[path].size for path in (*sent, *again)]
        return Received(len(sizes), sum(sizes), len(self._files) - len(sizes))

    def mend(self) -> Received:
        """Makes the folder of a release that is there what it should be; visitors may see it meanwhile. What is wrong is put right file by file,
        each in one step, whatever other releases share it; only then is removed what is strange. Nothing is written where nothing is wrong.

        Raises:
            TargetUnavailable: As `Disk` says; or what was read back is not what was sent.
        """
        there = self._disk.sizes(self._folder)
        like = sorted(path for path, each in self._files.items() if there.get(path) == each.size)
        wrong = sorted({*self._files.keys() - like, *self._wrong(like)})
        strange = there.keys() - self._files.keys()
        if wrong:
            self._clear_the_way(wrong, there.keys())
            self._disk.make_folders(self._folders())
            self._send(wrong)
            self._refuse_wrong(wrong)
        for path in sorted(self._outermost(strange)):
            self._disk.remove(self._at(path))
        if wrong or strange:
            self._disk.synchronise(self._folders())
        sizes = [self._files[path].size for path in wrong]
        return Received(len(sizes), sum(sizes), len(self._files) - len(sizes), len(strange))

    def _clear_the_way(self, wrong: Iterable[str], there: Iterable[str]) -> None:
        """Removes what lies where a folder should be, and folders that lie where a file should be."""
        in_the_way = {*self._inside().intersection(there), *{*wrong}.difference(there)}
        for path in sorted(in_the_way):
            self._disk.remove(self._at(path))

    def _outermost(self, strange: Iterable[str]) -> set[str]:
        """The strange files, or the folders around them where the release has no such folder."""
        folders = self._inside()
        found = {next((each for each in _above(path) if each not in folders), path) for path in strange}
        return found - folders - self._files.keys()

    def _inside(self) -> set[str]:
        """All folders of the release but the outermost."""
        return {each for path in self._files for each in _above(path)}

    def _folders(self) -> list[str]:
        """All folders of the release, outer ones first."""
        return [self._folder, *map(self._at, sorted(self._inside()))]

    def _keep_left(self) -> frozenset[str]:
        """What an earlier attempt left and has the right size; the rest of it is removed."""
        there = self._disk.sizes(self._folder)
        left = {path for path, size in there.items() if path in self._files and self._files[path].size == size}
        for path in sorted(there.keys() - left):
            self._disk.remove(self._at(path))
        return frozenset(left)

    def _link(self, base: Release, base_folder: str, left: frozenset[str]) -> frozenset[str]:
        """Links what the base has with the same sum, if it is there with the size that it should have."""
        there = self._disk.sizes(base_folder)
        same = {
            path
            for path, each in self._files.items()
            if base.files.get(path) == each and there.get(path) == each.size and path not in left
        }
        for done, batch in _batches(sorted(same)):
            self._progress(message("正在沿用目标上已有的文件 {done}/{total}", done=done, total=len(same)))
            self._disk.link([(f"{base_folder}/{path}", self._at(path)) for path in batch])
        return frozenset(same)

    def _send(self, paths: Sequence[str]) -> None:
        before = len(f"{self._folder}/")
        for done, batch in _batches(paths):
            self._progress(message("正在发送 {done}/{total}", done=done, total=len(paths)))
            self._disk.write([self._at(path) for path in batch], lambda at: self._parcel.read(at[before:]))

    def _refuse_wrong(self, sent: Sequence[str]) -> None:
        wrong = self._wrong(sent)
        if wrong:
            raise TargetUnavailable(
                message("发出去的“{path}”读回来不一样了，共 {count} 个这样的文件", path=wrong[0], count=len(wrong)),
                message("目标的磁盘或网络可能有毛病；网站没有切换。再运行一次会重发，还这样就请管理员检查"),
            )

    def _wrong(self, paths: Sequence[str]) -> list[str]:
        """Those of the paths that are read back with another sum."""
        wrong = []
        for done, batch in _batches(paths):
            self._progress(message("正在读回核对 {done}/{total}", done=done, total=len(paths)))
            found = self._disk.sums([self._at(path) for path in batch])
            wrong += [path for path in batch if found.get(self._at(path)) != self._files[path].sha256]
        return wrong

    def _at(self, path: str) -> str:
        return f"{self._folder}/{path}"


def _above(path: str) -> Iterator[str]:
    """`a`, `a/b` of `a/b/c`."""
    parts = path.split("/")[:-1]
    return ("/".join(parts[: count + 1]) for count in range(len(parts)))


def _batches(paths: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The paths in batches, each with how many there are up to its end."""
    for start in range(0, len(paths), _BATCH):
        batch = paths[start : start + _BATCH]
        yield start + len(batch), batch
