"""Writing into the sources that an editor wrote: only where they are still what was read."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from itertools import accumulate
from pathlib import Path, PurePosixPath

from bulletin.model.errors import UsageError
from bulletin.model.problem import message
from bulletin.publish.files import UNFINISHED, sweep, sync_folder, writing


def correct_file(root: Path, path: str, before: bytes, after: bytes) -> None:
    """Gives the source file `path` below `root` the content `after`, in one step; owner and permissions stay.

    Raises:
        UsageError: It is a link, no regular file, may not be written, or does not hold `before` any more: nothing was written.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    with writing(root / path):
        known = _checked(root, path, before)
        target = root / path
        sweep(target.parent)
        descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(after)
                file.flush()
                os.fchmod(descriptor, stat.S_IMODE(known.st_mode))
                with suppress(PermissionError):
                    os.fchown(descriptor, known.st_uid, known.st_gid)
                os.fsync(descriptor)
            _checked(root, path, before)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def _checked(root: Path, path: str, before: bytes) -> os.stat_result:
    """What is known of the file, which is a regular one, not a link, may be written, and holds `before`."""
    places = accumulate(PurePosixPath(path).parts, os.path.join)
    if any(os.path.islink(os.path.join(root, place)) for place in places):
        raise UsageError(message("“{path}”是快捷方式，没有改动它", path=path), message("请在它指向的原文件里改"))
    descriptor = os.open(os.path.join(root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        known = os.fstat(descriptor)
        if not stat.S_ISREG(known.st_mode) or file.read(len(before) + 1) != before:
            what = message("“{path}”在检查的时候被人改了，没有写它", path=path)
            raise UsageError(what, message("保存好再运行一次"))
    if not known.st_mode & 0o222 or not os.access(root / path, os.W_OK):
        raise UsageError(message("“{path}”是只读的，没有改动它", path=path), message("先取消只读"))
    return known
