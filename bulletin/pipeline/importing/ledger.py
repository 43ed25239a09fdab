"""What an archive's files became, kept below `build/`: a run that broke off goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.imported import Brought
from bulletin.publish import locked, publish_file

LEDGER = "import/archive.json"


def read_ledger(root: Path) -> dict[str, Brought]:
    """What earlier runs did, by name; nothing where that cannot be told."""
    try:
        said = json.loads((root / "build" / LEDGER).read_text("utf-8"))
        entries = [Brought(**{**each, "unknown": tuple(each["unknown"])}) for each in said["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {each.name: each for each in entries}


def write_ledger(root: Path, brought: dict[str, Brought]) -> None:
    """Only what was brought in: a file that failed is tried again.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    files = [{**asdict(each), "again": False, "fault": None} for each in brought.values() if each.folder]
    content = json.dumps({"files": files}, ensure_ascii=False, indent=1).encode()
    with locked(root / "build"):
        publish_file(root / "build", Artifact(LEDGER, "application/json", content))
