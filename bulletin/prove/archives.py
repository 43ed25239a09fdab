"""An archive read back: its files by their names, and whatever would keep an editor from unpacking them as they are."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

from bulletin.model.problem import Message, message

_UTF8 = 0x800
"""Bit 11 of the flags (APPNOTE.TXT, 4.4.4)."""
_LOCAL_HEAD, _CENTRAL_HEAD, _END = 30, 46, 22
"""Bytes of the records of an archive but for their names (APPNOTE.TXT, 4.3.7, 4.3.12, 4.3.16)."""
_NOT_IN_NAMES = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST_PATH = 120
"""Windows takes 260 characters, with the folder into which it is unpacked."""


def read_archive(content: bytes) -> tuple[Mapping[str, bytes], tuple[Message, ...]]:
    """The files of an archive, and its faults: nothing may lie in it beside its files, or between them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            files = {entry.filename: archive.read(entry) for entry in entries}
            faults = (*_of_names(entries), *_of_gaps(content, archive))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as fault:
        return {}, (message("压缩包打不开：{reason}", reason=str(fault)),)
    return files, faults


def _of_names(entries: list[zipfile.ZipInfo]) -> Iterator[Message]:
    counted = Counter(entry.filename.casefold() for entry in entries)
    for entry in entries:
        name = entry.filename
        if counted[name.casefold()] > 1:
            yield message("“{name}”有重名", name=name)
        if not name.isascii() and not entry.flag_bits & _UTF8:
            yield message("“{name}”没有注明用的是 UTF-8", name=name)
        if not _is_safe(name):
            yield message("文件名“{name}”在 Windows 上不能用", name=name)


def _is_safe(path: str) -> bool:
    """True if every system unpacks the file where it belongs, under its name."""
    parts = path.split("/")
    return len(path) <= _LONGEST_PATH and all(
        part and not _NOT_IN_NAMES.search(part) and part[-1] not in " ." and not _RESERVED.fullmatch(part)
        for part in parts
    )


def _of_gaps(content: bytes, archive: zipfile.ZipFile) -> Iterator[Message]:
    """The files lie one behind the other from the first byte on, then comes the list of them, then the end."""
    place, listed = 0, 0
    for entry in sorted(archive.infolist(), key=lambda each: each.header_offset):
        name = len(entry.filename.encode())
        if entry.header_offset != place or entry.extra or entry.comment:
            yield message("“{name}”前后夹带了别的内容", name=entry.filename)
            return
        place += _LOCAL_HEAD + name + int.from_bytes(content[place + 28 : place + 30], "little") + entry.compress_size
        listed += _CENTRAL_HEAD + name
    if archive.comment or archive.start_dir != place or place + listed + _END != len(content):
        yield message("压缩包里夹带了别的内容")
