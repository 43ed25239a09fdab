"""`bulletin import --archive`: a folder of back issues."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.cli.commands import Place

if TYPE_CHECKING:
    from bulletin.pipeline.importing.importing import Wanted


def import_folder(place: Place, archive: Path, wanted: Wanted) -> int:
    raise NotImplementedError
