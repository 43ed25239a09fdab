"""What a text must be to be kept in a record: in the register, or in the manifest of a release."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

LONGEST = 2000
"""Characters of a text in a record."""
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
)


def tidy(text: str) -> str:
    """The text as it is recorded: NFC, no blanks about it."""
    return unicodedata.normalize("NFC", text).strip()


def has_bad_text(texts: Iterable[str]) -> bool:
    """True if one of them is too long for a record, or has control characters or halves of a character."""
    return any(len(text) > LONGEST or _CONTROL.search(text) for text in texts)


def is_exact_moment(text: str) -> bool:
    """True if the text is a moment with its zone (ISO 8601, `2026-07-23T09:30:00+08:00`)."""
    try:
        return bool(_MOMENT.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
