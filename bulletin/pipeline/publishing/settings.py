"""The settings that publishing needs: right as a whole, for a wrong target is worse than none."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.load.publication import load_publication
from bulletin.model.errors import UsageError
from bulletin.model.problem import Severity, message
from bulletin.model.publication import Publication
from bulletin.pipeline.folder import require_publication


def read_targets(root: Path) -> Publication:
    """The publication.

    Raises:
        UsageError: `bulletin.yaml` has errors, or `root` is no publication.
    """
    require_publication(root)
    outcome = load_publication(root)
    faults = [
        each for each in outcome.problems if each.severity is Severity.ERROR and each.span.path == PUBLICATION_FILE
    ]
    if outcome.value is None or faults:
        what = message("bulletin.yaml 有错误，没有发布")
        if faults:
            what = message("bulletin.yaml 有错误：{place} {fault}", place=str(faults[0].span), fault=faults[0].message)
        raise UsageError(what, faults[0].advice if faults else message("用 bulletin check 看错在哪里"))
    return outcome.value
