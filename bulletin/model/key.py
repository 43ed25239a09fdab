"""The name of an issue."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FOLDER = re.compile(r"(?P<year>[12]\d{3})-(?P<supplement>s?)(?P<number>\d{1,3})")


@dataclass(frozen=True, slots=True, order=True)
class IssueKey:
    """The name of an issue and of its folder: `2026-07` for 第7期, `2026-s1` for 增刊第1期."""

    year: int
    supplement: bool
    number: int

    @classmethod
    def parse(cls, folder: str) -> IssueKey | None:
        """The key that a folder name stands for, or None if it is not the name of an issue."""
        found = _FOLDER.fullmatch(folder)
        if not found:
            return None
        return cls(int(found["year"]), bool(found["supplement"]), int(found["number"]))

    def __str__(self) -> str:
        return f"{self.year}-s{self.number}" if self.supplement else f"{self.year}-{self.number:02}"

    @property
    def web_path(self) -> str:
        """Where the issue stands on the web: `2026/07`."""
        return str(self).replace("-", "/")
