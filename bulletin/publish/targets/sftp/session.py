"""A conversation by SFTP: callers wait for it like for any other function, while it does many things at once in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar, cast

import asyncssh

from bulletin.model.errors import BulletinError, TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.target import ServerPlace
from bulletin.publish.targets.sftp.connecting import connect
from bulletin.publish.targets.sftp.refusals import host_of, lost, refusal, silent

T = TypeVar("T")
AT_ONCE = 64
_TALKS = 4
_PIECE = 256 * 1024
_PARTING_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds are waited: until there is a connection; for any sign of progress afterwards."""

    connect: float = 15
    answer: float = 120


class Session:
    """A connection and the talk on it. The thread answers the server between the tasks too, so that it does not hang up on one who thinks.

    Raises:
        TargetUnavailable: There is no connection to be had, or the server lacks what a release needs.
    """

    def __init__(self, place: ServerPlace, root: Path, patience: Patience) -> None:
        self.place = place
        self._patience = patience
        self._steps = 0
        self._talks: list[asyncssh.SFTPClient] = []
        self._doing: set[asyncio.Future[Any]] = set()
        self._connection: asyncssh.SSHClientConnection | None = None
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _loop, _what: None)  # what fails is told by who waits for it
        self._thread = Thread(target=self._loop.run_forever, name="sftp", daemon=True)
        self._thread.start()
        try:
            self._wait(self._open(root))
        except BaseException:
            self.close()
            raise
        self.piece = min(_PIECE, self.sftp.limits.max_read_len, self.sftp.limits.max_write_len)

    def run(self, task: Coroutine[object, object, T]) -> T:
        """What a task gives.

        Raises:
            TargetUnavailable: It failed; or nothing came for a long time, after which the connection is given up.
        """
        return self._wait(self._watched(task))

    def close(self) -> None:
        """Ends the connection and the thread; a second time does nothing."""
        if self._loop.is_closed():
            return
        with suppress(asyncssh.Error, OSError, TimeoutError, asyncio.CancelledError):
            self._wait(self._part())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def each(self, act: Callable[[T], Awaitable[None]], items: Iterable[T]) -> None:
        """Does something with many things, so many at once; after the first failure no more are begun."""
        todo = iter(items)

        async def worker() -> None:
            for item in todo:
                await act(item)

        workers = [asyncio.ensure_future(worker()) for _ in range(AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for each in workers:
                if not each.cancelling():  # who was told already is tidying up
                    each.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def talks(self) -> tuple[asyncssh.SFTPClient, ...]:
        """Several talks on the connection, or as many as the server grants (sshd_config(5), MaxSessions): each is a process there, and while
        one waits for the disk, others write. Of 1,500 files that were synchronised, four sent the last after half the time that one took."""
        with suppress(asyncssh.ChannelOpenError):
            while len(self._talks) < _TALKS:
                self._talks.append(await self.step(self._start()))
        return tuple(self._talks)

    async def step(self, request: Awaitable[T]) -> T:
        """The answer to a request; each is a sign of progress."""
        answer = await request
        self._steps += 1
        return answer

    async def piece_of(self, file: asyncssh.SFTPClientFile) -> bytes:
        """The next piece of a file that is open, empty at its end."""
        return cast(bytes, await self.step(file.read(self.piece)))

    async def put(self, file: asyncssh.SFTPClientFile, piece: bytes) -> None:
        """Writes the next piece of a file that is open as binary, which the library's types do not know of."""
        await self.step(file.write(cast(str, piece)))

    @asynccontextmanager
    async def about(self, path: str, size: int = 0) -> AsyncIterator[None]:
        """Turns what the server refuses about a path into a `TargetUnavailable`; `size` bytes were to be written there."""
        try:
            yield
        except BulletinError:
            raise
        except (asyncssh.Error, OSError, EOFError) as fault:
            raise await refusal(self.sftp, self.place, path, fault, size) from fault

    def _wait(self, task: Coroutine[object, object, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(task, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()  # Ctrl-C: the task tidies up
            raise

    async def _open(self, root: Path) -> None:
        self._connection = await connect(self.place, root, self._patience.connect)
        host = host_of(self.place)
        try:
            async with asyncio.timeout(self._patience.connect):
                self.sftp = await self._start()
                self._talks.append(self.sftp)
                await self._require_renaming()
        except TimeoutError as fault:
            raise silent(self.place, self._patience.connect) from fault
        except (asyncssh.Error, OSError, EOFError) as fault:
            if self._connection.is_closed():
                raise lost(self.place) from fault
            raise TargetUnavailable(
                message("登录了服务器 {host}，但是那里没有开通 SFTP", host=host),
                message(
                    "请管服务器的人开通（sshd_config 里写 Subsystem sftp internal-sftp）；登录时也不能先显示别的文字"
                ),
            ) from fault

    async def _start(self) -> asyncssh.SFTPClient:
        """A new talk on the connection. A name on the server that is no UTF-8 is borne through."""
        if not self._connection:
            raise lost(self.place)
        return await self._connection.start_sftp_client(path_errors="surrogateescape")

    async def _require_renaming(self) -> None:
        """Without a rename that replaces there is no switch in one step: not begun rather than found out at the end."""
        nothing = f"{self.place.path}/.part-"
        try:
            await self.sftp.posix_rename(nothing, nothing)
        except asyncssh.SFTPOpUnsupported as fault:
            raise TargetUnavailable(
                message(
                    "服务器 {host} 的 SFTP 不能一步替换文件（没有 posix-rename），切换时读者会看到缺页",
                    host=host_of(self.place),
                ),
                message("请管服务器的人换用 OpenSSH 的 sftp；或先发布到本机的文件夹，再用别的办法传"),
            ) from fault
        except asyncssh.SFTPError:
            pass  # it knows how, and there is nothing

    async def _watched(self, task: Coroutine[object, object, T]) -> T:
        doing = asyncio.ensure_future(task)
        self._doing.add(doing)
        doing.add_done_callback(self._doing.discard)
        try:
            while True:
                before = self._steps
                done, _ = await asyncio.wait([doing], timeout=self._patience.answer)
                if done:
                    return doing.result()
                if self._steps == before:
                    self._abort()  # whatever waits for an answer ends
                    raise silent(self.place, self._patience.answer)
        finally:
            doing.cancel()

    def _abort(self) -> None:
        if self._connection:
            self._connection.abort()

    async def _part(self) -> None:
        """Waits for what still tidies up, and ends the connection."""
        if self._doing:
            await asyncio.wait(self._doing, timeout=_PARTING_SECONDS)
        if self._connection:
            self._connection.close()
            try:
                async with asyncio.timeout(_PARTING_SECONDS):
                    await self._connection.wait_closed()
            except TimeoutError:
                self._abort()
        await asyncio.get_running_loop().shutdown_default_executor()
