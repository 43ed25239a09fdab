"""The commit of the sources, where they are kept in Git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_PATIENCE_S = 20


def commit_of(root: Path) -> str:
    """The commit that is checked out; empty where there is no Git.

    Whether the files differ from it is not asked: for that Git would run programs that the repository names (`core.fsmonitor`, filters). A
    release has the sum of every file besides.
    """
    program = shutil.which("git")
    if program is None:
        return ""
    command = [program, "-c", "core.fsmonitor=false", "-C", str(root), "rev-parse", "--verify", "HEAD"]
    try:
        done = subprocess.run(  # noqa: S603  the program of the system, with arguments of ours
            command, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
    except (subprocess.TimeoutExpired, OSError, UnicodeDecodeError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
