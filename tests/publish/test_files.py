"""A file is whole or as it was, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bulletin.model.artifact import Artifact
from bulletin.model.errors import CannotWrite, UsageError
from bulletin.publish import locked, publish_file, publish_folder, publish_new
from tests.conftest import REPOSITORY


def artifact(path: str, content: bytes = b"new") -> Artifact:
    return Artifact(path, "text/plain", content)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = publish_file(tmp_path, artifact("a/b.txt"))
    before = path.stat()
    publish_file(tmp_path, artifact("a/b.txt"))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_a_folder_holds_exactly_what_was_made(tmp_path: Path) -> None:
    publish_folder(tmp_path, "2026/01", (artifact("2026/01/old.html"), artifact("2026/01/03/index.html")))
    publish_folder(tmp_path, "2026/01", (artifact("2026/01/index.html"),))
    assert tree(tmp_path) == {"2026/01/index.html": b"new"}
    publish_folder(tmp_path, "2026/01", ())
    assert tree(tmp_path) == {}
    assert not (tmp_path / "2026/01").exists()


def test_what_exists_is_not_overwritten(tmp_path: Path) -> None:
    publish_new(tmp_path, artifact("a.txt", b"mine"))
    with pytest.raises(UsageError):
        publish_new(tmp_path, artifact("a.txt", b"other"))
    assert tree(tmp_path) == {"a.txt": b"mine"}


CALLS = ["mkstemp", "fsync", "chmod", "replace"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_failing_call_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    publish_file(tmp_path, artifact("a.txt", b"old"))

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(f"tempfile.{call}" if call == "mkstemp" else f"os.{call}", fail)
        with pytest.raises(CannotWrite) as caught:
            publish_file(tmp_path, artifact("a.txt"))
    assert str(tmp_path) in str(caught.value.message)
    assert tree(tmp_path) == {"a.txt": b"old"}
    publish_file(tmp_path, artifact("a.txt"))
    assert tree(tmp_path) == {"a.txt": b"new"}


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    """A real limit of the file system, in a process of its own."""
    publish_file(tmp_path, artifact("a.txt", b"old"))
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from bulletin.model.artifact import Artifact\n"
        "from bulletin.publish import publish_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "publish_file(Path(sys.argv[1]), Artifact('a.txt', 'text/plain', b'x' * 1_000_000))\n"
    )
    command = [sys.executable, "-c", script, tmp_path]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=REPOSITORY)
    assert "CannotWrite" in done.stderr
    assert tree(tmp_path) == {"a.txt": b"old"}
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


WRITER = (
    "import itertools, sys\n"
    "from pathlib import Path\n"
    "from bulletin.model.artifact import Artifact\n"
    "from bulletin.publish import locked, publish_file, publish_folder\n"
    "root = Path(sys.argv[1])\n"
    "print('ready', flush=True)\n"
    "for number in itertools.count():\n"
    "    text = (b'%07d' % number) * 20_000\n"
    "    with locked(root):\n"
    "        publish_file(root, Artifact('print.pdf', 'x', text))\n"
    "        publish_folder(root, 'site', tuple(Artifact(f'site/{n}.html', 'x', text) for n in range(3)))\n"
)


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Forty writers killed at forty moments: no half file under a final name, no mixture in the folder, no leftovers."""
    for moment in range(40):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE, cwd=REPOSITORY)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 + moment * 0.003)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        files = {name: content for name, content in tree(tmp_path).items() if ".part-" not in name}
        for content in files.values():
            assert len(content) == 140_000
            assert content == content[:7] * 20_000
        assert len({content for name, content in files.items() if name.startswith("site/")}) <= 1
    with locked(tmp_path):
        publish_file(tmp_path, artifact("print.pdf"))
        publish_folder(tmp_path, "site", (artifact("site/0.html"),))
    assert tree(tmp_path) == {"print.pdf": b"new", "site/0.html": b"new"}


@pytest.mark.parametrize("rename", [1, 2])
def test_killed_between_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rename: int) -> None:
    """What a process leaves that dies at a rename is outside the site, and gone after the next call, changed or not."""
    publish_folder(tmp_path, "web/public/2026/01", (artifact("web/public/2026/01/index.html", b"secret"),))
    real, count = os.rename, 0

    def dying(source: object, target: object) -> None:
        nonlocal count
        count += 1
        if count == rename:
            raise KeyboardInterrupt
        real(source, target)  # type: ignore[arg-type]

    new = (artifact("web/public/2026/01/index.html"),)
    with monkeypatch.context() as patch:
        patch.setattr("os.rename", dying)
        patch.setattr("shutil.rmtree", lambda *_, **__: None)  # a killed process does not tidy up
        with pytest.raises(KeyboardInterrupt):
            publish_folder(tmp_path, "web/public/2026/01", new)
    assert all(".part-" not in name for name in tree(tmp_path / "web"))
    publish_folder(tmp_path, "web/public/2026/01", new)
    assert tree(tmp_path) == {"web/public/2026/01/index.html": b"new"}


def test_a_site_can_be_served_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish_folder(tmp_path, "web/public/2026/01", (artifact("web/public/2026/01/01/index.html"),))
    finally:
        os.umask(before)
    for path in (tmp_path / "web").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


def test_two_writers_take_turns(tmp_path: Path) -> None:
    script = WRITER.replace("itertools.count()", "range(15)")
    writers = [
        subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.DEVNULL, cwd=REPOSITORY)
        for _ in range(3)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert sorted(tree(tmp_path)) == ["print.pdf", "site/0.html", "site/1.html", "site/2.html"]
