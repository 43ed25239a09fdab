"""Keeping the register: proving it, taking it along, building it up again."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.files import read_given
from bulletin.model.artifact import Artifact
from bulletin.model.copy_reports import VerifyReport
from bulletin.model.register import Head, Heads
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.publish import publish_new
from bulletin.register import export_register, import_register

LINES_LIMIT = 1024**3
"""Bytes of a register as JSON Lines: some hundred thousand issues."""


def verify(root: Path, anchor: Head | None, at: str, published: Head | None = None) -> VerifyReport:
    """Whether the register is whole, the log of publication in it too: every event as it was recorded, none missing, none put in.

    Args:
        root: The publication's folder.
        anchor: An event's number and hash as they were printed on a form, so that a chain that was made anew shows.
        at: The hour.
        published: The same of the log of publication, as it was told when something was published.

    Raises:
        UsageError: There is no register.
    """
    publication = read_settings(root)
    with opened(root, publication, at) as register:
        faults, heads = register.verify(anchor, published), register.heads()
        return VerifyReport(faults, heads.copies, heads.publications, len(register.issues()) if not faults else 0)


def export(root: Path, path: Path, at: str) -> Heads:
    """Writes everything that is registered into a new file, an event a line (JSON Lines); returns the last events.

    Raises:
        UsageError: There is no register, or the file is there already.
        CannotWrite: The file could not be written.
    """
    with opened(root, read_settings(root), at) as register:
        content, heads = export_register(register), register.heads()
    publish_new(path.parent, Artifact(path.name, "application/jsonl", content))
    return heads


def rebuild(root: Path, path: Path, at: str) -> Heads:
    """Builds the register up from an export; returns its last events.

    Raises:
        UsageError: There is a register with events already, or the file is no whole export.
        CannotWrite: The register could not be written.
    """
    publication = read_settings(root)
    return import_register(root, publication.register, read_given(path, LINES_LIMIT), at=at)
