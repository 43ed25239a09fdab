"""Files that the search page loads."""

from __future__ import annotations

import json

from bulletin.model.artifact import Artifact


def delivery(path: str, content: object) -> Artifact:
    """A script that hands its content to the page: a page that is opened from a folder can load scripts, and nothing else."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Artifact(path, "text/javascript", f"deliver({text})\n".encode())
