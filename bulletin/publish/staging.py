"""A site is written beside the one that stands, and takes its place when everything is proven."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.site_build import Files, WrittenFile
from bulletin.publish.files import writing

_READABLE = 0o755


def clear_stage(stage: Path) -> None:
    """Makes the stage empty.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(stage):
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        os.chmod(stage, _READABLE)


def stage_files(stage: Path, artifacts: Iterable[Artifact], before: Files) -> dict[str, WrittenFile]:
    """Writes the artifacts on the stage, all but those that the site has already, and returns all of them as they are.

    Nothing is synchronised with the disk here: `commit_stage` does that once for all.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    written = {}
    for artifact in artifacts:
        digest = hashlib.blake2b(artifact.content, digest_size=16).hexdigest()
        there = before.get(artifact.path)
        same = there is not None and there.digest == digest
        written[artifact.path] = there if there and same else _write(stage, artifact, digest)
    return written


def read_folder(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file below the folder, hidden ones too, by its path."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [("", str(folder))] if folder.is_dir() else []
    while waiting:
        below, path = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{below}{entry.name}/", entry.path))
                else:
                    known = entry.stat(follow_symlinks=False)
                    found[below + entry.name] = (known.st_size, known.st_mtime_ns)
    return found


def replace_site(stage: Path, site: Path) -> None:
    """Puts the stage, which holds the whole site, in the place of the site that stands.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(site):
        os.sync()
        old = stage.with_name(f"{stage.name}-old")
        shutil.rmtree(old, ignore_errors=True)
        if site.is_dir():
            os.rename(site, old)
        os.rename(stage, site)
        shutil.rmtree(old, ignore_errors=True)


def update_site(stage: Path, site: Path, fresh: Iterable[str], stale: Iterable[str]) -> None:
    """Moves the fresh files from the stage into the site that stands, and removes the stale ones and folders that are left empty.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(site):
        os.sync()
        for path in fresh:
            target = f"{site}/{path}"
            _make_folder(os.path.dirname(target), str(site))
            os.replace(f"{stage}/{path}", target)
        for path in stale:
            Path(site, path).unlink(missing_ok=True)
            _remove_empty(Path(site, path).parent, site)
        shutil.rmtree(stage, ignore_errors=True)


def keep_file(path: Path, content: bytes) -> None:
    """Keeps something for the next build; what is lost of it is made again, so nothing is synchronised with the disk.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def drop_files(folder: Path, keep: Collection[str] = ()) -> None:
    """Removes the files of a folder but those whose names, without their endings, are to be kept."""
    for path in folder.glob("*"):
        if path.stem not in keep and path.is_file():
            path.unlink(missing_ok=True)


def _write(stage: Path, artifact: Artifact, digest: str) -> WrittenFile:
    path = f"{stage}/{artifact.path}"
    with writing(Path(path)):
        _make_folder(os.path.dirname(path), str(stage))
        with open(path, "wb") as file:
            file.write(artifact.content)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            known = os.fstat(file.fileno())
    return WrittenFile(digest, known.st_size, known.st_mtime_ns)


def _make_folder(folder: str, root: str) -> None:
    """Makes the folder below `root`, readable for others whatever the umask: a site is to be served."""
    if os.path.isdir(folder):
        return
    _make_folder(os.path.dirname(folder), root)
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, _READABLE)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and root in folder.parents and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
