"""What a site is made from, by digest: every source, template and asset, so that only what changed is made again."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bulletin.load.folders import (
    ANCHOR_FILE,
    DECISIONS_FILE,
    ISSUE_FILE,
    PUBLICATION_FILE,
    SIGNOFF_FILE,
    builtin_folder,
    issue_folder,
    list_issues,
)
from bulletin.model.key import IssueKey

_OF_PRINT = frozenset({ANCHOR_FILE, DECISIONS_FILE, SIGNOFF_FILE})
"""Records beside an issue that the web edition has nothing of."""
_FONTS = frozenset({".ttf", ".otf", ".ttc", ".woff2"})
"""Large, and hardly ever changed: taken by name, size and time of change. All other files are read."""
_LIBRARIES = ("jinja2", "markdown-it-py", "mdit-py-plugins", "numpy", "pillow", "pydantic", "pyyaml", "rjieba")
"""What pages come out of besides the program's own files."""


@dataclass(frozen=True, slots=True)
class IssueStock:
    """The digests of an issue's folder and of its `issue.yaml`."""

    key: IssueKey
    digest: str
    head: str


@dataclass(frozen=True, slots=True)
class Stock:
    """The digest of everything but the issues (settings, house, templates, assets, the program itself), and those of the issues."""

    common: str
    issues: tuple[IssueStock, ...]

    def made_from(self) -> dict[IssueKey, str]:
        """What the pages of each issue are made from, by digest: the heads of its neighbours, which its number is checked against,
        included."""
        found = {}
        for supplement in (False, True):
            series = [issue for issue in self.issues if issue.key.supplement == supplement]
            heads = ["", *(issue.head for issue in series), ""]
            for place, issue in enumerate(series):
                found[issue.key] = _digest((self.common, heads[place], issue.digest, heads[place + 2]))
        return found


def take_stock(root: Path) -> Stock:
    """The digests as the files are now, however their folder is named. All but fonts are read: no time stamp is believed of a source."""
    root = root.resolve()
    program = Path(__file__).resolve().parent.parent
    own = [root / PUBLICATION_FILE, *_below(root, "house"), *_below(root, "templates"), *_below(root, "assets")]
    built_in = [path for name in ("templates", "assets") for path in _files(builtin_folder(name))]
    files = (*own, *_below(root, "fonts"), *built_in, *_files(program, ".py"))
    versions = (sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES))
    common = _digest((*versions, *map(_said, files)))
    return Stock(common, tuple(_issue_stock(root, key) for key in list_issues(root)))


def _issue_stock(root: Path, key: IssueKey) -> IssueStock:
    folder = str(root / issue_folder(key))
    names = sorted(name for name in os.listdir(folder) if name not in _OF_PRINT and not name.startswith("."))
    digests = {name: _content_digest(f"{folder}/{name}") for name in names}
    return IssueStock(key, _digest(f"{name} {digest}" for name, digest in digests.items()), digests.get(ISSUE_FILE, ""))


def _said(path: Path) -> str:
    if path.suffix not in _FONTS:
        return f"{path} {_content_digest(path)}"
    try:
        known = path.stat()
    except OSError:
        return f"{path} -"
    return f"{path} {known.st_size} {known.st_mtime_ns}"


def _content_digest(path: Path | str) -> str:
    """Of the file's bytes; what cannot be read is told when it is loaded."""
    try:
        with open(path, "rb", buffering=0) as file:
            return hashlib.blake2b(file.read(), digest_size=16).hexdigest()
    except OSError as fault:
        return f"- {fault.errno}"


def _below(root: Path, name: str) -> list[Path]:
    return _files(root / name)


def _files(folder: Path, ending: str = "") -> list[Path]:
    """All files below the folder, also those behind links to folders, as templates may be read from there."""
    found, seen = [], set()
    for path, folders, names in os.walk(folder, followlinks=True):
        seen.add(os.path.realpath(path))
        folders[:] = [
            name for name in folders if name != "__pycache__" and os.path.realpath(os.path.join(path, name)) not in seen
        ]
        found += [Path(path, name) for name in names if name.endswith(ending)]
    return sorted(found)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
