"""What `pip install` gives: a command that works for any publication folder, templates, fonts and all."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Make


@pytest.mark.slow
def test_the_wheel_works_without_the_checkout(make: Make, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(installed)
    assert {
        "bulletin/templates/print/issue.html",
        "bulletin/assets/fonts/GWFang.ttf",
        "bulletin/assets/house/prepared.json",
        "bulletin/assets/kinds.yaml",
    } <= {*names}
    assert not [name for name in names if name.startswith(("tests/", "issues/"))]
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    script = "import bulletin, sys; print(bulletin.__file__); from bulletin.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "-C", str(make()), "build"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(installed) in done.stdout
    assert (make() / "build/2026-01/print.pdf").is_file()
