"""A server's folder behind SFTP as a disk (draft-ietf-secsh-filexfer-02, with the extensions of OpenSSH's PROTOCOL, section 4).

Many requests are under way at once on one connection. Of what the server says of its files nothing is believed but names and sizes: sums are
made here, of what comes back. What it lacks is made up for where that is safe, and told once: without hard links it copies, if it cannot the
file goes through here; without fsync nothing is synchronised. Without a rename that replaces nothing is begun.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import asyncssh
from asyncssh.constants import FILEXFER_TYPE_DIRECTORY, FILEXFER_TYPE_REGULAR, FILEXFER_TYPE_UNKNOWN

from bulletin.model.progress import Progress
from bulletin.model.target import ServerPlace
from bulletin.publish.targets.disk import MOST_READ_MB, NO_FILE, no_file, too_large
from bulletin.publish.targets.sftp.session import Patience, Session
from bulletin.publish.targets.sftp.writing import Writer

PATIENCE = Patience()
_MOST = MOST_READ_MB * 1024 * 1024
_FILES = (FILEXFER_TYPE_REGULAR, FILEXFER_TYPE_UNKNOWN)
_FOLDER = asyncssh.SFTPAttrs(permissions=0o755)


class SftpDisk:
    """The folder of a server (see `Disk`).

    Args:
        place: The server and the folder.
        root: The folder that a relative `known_hosts` is in.
        tell: Is told, once each, what the server cannot do.
        patience: How long is waited.

    Raises:
        TargetUnavailable: There is no connection to be had, or the server lacks what a release needs.
    """

    def __init__(self, place: ServerPlace, root: Path, tell: Progress, patience: Patience = PATIENCE) -> None:
        self._root = place.path.rstrip("/")
        self._session = Session(place, root, patience)
        self._sftp = self._session.sftp
        self._writer = Writer(self._session, tell)

    def names(self, folder: str) -> tuple[str, ...]:
        """What lies in a folder, by name; nothing where there is no folder."""
        return tuple(sorted(name for name, _ in self._session.run(self._entries(self._at(folder)))))

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Bytes of every file below a folder; of a link, a pipe, a device, `NO_FILE`."""
        top = self._at(folder)
        files, _ = self._session.run(self._tree(top))
        return {path.removeprefix(f"{top}/"): files[path] for path in sorted(files)}

    def read(self, path: str) -> bytes | None:
        """A file; `None` where there is none."""
        return self._session.run(self._read(self._at(path)))

    def make_folders(self, folders: Iterable[str]) -> None:
        """Makes folders, and those above them, readable for the web server whatever the umask."""
        self._session.run(self._make_folders(folders))

    def write(self, paths: Sequence[str], content: Callable[[str], bytes]) -> None:
        """Writes files; `content` is asked for one after another, by another thread than the caller's."""
        inside = {self._at(path): path for path in paths}
        self._session.run(self._writer.write(tuple(inside), lambda path: content(inside[path])))

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Gives files another name; copies them where there are no links. What has the name is replaced."""
        self._session.run(self._writer.link([(self._at(old), self._at(new)) for old, new in pairs]))

    def sums(self, paths: Sequence[str]) -> Mapping[str, str]:
        """The SHA-256 sum of each file, read whole; a file that is not there has none."""
        return self._session.run(self._sums(paths))

    def create(self, path: str, content: bytes) -> bool:
        """Writes a file if there is none, in one step that nobody else can come between; false if there is one."""
        return self._session.run(self._writer.create(self._at(path), content))

    def synchronise(self, folders: Iterable[str]) -> None:
        """Makes sure that the names in folders survive a power cut, as far as the server can."""
        self._session.run(self._session.each(self._synchronise, [self._at(folder) for folder in folders]))

    def point(self, link: str, to: str) -> None:
        """Makes a link lead elsewhere, in one step: whoever follows it meets the old or the new."""
        self._session.run(self._writer.point(self._at(link), to))

    def points_to(self, link: str) -> str:
        """Where a link leads, as it is written; empty where there is no link."""
        return self._session.run(self._points_to(self._at(link)))

    def exchanges(self) -> bool:
        """False: SFTP has no request that lets two folders change places."""
        return False

    def exchange(self, one: str, other: str) -> bool:
        """False, as `exchanges` says."""
        return False

    def rename(self, old: str, new: str) -> None:
        """Gives a file or a folder another name; a file that has it is replaced."""
        self._session.run(self._do(self._sftp.posix_rename(self._at(old), self._at(new)), self._at(new)))

    def remove(self, path: str) -> None:
        """Removes a file, a link, or a folder with all that is in it, where there is one."""
        self._session.run(self._remove(self._at(path)))

    def close(self) -> None:
        """Ends the connection."""
        self._session.close()

    def _at(self, path: str) -> str:
        """A path from the root of the server."""
        return f"{self._root}/{path}" if path else self._root

    async def _do(self, request: Awaitable[object], path: str) -> None:
        """One request about a path."""
        async with self._session.about(path):
            await self._session.step(request)

    async def _entries(self, folder: str) -> list[tuple[str, asyncssh.SFTPAttrs]]:
        """The names in a folder and what they are, links not followed."""
        async with self._session.about(folder):
            try:
                found = await self._session.step(self._sftp.readdir(folder))
            except asyncssh.SFTPNoSuchFile:
                return []
        return [(str(each.filename), each.attrs) for each in found if each.filename not in (".", "..")]

    async def _tree(self, top: str) -> tuple[dict[str, int], list[str]]:
        """The files below a folder with their sizes; the folders, those above before those in them."""
        files: dict[str, int] = {}
        folders: list[str] = []

        async def look(folder: str) -> None:
            for name, attributes in await self._entries(folder):
                path = posixpath.join(folder, name)
                if attributes.type == FILEXFER_TYPE_DIRECTORY:
                    folders.append(path)
                else:
                    files[path] = (attributes.size or 0) if attributes.type in _FILES else NO_FILE

        level = [top]
        while level:
            seen = len(folders)
            await self._session.each(look, level)
            level = folders[seen:]
        return files, folders

    async def _pieces(self, path: str) -> AsyncIterator[bytes]:
        """A file, piece by piece; one that is shorter than asked for is the last (draft-ietf-secsh-filexfer-02, section 6.4)."""
        async with self._sftp.open(path, "rb", block_size=0) as file:
            while piece := await self._session.piece_of(file):
                yield piece
                if len(piece) < self._session.piece:
                    return

    async def _read(self, path: str) -> bytes | None:
        """Looked at before it is opened: a server waits for the other end of a pipe, and for good."""
        content = bytearray()
        async with self._session.about(path):
            try:
                found = await self._session.step(self._sftp.lstat(path))
                if found.type not in _FILES:
                    raise no_file(path)
                if (found.size or 0) > _MOST:
                    raise too_large(path)
                async for piece in self._pieces(path):
                    content += piece
                    if len(content) > _MOST:
                        raise too_large(path)
            except asyncssh.SFTPNoSuchFile:
                return None
        return bytes(content)

    async def _sums(self, paths: Sequence[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}

        async def add(path: str) -> None:
            made = hashlib.sha256()
            async with self._session.about(self._at(path)):
                with suppress(asyncssh.SFTPNoSuchFile):
                    async for piece in self._pieces(self._at(path)):
                        made.update(piece)
                    found[path] = made.hexdigest()

        await self._session.each(add, paths)
        return {path: found[path] for path in paths if path in found}

    async def _make_folders(self, folders: Iterable[str]) -> None:
        """Level by level; those above the target's own are looked for only if that is missing."""
        wanted = [self._at(above) for folder in folders for above in _down_to(folder)]
        if not await self._is_folder(self._root):
            wanted += [f"/{above}" for above in _down_to(self._root.lstrip("/"))]
        by_depth: dict[int, set[str]] = {}
        for path in wanted:
            by_depth.setdefault(path.count("/"), set()).add(path)
        for depth in sorted(by_depth):
            await self._session.each(self._make_folder, sorted(by_depth[depth]))

    async def _make_folder(self, path: str) -> None:
        if not await self._is_folder(path):
            await self._do(self._sftp.mkdir(path, _FOLDER), path)
            await self._do(self._sftp.setstat(path, _FOLDER), path)

    async def _is_folder(self, path: str) -> bool:
        async with self._session.about(path):
            return await self._session.step(self._sftp.isdir(path))

    async def _synchronise(self, folder: str) -> None:
        """OpenSSH opens a folder like a file, and synchronises it; others refuse, and that is that."""
        async with self._session.about(folder):
            try:
                async with self._sftp.open(folder, "rb") as opened:
                    await self._session.step(opened.fsync())
            except (asyncssh.SFTPFailure, asyncssh.SFTPOpUnsupported, asyncssh.SFTPPermissionDenied):
                return

    async def _points_to(self, link: str) -> str:
        async with self._session.about(link):
            try:
                return str(await self._session.step(self._sftp.readlink(link)))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPBadMessage, asyncssh.SFTPFailure):
                return ""  # OpenSSH says "bad message" of what is no link

    async def _remove(self, path: str) -> None:
        async with self._session.about(path):
            try:
                found = await self._session.step(self._sftp.lstat(path))
            except asyncssh.SFTPNoSuchFile:
                return
        if found.type != FILEXFER_TYPE_DIRECTORY:
            await self._do(self._sftp.remove(path), path)
            return
        files, folders = await self._tree(path)
        await self._session.each(lambda file: self._do(self._sftp.remove(file), file), files)
        for folder in reversed([path, *folders]):
            await self._do(self._sftp.rmdir(folder), folder)


def _down_to(folder: str) -> list[str]:
    """`a`, `a/b`, `a/b/c` of `a/b/c`; nothing of the target's own folder, which is empty."""
    parts = [part for part in folder.split("/") if part]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]
