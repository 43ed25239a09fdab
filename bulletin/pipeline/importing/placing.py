"""Sources that are proven, in their place: never over what is there, and never half."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from pathlib import Path

from bulletin.load.folders import ISSUES_FOLDER, issue_folder, list_articles
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftIssue
from bulletin.model.errors import UsageError
from bulletin.model.imported import Imported
from bulletin.model.key import IssueKey
from bulletin.model.problem import message
from bulletin.publish import publish_file, publish_folder, set_aside


def is_there(root: Path, imported: Imported, files: tuple[Artifact, ...]) -> bool:
    """True for a whole issue whose folder says it already, file by file: importing twice is importing once."""
    return isinstance(imported.draft, DraftIssue) and all(_says(root, each) for each in files)


def same_article(root: Path, key: IssueKey, file: Artifact) -> str:
    """The path of an article of the issue that says the same under another number; empty where there is none."""
    paths = (f"{issue_folder(key)}/{name}" for name in list_articles(root, key))
    return next((path for path in paths if _says(root, replace(file, path=path))), "")


def put_in_place(root: Path, imported: Imported, files: tuple[Artifact, ...], key: IssueKey) -> None:
    """Writes the files: an issue at once, an old one renamed; an article after its pictures.

    Raises:
        UsageError: There is another file where a picture is to be.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    if isinstance(imported.draft, DraftIssue):
        folder = issue_folder(key)
        if (root / folder).exists():
            kept = (f"{ISSUES_FOLDER}/.{key}-before-import{number or ''}" for number in count())
            set_aside(root, folder, next(name for name in kept if not os.path.lexists(root / name)))
        publish_folder(root, folder, files)
        return
    for file in files:
        if os.path.lexists(root / file.path) and not _says(root, file):
            raise UsageError(message("“{path}”已经有了，没有改动它", path=file.path))
    for file in reversed(files):  # below `issues/`, where what a killed process left is swept away
        publish_file(root / ISSUES_FOLDER, replace(file, path=file.path.removeprefix(f"{ISSUES_FOLDER}/")))


def _says(root: Path, file: Artifact) -> bool:
    path = root / file.path
    return path.is_file() and not path.is_symlink() and path.read_bytes() == file.content
