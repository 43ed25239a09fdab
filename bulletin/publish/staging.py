"""A site is written beside the one that stands, and takes its place when everything is proven."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.errors import CannotWrite
from bulletin.model.problem import message
from bulletin.model.site_build import Files, WrittenFile
from bulletin.publish.files import UNFINISHED, writing

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

    Nothing is synchronised with the disk here: that is done once for all before the stage takes its place.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    written = {}
    for artifact in artifacts:
        digest = hashlib.sha256(artifact.content).hexdigest()
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


def drop_stage(stage: Path) -> None:
    """Takes the stage away: what is on it may be what must not be seen."""
    shutil.rmtree(stage, ignore_errors=True)


def restore_site(stage: Path, site: Path) -> None:
    """Puts the site back that a killed `replace_site` had taken away.

    Raises:
        CannotWrite: The site's folder is a link: what it leads to is not ours to replace.
    """
    if site.is_symlink():
        raise CannotWrite(
            message("“{path}”是链接，不能在这里制作网站", path=str(site)),
            message("删去这个链接；要放到别处，用 --output 指定文件夹"),
        )
    old = _old(stage)
    with writing(site):
        if old.is_dir() and not site.exists():
            site.parent.mkdir(parents=True, exist_ok=True)
            os.rename(old, site)


def replace_site(stage: Path, site: Path) -> None:
    """Puts the stage, which holds the whole site, in the place of the site that stands.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(site):
        os.sync()
        old = _old(stage)
        shutil.rmtree(old, ignore_errors=True)
        site.parent.mkdir(parents=True, exist_ok=True)
        if site.is_dir():
            os.rename(site, old)
        os.rename(stage, site)
        shutil.rmtree(old, ignore_errors=True)


def update_site(stage: Path, site: Path, fresh: Iterable[str], stale: Iterable[str]) -> None:
    """Removes the stale files from the site that stands, and folders that are left empty; then moves the fresh ones in from the stage.

    What is no longer public goes first.

    Raises:
        CannotWrite: Read-only folder, no permission.
    """
    with writing(site):
        os.sync()
        for path in stale:
            Path(site, path).unlink(missing_ok=True)
            _remove_empty(Path(site, path).parent, site)
        for path in fresh:
            target = f"{site}/{path}"
            _make_folder(os.path.dirname(target), str(site))
            os.replace(f"{stage}/{path}", target)
        shutil.rmtree(stage, ignore_errors=True)


def keep_file(path: Path, content: bytes) -> None:
    """Keeps something for the next build, as a whole or not at all; what is lost of it is made again, so nothing is synchronised with the disk.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    unfinished = path.with_name(f"{UNFINISHED}{path.name}")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        os.replace(unfinished, path)


def drop_file(path: Path) -> None:
    """Removes the file, where it is."""
    with writing(path):
        path.unlink(missing_ok=True)


def drop_files(folder: Path, keep: Collection[str]) -> None:
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


def _old(stage: Path) -> Path:
    return stage.with_name(f"{stage.name}-old")


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
