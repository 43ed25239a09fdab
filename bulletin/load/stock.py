"""What a site is made from, by digest: every source, template and asset, so that only what changed is made again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bulletin.load.folders import (
    ANCHOR_FILE,
    ISSUE_FILE,
    PUBLICATION_FILE,
    SIGNOFF_FILE,
    builtin_folder,
    issue_folder,
    list_issues,
)
from bulletin.model.key import IssueKey

_OF_PRINT = frozenset({ANCHOR_FILE, SIGNOFF_FILE})
"""Records beside an issue that the web edition has nothing of."""
_READ_WHOLE = frozenset({".yaml", ".yml", ".html", ".css", ".js", ".txt", ".py", ".xml"})
"""Other files (fonts, pictures) are taken as they are by name, size and time of change."""


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
    """The digests as the files are now. All text is read: no time stamp is believed of a source."""
    program = Path(__file__).resolve().parent.parent
    own = [root / PUBLICATION_FILE, *_below(root, "house"), *_below(root, "templates"), *_below(root, "assets")]
    built_in = [path for name in ("templates", "assets") for path in _files(builtin_folder(name))]
    common = _digest(_said(path) for path in (*own, *_below(root, "fonts"), *built_in, *_files(program, ".py")))
    return Stock(common, tuple(_issue_stock(root, key) for key in list_issues(root)))


def _issue_stock(root: Path, key: IssueKey) -> IssueStock:
    folder = str(root / issue_folder(key))
    names = sorted(name for name in os.listdir(folder) if name not in _OF_PRINT and not name.startswith("."))
    digests = {name: _content_digest(f"{folder}/{name}") for name in names}
    return IssueStock(key, _digest(f"{name} {digest}" for name, digest in digests.items()), digests.get(ISSUE_FILE, ""))


def _said(path: Path) -> str:
    if path.suffix in _READ_WHOLE:
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
    return sorted(path for path in folder.rglob(f"*{ending}") if path.is_file() and "__pycache__" not in path.parts)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
