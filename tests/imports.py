"""What a child process does that is killed while it imports."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.errors import BulletinError
from bulletin.model.key import IssueKey
from bulletin.pipeline.importing.importing import Wanted, import_file, open_publication


def act(root: str, file: str, into: str) -> int:
    """Imports the file; 0 where it came in."""
    try:
        outcome = import_file(Path(root), open_publication(Path(root)), Path(file), Wanted(IssueKey.parse(into)))
    except BulletinError:
        return 1
    return 0 if outcome.value is not None else 2
