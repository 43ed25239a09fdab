"""Programs of the system that tests judge outputs with: each is brought along by its packages where it is absent."""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PDFJS = "pdfjs-dist@5.6.205"  # the last one that runs on Node 20
AXE = "axe-core@4.14.1"
HTML_VALIDATE = "html-validate@10.17.0"  # the last one that runs on Node 20
VNU = "vnu-jar@26.9.27"
NODE = f"node-linux-{'arm64' if platform.machine() == 'aarch64' else 'x64'}@20.19.0"


def installed(command: str, *packages: str) -> str:
    """A command of the system, installed from its packages where it is absent; by one process of the tests, while others wait."""
    if not shutil.which(command):
        with _alone():
            if not shutil.which(command):
                _install(*packages)
    found = shutil.which(command)
    assert found
    return found


def install(*packages: str) -> None:
    """Installs packages of Debian, one process of the tests after another."""
    with _alone():
        _install(*packages)


@contextmanager
def _alone() -> Iterator[None]:
    with Path(tempfile.gettempdir(), "bulletin-tests-install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


_WAITING = ("-o", "DPkg::Lock::Timeout=300")
"""Somebody else may be installing something too."""


def _install(*packages: str) -> None:
    root = [] if os.getuid() == 0 else ["sudo", "-n"]
    subprocess.run([*root, "apt-get", "update", "-qq"], check=True)
    subprocess.run(
        [*root, "apt-get", *_WAITING, "install", "-y", "-qq", "--no-install-recommends", *packages], check=True
    )


_PATIENCE_S = 300


def install_pdfjs(folder: Path) -> Path:
    """Puts pdf.js, its viewer, and a Node that runs them where the system has none, into the folder; returns their packages."""
    return install_packages(folder, PDFJS)


def install_packages(folder: Path, *names: str) -> Path:
    """Puts packages of npm, and a Node that runs them where the system has none, into the folder; returns where they lie."""
    packages = list(names) if _is_recent(shutil.which("node")) else [*names, NODE]
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional", "--prefix", str(folder)]
    subprocess.run(
        [installed("npm", "nodejs", "npm"), "install", *options, *packages],
        check=True,
        capture_output=True,
        timeout=_PATIENCE_S,
    )
    return folder / "node_modules"


def node_of(packages: Path) -> str:
    """The Node that runs what was installed there."""
    own = packages / NODE.split("@", maxsplit=1)[0] / "bin/node"
    return str(own) if own.exists() else installed("node", "nodejs")


def _is_recent(node: str | None) -> bool:
    version = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout if node else "v0"
    return int(version.lstrip("v").split(".")[0]) >= 20
