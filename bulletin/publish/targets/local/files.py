"""Files and folders of this machine, one at a time: each is whole under its name or not there, and what was written is on the disk."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from typing import BinaryIO

from bulletin.publish.files import UNFINISHED
from bulletin.publish.targets.disk import MOST_READ_MB

FILE_MODE = 0o644
FOLDER_MODE = 0o755
_UNABLE = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL}
"""What a file system says that has no such thing: links, modes, folders that are synchronised or change places."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class NotAFile(Exception):
    """A folder, a link, a pipe, a device."""


class TooLarge(Exception):
    """A file with more than `MOST_READ_MB`."""


def is_unable(fault: OSError) -> bool:
    """True if the file system has no such thing at all, rather than no room or no right."""
    return fault.errno in _UNABLE


def make_folder(path: str) -> None:
    """Makes a folder, and those above it, readable for others whatever the umask; those that are there stay as they are."""
    if os.path.isdir(path):
        return
    make_folder(os.path.dirname(path))
    with suppress(FileExistsError):
        os.mkdir(path)
        _let_read(path, FOLDER_MODE)
    if not os.path.isdir(path):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)


def write_whole(path: str, content: bytes) -> None:
    """Writes a file beside its place, synchronises it, and renames it."""
    with _becoming(path) as file:
        file.write(content)


def link_or_copy(old: str, new: str) -> None:
    """Gives a file a second name, which another file may have had; copies it where the file system has no hard links, no more of them, or is
    another."""
    try:
        os.link(old, new, follow_symlinks=False)
    except FileExistsError:
        os.unlink(new)
        os.link(old, new, follow_symlinks=False)
    except OSError as fault:
        if not is_unable(fault) and fault.errno not in (errno.EMLINK, errno.EXDEV):
            raise
        with open(old, "rb") as source, _becoming(new) as file:
            shutil.copyfileobj(source, file)


def create_whole(path: str, content: bytes) -> bool:
    """Writes a file if there is none: beside its place first, then under its name by a hard link, which fails where there is one.

    Where there are no hard links the file is made empty (`O_EXCL`), then filled.
    """
    unfinished, name = tempfile.mkstemp(prefix=UNFINISHED, dir=os.path.dirname(path))
    try:
        with os.fdopen(unfinished, "wb") as file:
            _fill(file, content)
        os.chmod(name, 0o644)
        os.link(name, path)
    except (FileExistsError, FileNotFoundError):  # the unfinished one is gone: who holds the lock swept it
        return False
    except OSError as fault:
        if not is_unable(fault):
            raise
        return _create_empty_then_fill(path, content)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    return True


def sum_of_file(path: str) -> str:
    """The SHA-256 sum of a file, read whole; empty where there is none, or a link or anything else is in its place."""
    try:
        with _regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, NotAFile):
        return ""


def read_file(path: str) -> bytes | None:
    """A file; `None` where there is none.

    Raises:
        NotAFile: There is something else; links are not followed.
        TooLarge: It has more than `MOST_READ_MB`, or grows beyond that while it is read.
    """
    try:
        with _regular(path) as file:
            content = file.read(MOST_READ_MB * 1024 * 1024 + 1)
    except FileNotFoundError:
        return None
    if len(content) > MOST_READ_MB * 1024 * 1024:
        raise TooLarge(path)
    return content


def synchronise_folder(path: str) -> None:
    """Brings the names in a folder to the disk, where the file system can say so."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if not is_unable(fault):
            raise
    finally:
        os.close(descriptor)


def exchange(one: str, other: str) -> bool:
    """Lets two folders change places in one step (Linux, renameat2(2), `RENAME_EXCHANGE`); false if that cannot be done here.

    ext4, XFS, Btrfs, tmpfs and FAT can; NFS, CIFS and file systems of user space mostly cannot.

    Raises:
        OSError: It could be done here, but not with these.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:  # a C library without it
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    fault = OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), one)
    if is_unable(fault):
        return False
    raise fault


@contextmanager
def _regular(path: str) -> Iterator[BufferedReader]:
    """A file, opened to be read; nothing else is waited for or followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as fault:
        if fault.errno in (errno.ELOOP, errno.ENXIO):
            raise NotAFile(path) from fault
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(path)
        with open(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def _let_read(path: str, mode: int) -> None:
    try:
        os.chmod(path, mode)
    except OSError as fault:
        if not is_unable(fault):
            raise


@contextmanager
def _becoming(path: str) -> Iterator[BinaryIO]:
    """A file beside its place, which gets its name when it was written and is on the disk."""
    folder, name = os.path.split(path)
    unfinished = f"{folder}/{UNFINISHED}{name}"
    try:
        with open(unfinished, "wb") as file:
            yield file
            _fill(file, b"")
        _let_read(unfinished, FILE_MODE)
        os.rename(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _create_empty_then_fill(path: str, content: bytes) -> bool:
    try:
        with open(path, "xb") as file:
            _fill(file, content)
    except FileExistsError:
        return False
    except OSError:
        with suppress(OSError):
            os.unlink(path)
        raise
    return True
