"""What can go wrong with the machine (not with the author's text); each is caught once, in `cli`."""

from __future__ import annotations

import errno

from bulletin.model.problem import NOTHING, Message, message

_REASONS = {
    errno.ENOENT: message("没有这个文件或文件夹"),
    errno.EACCES: message("没有权限"),
    errno.EPERM: message("没有权限"),
    errno.ENOSPC: message("磁盘满了"),
    errno.EDQUOT: message("磁盘配额用完了"),
    errno.EROFS: message("磁盘是只读的"),
    errno.EISDIR: message("这是文件夹，不是文件"),
    errno.EEXIST: message("已经有同名的文件"),
    errno.ENOTDIR: message("路径中间有一段不是文件夹"),
    errno.EFBIG: message("文件太大"),
    errno.EIO: message("磁盘读写出错"),
    errno.ELOOP: message("快捷方式互相指向"),
    errno.ENAMETOOLONG: message("文件名太长"),
    errno.ECONNREFUSED: message("拒绝连接"),
    errno.EHOSTUNREACH: message("连不到这台机器"),
    errno.ENETUNREACH: message("网络不通"),
}


def reason_of(fault: OSError) -> Message:
    """What the operating system means, in the editor's language where it is a usual case."""
    return _REASONS.get(fault.errno or 0, Message(fault.strerror or str(fault)))


class BulletinError(Exception):
    """The command cannot go on; `message` says why, `advice` what to do."""

    def __init__(self, message: Message, advice: Message = NOTHING) -> None:
        super().__init__(str(message))
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[type[BulletinError], tuple[Message, Message]]:
        """A failure of a worker process reaches the command as it is."""
        return type(self), (self.message, self.advice)


class UsageError(BulletinError):
    """The command was called for something that is not there (exit code 2)."""


class MissingLibrary(BulletinError):
    """A system library that the print edition needs is not installed."""


class RenderingFailed(BulletinError):
    """The layout engine refused the document or complained about it."""


class TemplateFault(RenderingFailed):
    """A template of the publication's own cannot be filled in: it is what an editor wrote that is wrong (exit code 1)."""


class TypesettingFailed(BulletinError):
    """The type specimen does not come out as it was composed: nothing may be printed."""


class CannotWrite(BulletinError):
    """A file could not be written: disk full, read-only folder, no permission."""


class RegisterRefused(UsageError):
    """The copy register does not take what it was asked to record; nothing was written."""


class RegisterUnavailable(BulletinError):
    """The copy register cannot be used: in use by another, damaged, out of reach, newer than the program."""


class TargetUnavailable(BulletinError):
    """A target cannot be used: out of reach, its key unknown, disk full, read-only, what came back is not what was sent."""


class TargetLocked(UsageError):
    """Somebody else is publishing to the target."""


class LimitReached(BulletinError):
    """The command used more memory or time than a bulletin ever needs."""
