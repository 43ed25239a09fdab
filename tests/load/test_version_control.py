"""The commit of the sources, and nothing that a repository would like to have run."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bulletin.load.version_control import commit_of


def git(root: Path, *arguments: str) -> str:
    own = ("-c", "user.name=a", "-c", "user.email=a@b")
    return subprocess.run(["git", "-C", str(root), *own, *arguments], check=True, capture_output=True, text=True).stdout


def test_the_commit_is_told(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    git(tmp_path, "init", "-q")
    assert commit_of(tmp_path) == ""
    (tmp_path / "a").write_text("a")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-qm", "a")
    assert commit_of(tmp_path) == git(tmp_path, "rev-parse", "HEAD").strip()


def test_nothing_of_the_repository_is_run(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("a")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-qm", "a")
    trap = tmp_path / "trap"
    git(tmp_path, "config", "core.fsmonitor", f"touch {trap}")
    git(tmp_path, "config", "filter.x.clean", f"touch {trap}")
    (tmp_path / ".gitattributes").write_text("* filter=x\n")
    assert commit_of(tmp_path)
    assert not trap.exists()


def test_without_git_nothing_is_told(tmp_path: Path, monkeypatch: object) -> None:
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("PATH", "")  # type: ignore[attr-defined]
    assert commit_of(tmp_path) == ""
