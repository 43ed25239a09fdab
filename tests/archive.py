"""Broken publications as text: one file each, in the manner of txtar, laid over a valid base publication.

```
# what the author did wrong, in a sentence
check: 2026-s1                                          (the issue that is checked; 2026-01 where this is left out)
remove: house/recipients.yaml                           (a file of the base that is not there)
issues/2026-01/issue.yaml:3:7 error date-folder         (the problems, exactly these and in this order)
-- issues/2026-01/issue.yaml --
number: 1
```

A file that is not given is that of `broken/base.txt`. A problem is written as the terminal shows it: place, severity, code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bulletin.model.problem import Problem

BROKEN = Path(__file__).resolve().parent / "broken"
BASE = BROKEN / "base.txt"
FIRST_ISSUE = "2026-01"
_FILE = re.compile(r"-- (?P<path>\S.*) --")
_DIRECTIVE = re.compile(r"(?P<name>check|remove): *(?P<value>\S+)")
_PROBLEM = re.compile(r"\S.* (error|warning|hint) [a-z-]+")


@dataclass(frozen=True, slots=True)
class Archive:
    """A publication with what is wrong in it."""

    comments: tuple[str, ...] = ()
    issue: str = FIRST_ISSUE
    removed: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def parse_archive(text: str) -> Archive:
    """The archive that `text` describes.

    Raises:
        ValueError: A line before the first file is neither comment, nor directive, nor problem; or a file comes twice.
    """
    head, files = _split(text)
    comments, removed, expected = [], [], []
    issue = FIRST_ISSUE
    for line in filter(None, head):
        directive = _DIRECTIVE.fullmatch(line)
        if line.startswith("#"):
            comments.append(line[1:].strip())
        elif directive and directive["name"] == "check":
            issue = directive["value"]
        elif directive:
            removed.append(directive["value"])
        elif _PROBLEM.fullmatch(line):
            expected.append(line)
        else:
            raise ValueError(line)
    return Archive(tuple(comments), issue, tuple(removed), tuple(expected), files)


def _split(text: str) -> tuple[list[str], dict[str, str]]:
    """The lines before the first file, and the files."""
    head: list[str] = []
    files: dict[str, list[str]] = {}
    target = head
    for line in text.split("\n"):
        marker = _FILE.fullmatch(line)
        if marker is None:
            target.append(line)
            continue
        if marker["path"] in files:
            raise ValueError(line)
        target = files.setdefault(marker["path"], [])
    return head, {path: _content(lines) for path, lines in files.items()}


def _content(lines: list[str]) -> str:
    """The lines as a file; the blank lines before the next marker are not part of it."""
    content = "\n".join(lines).rstrip("\n")
    return content + "\n" if content else ""


def read_archive(path: Path) -> Archive:
    """The archive in the file `path`."""
    return parse_archive(path.read_text(encoding="utf-8"))


def unpack(archive: Archive, root: Path) -> None:
    """Writes the base publication into `root`, without what is removed, and the archive's files over it."""
    base = read_archive(BASE).files
    unknown = set(archive.removed) - set(base)
    if unknown:
        raise ValueError(f"not in the base: {unknown}")
    kept = {path: content for path, content in base.items() if path not in archive.removed}
    for path, content in {**kept, **archive.files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")


def problem_line(problem: Problem) -> str:
    """The problem as an archive writes it."""
    return f"{problem.span} {problem.severity.value} {problem.code}"
