"""Files that the search page loads."""

from __future__ import annotations

import hashlib
import json

SCRIPT = "text/javascript"
_DIGITS = 6
"""Of a digest: it only has to tell a file from what it was before, and a list of thousands of them is loaded first."""


def delivery(content: object) -> bytes:
    """A script that hands its content to the page: a page that is opened from a folder can load scripts, and nothing else."""
    return f"deliver({_json(content)})\n".encode()


def signed_delivery(*content: object) -> tuple[str, bytes]:
    """The digest of the content, and a script that hands over both: so the page knows whether it got what it asked for, or what a
    server had before or after."""
    text = _json(content)
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
    return digest, f'deliver(["{digest}",{text[1:]})\n'.encode()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
