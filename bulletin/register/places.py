"""Where the register's files lie: their folder, files that arrive whole, and disks of other machines."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletin.model.errors import CannotWrite, RegisterUnavailable, reason_of
from bulletin.model.problem import message

FOLDER = "registers"
FILE = "copies.sqlite"
_ARRIVING = ".part-copies"
_MOUNTS = Path("/proc/self/mountinfo")
_SHARED = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "glusterfs", "davfs"),
    *("vboxsf", "vmhgfs", "prl_fs", "fuse.sshfs", "fuse.glusterfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone"),
    *("fuse.s3fs", "fuse.gvfsd-fuse", "fuse.vmhgfs-fuse", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.juicefs"),
}


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Makes the folder, for its owner only, and lets one process at a time work in it; others wait.

    Raises:
        CannotWrite: Read-only disk, no permission.
    """
    with writing_to(folder):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync(folder.parent)
        lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """A place to write a file, which is put at `path`, for its owner only, once it is whole and on the disk.

    Raises:
        CannotWrite: Disk full, read-only disk, no permission.
    """
    fresh = path.with_name(_ARRIVING)
    with writing_to(path):
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            yield fresh
            _sync(fresh)
            os.replace(fresh, path)
            _sync(path.parent)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Says in the editor's language why a file cannot be written."""
    try:
        yield
    except OSError as fault:
        raise CannotWrite(
            message("写不了“{path}”：{reason}", path=str(path), reason=reason_of(fault)),
            message("排除故障后重新运行即可；已经记下的不会重复"),
        ) from fault


def refuse_shared_disk(folder: Path) -> None:
    """Refuses a folder on a disk of another machine, where locks cannot be trusted (https://sqlite.org/faq.html#q5).

    Raises:
        RegisterUnavailable: The folder lies on one.
    """
    if not _MOUNTS.exists():
        return
    kind = file_system_of(folder, _MOUNTS.read_text("utf-8", "surrogateescape"))
    if kind in _SHARED:
        what = message(
            "登记册所在的“{folder}”是网络共享盘（{kind}），几个人同时写会弄坏登记册", folder=str(folder), kind=kind
        )
        advice = message(
            "请把刊物放在本机硬盘上；几个人共用登记册时，在 bulletin.yaml 的 copy_register 里写 PostgreSQL 的 url"
        )
        raise RegisterUnavailable(what, advice)


def file_system_of(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder lies on, by a table of mounts (proc_pid_mountinfo(5)); empty if none says so."""
    lies_in = {str(each) for each in (folder.resolve(), *folder.resolve().parents)}
    found = ("", "")
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point, kind = _unescaped(before.split(" ")[4]), after.split(" ")[0]
        if point in lies_in and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def _unescaped(text: str) -> str:
    """The path with `\\040` and its like read."""
    for code in ("040", "011", "012", "134"):
        text = text.replace(f"\\{code}", chr(int(code, 8)))
    return text


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
