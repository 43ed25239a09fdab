"""The commit of the sources, where they are kept in Git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_PATIENCE_S = 20


def commit_of(root: Path) -> str:
    """The commit that is checked out, with `+` after it where files of the publication differ from it; empty where there is no Git."""
    commit = _git(root, "rev-parse", "HEAD")
    if not commit:
        return ""
    return f"{commit}+" if _git(root, "status", "--porcelain", "--", ".") else commit


def _git(root: Path, *arguments: str) -> str:
    program = shutil.which("git")
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  the program of the system, with arguments of ours
            [program, "-C", str(root), *arguments], capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
    except (subprocess.TimeoutExpired, OSError, UnicodeDecodeError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
