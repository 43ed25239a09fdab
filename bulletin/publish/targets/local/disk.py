"""A folder of this machine, or one that it has mounted, as the disk of a target."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

from bulletin.model.errors import TargetUnavailable, reason_of
from bulletin.model.problem import NOTHING, message
from bulletin.publish.files import UNFINISHED
from bulletin.publish.targets.disk import NO_FILE, LinksRefused, no_file, too_large
from bulletin.publish.targets.local.files import (
    NotAFile,
    TooLarge,
    create_whole,
    exchange,
    is_unable,
    link_or_copy,
    make_folder,
    read_file,
    sum_of_file,
    synchronise_folder,
    write_whole,
)

_T = TypeVar("_T")
_R = TypeVar("_R")
_WORKERS = 4
"""Half the time of one on a disk of its own; more wait for its journal."""
_WORTH_WORKERS = 32
_FULL = message("发布目标的磁盘满了；腾出空间后再运行一次，会接着发")
_REFUSED = message("请网站服务器的管理员给发布的人这个文件夹的写入权限")
_READ_ONLY = message("请网站服务器的管理员查明磁盘为什么是只读的")
_BROKEN = message("磁盘可能坏了，或与它的连接断了；请网站服务器的管理员检查，好了再运行一次")
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EROFS: _READ_ONLY,
    errno.EIO: _BROKEN,
    errno.ESTALE: _BROKEN,
    errno.ENOTCONN: _BROKEN,
}


class LocalDisk:
    """The folder `root`, which is made where only itself is missing."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._exchanges: bool | None = None

    def names(self, folder: str) -> tuple[str, ...]:
        self._refuse_lost()
        with self._reading(folder):
            try:
                return tuple(sorted(os.listdir(self._path(folder))))
            except (FileNotFoundError, NotADirectoryError):
                return ()

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Bytes of every file below a folder; of a link, a pipe, a device, `NO_FILE`."""
        found: dict[str, int] = {}
        waiting = [""]
        with self._reading(folder), suppress(FileNotFoundError):
            while waiting:
                below = waiting.pop()
                with os.scandir(self._path(f"{folder}/{below}")) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(f"{below}{entry.name}/")
                        else:
                            is_file = entry.is_file(follow_symlinks=False)
                            size = entry.stat(follow_symlinks=False).st_size if is_file else NO_FILE
                            found[below + entry.name] = size
        return found

    def read(self, path: str) -> bytes | None:
        self._refuse_lost()
        with self._reading(path):
            try:
                return read_file(self._path(path))
            except NotAFile as fault:
                raise no_file(self._path(path)) from fault
            except TooLarge as fault:
                raise too_large(self._path(path)) from fault

    def make_folders(self, folders: Iterable[str]) -> None:
        self._make_root()
        for folder in folders:
            with self._writing(folder):
                make_folder(self._path(folder))

    def write(self, paths: Sequence[str], content: Callable[[str], bytes]) -> None:
        def write(path: str) -> None:
            written = content(path)
            with self._writing(path):
                write_whole(self._path(path), written)

        _each(write, paths)

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        def link(pair: tuple[str, str]) -> None:
            old, new = pair
            with self._writing(new):
                link_or_copy(self._path(old), self._path(new))

        _each(link, pairs)

    def sums(self, paths: Sequence[str]) -> Mapping[str, str]:
        def digest(path: str) -> tuple[str, str]:
            with self._reading(path):
                return path, sum_of_file(self._path(path))

        return {path: found for path, found in _each(digest, paths) if found}

    def create(self, path: str, content: bytes) -> bool:
        self._make_root()
        with self._writing(path):
            return create_whole(self._path(path), content)

    def synchronise(self, folders: Iterable[str]) -> None:
        def synchronise(folder: str) -> None:
            with self._writing(folder):
                synchronise_folder(self._path(folder))

        _each(synchronise, [*folders])

    def point(self, link: str, to: str) -> None:
        fresh = self._path(f"{UNFINISHED}{link}")
        with self._writing(link):
            with suppress(FileNotFoundError):
                os.unlink(fresh)
            try:
                os.symlink(to, fresh)
            except OSError as fault:
                if not is_unable(fault):
                    raise
                raise LinksRefused(
                    message("“{path}”所在的磁盘上不能建链接", path=self._path(link)),
                    message("请把网站放到能建链接的磁盘上"),
                ) from fault
            try:
                os.rename(fresh, self._path(link))
            except OSError:
                os.unlink(fresh)
                raise

    def points_to(self, link: str) -> str:
        self._refuse_lost()
        with self._reading(link):
            whole = self._path(link)
            return os.readlink(whole) if os.path.islink(whole) else ""

    def exchanges(self) -> bool:
        if self._exchanges is None:
            self._exchanges = self._try_exchange()
        return self._exchanges

    def exchange(self, one: str, other: str) -> bool:
        with self._writing(other):
            return exchange(self._path(one), self._path(other))

    def rename(self, old: str, new: str) -> None:
        with self._writing(new):
            os.rename(self._path(old), self._path(new))

    def remove(self, path: str) -> None:
        whole = self._path(path)
        with self._writing(path), suppress(FileNotFoundError):
            if stat.S_ISDIR(os.lstat(whole).st_mode):
                shutil.rmtree(whole)
            else:
                os.unlink(whole)

    def close(self) -> None:
        """There is no connection."""

    def _path(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _try_exchange(self) -> bool:
        """Tries it with two empty folders."""
        try:
            with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=self._root) as folder:
                pair = f"{folder}/1", f"{folder}/2"
                for each in pair:
                    os.mkdir(each)
                return exchange(*pair)
        except OSError:  # full or read-only: not promised
            return False

    def _make_root(self) -> None:
        self._refuse_lost()
        if not os.path.isdir(self._root):
            with self._writing(""):
                make_folder(self._root)
                synchronise_folder(os.path.dirname(self._root))

    def _refuse_lost(self) -> None:
        """Refuses a root whose parent is missing, as it is while a disk is not mounted: what is written there would lie under the disk."""
        parent = os.path.dirname(self._root)
        if os.path.isdir(self._root):
            return
        if os.path.lexists(self._root):
            raise TargetUnavailable(
                message("发布目标“{path}”不是文件夹", path=self._root),
                message("请改正 bulletin.yaml 里的 to，或把它移走"),
            )
        if not os.path.isdir(parent):
            raise TargetUnavailable(
                message("没有“{path}”这个文件夹，发布目标应在它里面", path=parent),
                message("磁盘可能没有挂上，挂上后再运行；如果是新地方，请先建好这个文件夹"),
            )

    @contextmanager
    def _writing(self, path: str) -> Iterator[None]:
        """Turns what the operating system refuses into a `TargetUnavailable` that names the path."""
        try:
            yield
        except OSError as fault:
            told = message("写不了“{path}”：{reason}", path=self._path(path), reason=reason_of(fault))
            raise TargetUnavailable(told, _ADVICE.get(fault.errno or 0, NOTHING)) from fault

    @contextmanager
    def _reading(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            told = message("读不了“{path}”：{reason}", path=self._path(path), reason=reason_of(fault))
            raise TargetUnavailable(told, _ADVICE.get(fault.errno or 0, NOTHING)) from fault


def _each(act: Callable[[_T], _R], items: Sequence[_T]) -> list[_R]:
    """What the act gives for each item; side by side where there are many."""
    if len(items) < _WORTH_WORKERS:
        return [act(item) for item in items]
    with ThreadPoolExecutor(_WORKERS) as workers:
        jobs = [workers.submit(act, item) for item in items]
        try:
            return [job.result() for job in jobs]
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise
