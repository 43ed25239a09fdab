"""An archive of files that is the same bytes each time, and that Windows, macOS and Linux open with the names as they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date

from bulletin.model.artifact import Artifact

_FIRST, _LAST = date(1980, 1, 1), date(2107, 12, 31)
"""The days that an archive can state (APPNOTE.TXT, 4.4.6)."""
_UNIX, _READABLE = 3, 0o100644
_MOST_PACKED = 9


def archive_bytes(files: Iterable[Artifact], day: date = _FIRST) -> bytes:
    """The files in the order of their paths, deflated, all of that day at 00:00.

    *Source:* APPNOTE.TXT, 4.4.4 (bit 11: names in UTF-8, which the library sets for every name that is not ASCII), 4.4.2 and 4.4.15 (rights of
    the files, without which some programs unpack what nobody may read).
    """
    written = io.BytesIO()
    told = min(max(day, _FIRST), _LAST)
    with zipfile.ZipFile(written, "w") as archive:
        for file in sorted(files, key=lambda each: each.path):
            entry = zipfile.ZipInfo(file.path, (told.year, told.month, told.day, 0, 0, 0))
            entry.create_system, entry.external_attr = _UNIX, _READABLE << 16
            archive.writestr(entry, file.content, zipfile.ZIP_DEFLATED, _MOST_PACKED)
    return written.getvalue()
