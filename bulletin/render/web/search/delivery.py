"""Files that the search page loads."""

from __future__ import annotations

import json

from bulletin.model.artifact import Artifact


def delivery(path: str, *content: object) -> Artifact:
    """A script that hands its content to the page: a page that is opened from a folder may load scripts, but nothing else."""
    values = ",".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in content)
    return Artifact(path, "text/javascript", f"deliver({values})\n".encode())
