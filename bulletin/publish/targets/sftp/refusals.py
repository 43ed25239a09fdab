"""What a server behind SFTP refused, in words that help: its own codes hardly say (draft-ietf-secsh-filexfer-02, section 7)."""

from __future__ import annotations

import posixpath
from typing import TypeAlias

import asyncssh

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import NOTHING, Message, message
from bulletin.model.target import ServerPlace

AGAIN = message("再运行一次即可，已经传到的不会再传")
_READ_ONLY = 1  # OpenSSH, PROTOCOL, section 4.4: SSH_FXE_STATVFS_ST_RDONLY
_NOTHING_SAID = ("", "failure", "bad message")


def host_of(place: ServerPlace) -> str:
    """The server as messages name it."""
    return place.host if place.port == 22 else f"{place.host}:{place.port}"


def shown(text: str) -> Message:
    """What a server or a library said, without what a terminal would obey."""
    return Message("{text}", (("text", "".join(each for each in text if each.isprintable())[:300]),))


def lost(place: ServerPlace) -> TargetUnavailable:
    """The connection is gone."""
    return TargetUnavailable(message("和服务器 {host} 的连接断了", host=host_of(place)), AGAIN)


def silent(place: ServerPlace, seconds: float) -> TargetUnavailable:
    """The connection stands, but nothing comes."""
    what = message("服务器 {host} 已有 {seconds} 秒没有动静，不再等了", host=host_of(place), seconds=f"{seconds:g}")
    return TargetUnavailable(what, AGAIN)


def is_lost(fault: BaseException) -> bool:
    """True if it is the connection that failed, not what was asked for."""
    gone = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.DisconnectError, asyncssh.ChannelOpenError)
    return isinstance(fault, (*gone, OSError, EOFError))


async def refusal(
    sftp: asyncssh.SFTPClient, place: ServerPlace, path: str, fault: BaseException, size: int = 0
) -> TargetUnavailable:
    """Why something could not be done with a file or a folder.

    Args:
        sftp: Is asked how full the disk is where the fault does not say.
        place: The server.
        path: What it was about, from the root of the server.
        fault: What came back.
        size: How many bytes were to be written.
    """
    if is_lost(fault):
        return lost(place)
    reason, advice = _plain(fault) or await _of_the_disk(sftp, path, size) or _unexplained(fault)
    return TargetUnavailable(
        message(
            "对服务器 {host} 上“{path}”的操作没有成功：{reason}",
            host=host_of(place),
            path=_printable(path),
            reason=reason,
        ),
        advice,
    )


Why: TypeAlias = tuple[Message, Message]
"""The reason, and what to do."""


def _plain(fault: BaseException) -> Why | None:
    match fault:
        case asyncssh.SFTPNoSpaceOnFilesystem():
            return _FULL
        case asyncssh.SFTPQuotaExceeded():
            return message("磁盘配额用完了"), _ROOM
        case asyncssh.SFTPWriteProtect():
            return _PROTECTED
        case asyncssh.SFTPNoSuchFile() | asyncssh.SFTPNoSuchPath():
            return message("没有这个文件或文件夹"), message("查一查发布目标的文件夹写得对不对")
        case asyncssh.SFTPPermissionDenied():
            return message("没有权限"), message("请管服务器的人让登录的用户在这个文件夹里能读能写")
    return None


_ROOM = message("腾出空间，或用 bulletin prune 清掉旧的版，然后重新运行；网站没有改动")
_FULL = (message("磁盘满了"), _ROOM)
_PROTECTED = (message("磁盘是只读的"), message("请管服务器的人查看磁盘；网站没有改动"))


async def _of_the_disk(sftp: asyncssh.SFTPClient, path: str, size: int) -> Why | None:
    """Whether the disk is full or read-only, as far as the server tells (statvfs@openssh.com)."""
    try:
        disk = await sftp.statvfs(posixpath.dirname(path))
    except (asyncssh.Error, OSError):
        return None
    if disk.flags & _READ_ONLY:
        return _PROTECTED
    if disk.bavail * disk.frsize <= size or (disk.files and not disk.favail):
        return _FULL
    return None


def _unexplained(fault: BaseException) -> Why:
    said = fault.reason if isinstance(fault, asyncssh.Error) else str(fault)
    if said.lower() in _NOTHING_SAID:
        return message("服务器没有说为什么"), message("常见的是磁盘配额用完、文件名太长，或有同名的文件夹挡着")
    return shown(said), NOTHING


def _printable(path: str) -> str:
    """A path whose name may not be UTF-8."""
    return path.encode("utf-8", "replace").decode()
