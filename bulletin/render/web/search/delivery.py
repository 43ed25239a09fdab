"""Files that the search page loads."""

from __future__ import annotations

import json

SCRIPT = "text/javascript"


def delivery(content: object) -> bytes:
    """A script that hands its content to the page: a page that is opened from a folder can load scripts, and nothing else."""
    return f"deliver({json.dumps(content, ensure_ascii=False, separators=(',', ':'))})\n".encode()
