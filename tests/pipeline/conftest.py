"""An issue that is ready to be numbered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.pipeline.copies.assigning import assign
from tests.conftest import BASE
from tests.ten_copies import KEY, asked, signed


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue of ten copies, signed. To be copied, not touched."""
    root = tmp_path_factory.mktemp("ready")
    for path, content in BASE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    return signed(root)


@pytest.fixture
def unassigned(ready: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(ready, tmp_path / "publication"))


@pytest.fixture
def root(unassigned: Path) -> Path:
    """A copy of it whose numbers are assigned."""
    assign(unassigned, KEY, asked("assign"), dry_run=False)
    return unassigned
