"""Where a link may lead (safety, rows 3 and 4): `https:`, `mailto:`, another article's file, a heading."""

from __future__ import annotations

import re
from urllib.parse import unquote

_OUTWARD = re.compile(r"(https://[^\s/?#@]+[^\s]*|mailto:[^\s@]+@[^\s@]+)")
_CROSS = re.compile(r"(?:(?P<slug>\d{2}-[a-z0-9-]+)\.md)?(?:#(?P<heading>.+))?")


def is_outward(target: str) -> bool:
    """True for a page or mailbox that a bulletin may link to."""
    return bool(_OUTWARD.fullmatch(target))


def is_cross_link(target: str) -> bool:
    """True if `target` has the form of a link to an article of the same issue (`03-name.md#heading`, `#heading`)."""
    return bool(target) and bool(_CROSS.fullmatch(unquote(target)))


def split_cross_link(target: str) -> tuple[str, str]:
    """Slug and heading of a cross-link; the slug is empty for a heading of the same article."""
    found = _CROSS.fullmatch(unquote(target))
    if not found:
        raise ValueError(target)
    return found["slug"] or "", found["heading"] or ""
