"""What anybody is given at an address: asked without keys, as a visitor asks."""

from __future__ import annotations

from http.client import HTTPException
from urllib.request import Request, urlopen

_TIMEOUT_S = 15
_MOST = 1 << 16


def fetch_as_anybody(address: str) -> bytes:
    """The beginning of what is served there, wherever the address leads on to; empty where nothing is, or nobody answers."""
    request = Request(address, headers={"Cache-Control": "no-cache", "User-Agent": "bulletin"})  # noqa: S310  http or https: the settings were checked
    try:
        with urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
            content: bytes = answer.read(_MOST)
            return content
    except (OSError, HTTPException, ValueError):
        return b""
