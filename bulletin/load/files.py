"""Reading files of the publication: size caps first, regular files only, links not followed (safety, row 16)."""

from __future__ import annotations

import errno
import os
import stat
from itertools import accumulate
from pathlib import Path, PurePosixPath

from bulletin.model.errors import UsageError, reason_of
from bulletin.model.problem import Outcome, Problem, Span, error, message

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


def read_bytes(root: Path, path: str, limit: int, referred: Span | None = None) -> Outcome[bytes]:
    """The content of the file `path` under `root`.

    Args:
        root: The publication's folder.
        path: Relative path with `/`; the caller vouches that it does not lead out of `root`.
        limit: Largest size in bytes.
        referred: Where the author named the file; problems are reported there instead of at the file.
    """
    place = referred or Span(path)
    if any(
        os.path.islink(os.path.join(root, folder))
        for folder in accumulate(PurePosixPath(path).parts[:-1], os.path.join)
    ):
        return Outcome(None, (link_problem(place, path),))
    try:
        descriptor = os.open(os.path.join(root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as fault:
        return Outcome(None, (_cannot_open(fault, path, place),))
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        return Outcome(None, (error("file-kind", place, message("“{path}”是文件夹或设备，不是文件", path=path)),))
    with os.fdopen(descriptor, "rb") as file:
        if facts.st_size > limit:
            return Outcome(None, (too_large(place, path, facts.st_size, limit),))
        content = file.read(limit + 1)
    if len(content) > limit:
        return Outcome(None, (too_large(place, path, len(content), limit),))
    return Outcome(content)


def read_given(path: Path, limit: int) -> bytes:
    """The content of a file that was named on the command line, wherever it lies.

    Raises:
        UsageError: It is not there, is no regular file, cannot be read, or is larger than `limit` bytes.
    """
    found = path.resolve()
    outcome = read_bytes(found.parent, found.name, limit)
    if outcome.value is None:
        raise UsageError(outcome.problems[0].message, outcome.problems[0].advice)
    return outcome.value


def _cannot_open(fault: OSError, path: str, place: Span) -> Problem:
    if fault.errno == errno.ENOENT:
        return error(
            "file-missing",
            place,
            message("找不到文件“{path}”", path=path),
            message("请检查文件名（大小写也要一致），或把文件放到该位置"),
        )
    if fault.errno == errno.ELOOP:
        return link_problem(place, path)
    return error("file-unreadable", place, message("读不了文件“{path}”：{reason}", path=path, reason=reason_of(fault)))


def link_problem(place: Span, path: str) -> Problem:
    """What is said of a symbolic link where a file or a folder should be."""
    what = message("“{path}”是快捷方式，不是文件本身，不能读取", path=path)
    return error("file-link", place, what, message("请把真正的文件复制到该位置"))


def too_large(place: Span, path: str, size: int, limit: int) -> Problem:
    """What is said of a file that is larger than any of ours."""
    return error(
        "file-size",
        place,
        message("文件“{path}”有 {size}，超过上限 {limit}", path=path, size=size_text(size), limit=size_text(limit)),
        message("请拆分文件，或压缩图片后再试"),
    )


def size_text(size: int) -> str:
    """A size in bytes for reading: `300 KB`, `2.5 MB`."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB".replace(".0 ", " ")
    return f"{-(-size // KILOBYTE)} KB"
