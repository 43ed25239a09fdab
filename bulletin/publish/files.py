"""Writing outputs so that a file is either whole or as it was, whatever happens meanwhile."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.errors import CannotWrite, UsageError, reason_of
from bulletin.model.problem import NOTHING, Message, message

UNFINISHED = ".part-"
_READABLE = 0o755


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Lets one process at a time write below `root`; others wait.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = os.open(root, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def publish_file(root: Path, artifact: Artifact) -> Path:
    """Writes the artifact below `root` and returns its path: temporary file, fsync, rename, fsync of the folder.

    A file that is there already with the same content is left alone.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    path = root / artifact.path
    with writing(path):
        sweep(root)
        if path.is_file() and path.read_bytes() == artifact.content:
            return path
        _make_folder(root, path.parent)
        _write_whole(path, artifact.content)
        sync_folder(path.parent)
    return path


def publish_new(root: Path, artifact: Artifact) -> Path:
    """Writes the artifact below `root` only if there is nothing at its path yet.

    Raises:
        UsageError: There is a file already.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    if os.path.lexists(root / artifact.path):
        raise UsageError(message("“{path}”已经有了，没有改动它", path=artifact.path))
    return publish_file(root, artifact)


def publish_folder(root: Path, folder: str, artifacts: tuple[Artifact, ...]) -> Path:
    """Makes `root/folder` hold exactly the artifacts (whose paths begin with `folder/`); no artifacts, no folder.

    The new folder is built in `root` and put in the old one's place by renaming, so nothing old is left in it. A process
    killed meanwhile leaves the old folder, or none, and rubbish in `root` that the next call sweeps away.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    target = root / folder
    with writing(target):
        sweep(root)
        if target.is_dir() and _holds_exactly(target, folder, artifacts):
            return target
        _make_folder(root, target.parent)
        fresh = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=root))
        try:
            for artifact in artifacts:
                path = fresh / Path(artifact.path).relative_to(folder)
                _make_folder(fresh, path.parent)
                _write_whole(path, artifact.content)
            os.chmod(fresh, _READABLE)
            _replace_folder(root, fresh, target, keep=bool(artifacts))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        sync_folder(target.parent)
    return target


def set_aside(root: Path, folder: str, name: str) -> None:
    """Gives `root/folder` another name, where it is: what is in it is kept, but not taken for what is made now.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(root / folder):
        if (root / folder).is_dir():
            shutil.rmtree(root / name, ignore_errors=True)
            os.rename(root / folder, root / name)
            sync_folder((root / name).parent)


def _make_folder(root: Path, folder: Path) -> None:
    """Makes `folder` below `root`, readable for others whatever the umask: a site is to be served."""
    root.mkdir(parents=True, exist_ok=True)
    missing = [each for each in (folder, *folder.parents) if root in each.parents and not each.is_dir()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        os.chmod(each, _READABLE)


def _replace_folder(root: Path, fresh: Path, target: Path, *, keep: bool) -> None:
    if target.is_dir():
        old = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=root))
        os.rename(target, old / "old")
        if keep:
            os.rename(fresh, target)
        shutil.rmtree(old)
    elif keep:
        os.rename(fresh, target)


def _holds_exactly(target: Path, folder: str, artifacts: tuple[Artifact, ...]) -> bool:
    there = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if path.is_file()}
    wanted = {Path(artifact.path).relative_to(folder).as_posix(): artifact.content for artifact in artifacts}
    return there.keys() == wanted.keys() and all(there[name].read_bytes() == wanted[name] for name in wanted)


def _write_whole(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Removes what a killed process left behind."""
    for left in [*folder.glob(f"{UNFINISHED}*"), *folder.glob(f"*/{UNFINISHED}*")]:
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what the operating system refuses into a `CannotWrite` that names the path."""
    try:
        yield
    except OSError as fault:
        raise CannotWrite(
            message("写不了“{path}”：{reason}", path=str(path), reason=reason_of(fault)), _advice(fault)
        ) from fault


def _advice(fault: OSError) -> Message:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return message("磁盘满了；腾出空间后重新运行即可，已有的文件没有改动")
    if fault.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return message("没有写入权限；可用 --output 指定别的文件夹")
    return NOTHING
