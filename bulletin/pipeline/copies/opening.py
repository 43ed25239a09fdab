"""The register of a publication, opened by its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletin.load import PUBLICATION_FILE, load_publication
from bulletin.model.errors import UsageError
from bulletin.model.problem import Severity, message
from bulletin.model.publication import Publication
from bulletin.pipeline.reading import require_publication
from bulletin.register import Register, open_register


def read_settings(root: Path) -> Publication:
    """The publication, whose `bulletin.yaml` must be right: a register that is opened in the wrong place is two registers.

    Raises:
        UsageError: It has errors, or `root` is no publication.
    """
    require_publication(root)
    outcome = load_publication(root)
    faults = [each for each in outcome.problems if each.severity is Severity.ERROR]
    if outcome.value is None or any(fault.span.path == PUBLICATION_FILE for fault in faults):
        raise UsageError(message("bulletin.yaml 有错误，不能打开登记册"), message("用 bulletin check 看错在哪里"))
    return outcome.value


@contextmanager
def opened(root: Path, publication: Publication, at: str, *, create: bool = False) -> Iterator[Register]:
    """The publication's register.

    Raises:
        UsageError: There is none yet, and none is to be made.
    """
    with open_register(root, publication.register, at=at, create=create) as register:
        yield register
