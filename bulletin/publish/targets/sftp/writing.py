"""Files onto a server: each beside its place, whole, synchronised, and then renamed. Paths are from the root of the server."""

from __future__ import annotations

import asyncio
import hashlib
import posixpath
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle

import asyncssh

from bulletin.model.problem import Message, message
from bulletin.model.progress import Progress
from bulletin.publish.targets.disk import LinksRefused
from bulletin.publish.targets.sftp.session import AT_ONCE, Session

UNFINISHED = ".part-"
_FILE = asyncssh.SFTPAttrs(permissions=0o644)
_MODE = 0o777
_UNDER_WAY = 32 * 1024 * 1024
_NO_SYNC = message("服务器不会把文件同步到磁盘（没有 fsync）：刚发布完就断电的话，要重新发布")
_NO_LINKS = message("服务器上不能用硬链接：没有改动的文件也要复制一份，慢一些，多占地方")
_NO_COPIES = message("服务器不会自己复制文件：没有改动的文件也要经过这里再传一遍，慢得多")


class Writer:
    """Writes, copies and links on one connection; `tell` hears once of each thing that the server cannot do."""

    def __init__(self, session: Session, tell: Progress) -> None:
        self._session = session
        self._sftp = session.sftp
        self._tell = tell
        self._told: set[Message] = set()
        self._masked: bool | None = None
        self._used = 0
        self._room = asyncio.Condition()

    async def write(self, paths: Sequence[str], content: Callable[[str], bytes]) -> None:
        """Writes files. However large they are, hardly more than `_UNDER_WAY` bytes are held at a time."""
        async with self._session.about(posixpath.commonpath(paths) if paths else ""):
            talks = cycle(await self._session.talks() if len(paths) > AT_ONCE else [self._sftp])

        async def write(path: str) -> None:
            async with self._held(path, content) as whole:
                await self._write(path, whole, next(talks))

        await self._session.each(write, paths)

    async def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Gives files another name, or a copy where that cannot be; what has the name is replaced."""
        await self._session.each(self._link_or_copy, pairs)

    async def create(self, path: str, content: bytes) -> bool:
        """Writes a file if there is none; whole from the first moment, where there are hard links."""
        mark = hashlib.sha256(content).hexdigest()[:16]  # two who lock at once do not write the same file
        async with self._unfinished(path, len(content), f"{mark}-") as part:
            await self._fill(self._sftp, part, content, "wb")
            made = await self._is_new(part, path, content)
            await self._forget(part)
        return made

    async def point(self, link: str, to: str) -> None:
        """Makes a link lead elsewhere: a new one takes its place."""
        async with self._unfinished(link) as part:
            await self._forget(part)
            try:
                await self._session.step(self._sftp.symlink(to, part))
            except asyncssh.SFTPOpUnsupported as refused:
                raise LinksRefused(message("服务器不能建链接")) from refused
            await self._session.step(self._sftp.posix_rename(part, link))

    @asynccontextmanager
    async def _held(self, path: str, content: Callable[[str], bytes]) -> AsyncIterator[bytes]:
        async with self._room:
            await self._room.wait_for(lambda: self._used < _UNDER_WAY)
            whole = content(path)
            self._used += len(whole)
        try:
            yield whole
        finally:
            self._used -= len(whole)
            async with self._room:
                self._room.notify_all()

    async def _write(self, path: str, content: bytes, sftp: asyncssh.SFTPClient) -> None:
        async with self._unfinished(path, len(content), talk=sftp) as part:
            await self._fill(sftp, part, content, "wb")
            await self._session.step(self._sftp.posix_rename(part, path))

    @asynccontextmanager
    async def _unfinished(
        self, path: str, size: int = 0, mark: str = "", talk: asyncssh.SFTPClient | None = None
    ) -> AsyncIterator[str]:
        """The name of what is not yet whole; it is removed if it does not become so, after the server was asked why.

        By the same talk: what is asked in another may overtake what is still under way.
        """
        folder, name = posixpath.split(path)
        part = posixpath.join(folder, f"{UNFINISHED}{mark}{name}")
        try:
            async with self._session.about(path, size):
                yield part
        except BaseException:
            await self._forget(part, talk)
            raise

    async def _forget(self, path: str, talk: asyncssh.SFTPClient | None = None) -> None:
        """Removes a file if it is there, and if that can still be done."""
        with suppress(asyncssh.Error, OSError):
            await (talk or self._sftp).remove(path)

    async def _fill(self, sftp: asyncssh.SFTPClient, path: str, content: bytes, flags: str) -> None:
        async with sftp.open(path, flags, _FILE, block_size=0) as file:
            for start in range(0, len(content), self._session.piece):
                await self._session.put(file, content[start : start + self._session.piece])
            await self._finish(file)

    async def _finish(self, file: asyncssh.SFTPClientFile) -> None:
        """Lets the web server read the file, which a umask may have forbidden, and synchronises it."""
        if self._masked is None:
            attributes = await self._session.step(file.stat())
            self._masked = (attributes.permissions or 0) & _MODE != _FILE.permissions
        if self._masked:
            await self._session.step(file.setstat(_FILE))
        try:
            await self._session.step(file.fsync())
        except asyncssh.SFTPOpUnsupported:
            self._tell_once(_NO_SYNC)

    async def _link_or_copy(self, pair: tuple[str, str]) -> None:
        old, new = pair
        async with self._session.about(new):
            if await self._link(old, new):
                return
        await self._copy(old, new)
        self._tell_once(_NO_LINKS)  # it was not a full disk

    async def _link(self, old: str, new: str) -> bool:
        """False where there can be no link: between file systems, on one that knows none, to what belongs to somebody else."""
        with suppress(asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure, asyncssh.SFTPPermissionDenied):
            try:
                await self._session.step(self._sftp.link(old, new))
            except asyncssh.SFTPFailure:  # most likely there is one of that name
                await self._forget(new)
                await self._session.step(self._sftp.link(old, new))
            return True
        return False

    async def _copy(self, old: str, new: str) -> None:
        async with self._unfinished(new) as part:
            async with (
                self._sftp.open(old, "rb", block_size=0) as source,
                self._sftp.open(part, "wb", _FILE, block_size=0) as copy,
            ):
                if self._sftp.supports_remote_copy:
                    await self._session.step(self._sftp.remote_copy(source, copy))
                else:
                    self._tell_once(_NO_COPIES)
                    while piece := await self._session.piece_of(source):
                        await self._session.put(copy, piece)
                await self._finish(copy)
            await self._session.step(self._sftp.posix_rename(part, new))

    async def _is_new(self, part: str, path: str, content: bytes) -> bool:
        """Gives the whole file its name, if nothing has it; where there are no links, makes it under its name."""
        try:
            await self._session.step(self._sftp.link(part, path))
        except asyncssh.SFTPError:
            if await self._session.step(self._sftp.lexists(path)):
                return False
            return await self._is_made(path, content)
        return True

    async def _is_made(self, path: str, content: bytes) -> bool:
        try:
            await self._fill(self._sftp, path, content, "xb")
        except asyncssh.SFTPFailure:
            if await self._session.step(self._sftp.lexists(path)):
                return False
            raise
        return True

    def _tell_once(self, what: Message) -> None:
        if what not in self._told:
            self._told.add(what)
            self._tell(what)
