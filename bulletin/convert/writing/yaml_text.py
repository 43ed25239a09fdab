"""Fields as YAML that the strict reader takes: quoted where a plain text would be something else."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

MISSING = "请填写"
"""Stands in a field that must be there and was not found; `check` reminds of it."""
_PLAIN = re.compile(r"[\w\u4e00-\u9fff“《（—][^\x00-\x1f\x7f-\x9f\"'#:,\[\]{}&*!|>%@`\\\u2028\u2029]*(?<!\s)")


def scalar(text: str) -> str:
    """A text on one line."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def listed(texts: Sequence[str]) -> str:
    """Texts between brackets."""
    return f"[{', '.join(map(scalar, texts))}]"


def field(name: str, text: str) -> list[str]:
    """A line for the field, or several for a text of several lines; none where there is no text."""
    if not text:
        return []
    if "\n" not in text:
        return [f"{name}: {scalar(text)}"]
    return [f"{name}: |-", *(f"  {line}".rstrip() for line in text.split("\n"))]
