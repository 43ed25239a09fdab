"""Floor 3: the command line. Parse, one call, print, exit code; nothing else."""

from __future__ import annotations


def main() -> None:
    """The `bulletin` command. Exit codes: 0 fine, 1 errors in the issue, 2 usage, 3 machine."""
    from bulletin.cli.entry import run

    raise SystemExit(run())
