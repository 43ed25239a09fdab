"""Proof sheets on disk."""

from __future__ import annotations

from pathlib import Path

from bulletin.compose import numbering_text
from bulletin.model.finding import Fix
from bulletin.model.proofreading import Proofreading
from bulletin.pipeline.proofreading import with_aids
from bulletin.pipeline.reading import read
from bulletin.publish import locked, publish_file
from bulletin.render.proofreading.sheets import render_sheets


def publish_sheets(root: Path, reading: Proofreading, made: tuple[Fix, ...], output: Path) -> tuple[str, ...]:
    """Writes a proof sheet for each article that was read below `output`; returns their paths.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
        RenderingFailed: A template is at fault.
    """
    outcome = read(root, reading.key)
    if outcome.value is None:
        return ()
    issue = outcome.value
    heading = f"《{issue.publication.title}》{numbering_text(issue.head)}"
    sheets = render_sheets(with_aids(root, reading), heading, made, issue.publication.templates)
    with locked(output):
        return tuple(str(publish_file(output, sheet)) for sheet in sheets)
