"""What somebody may make of a manifest, of whom nobody knows what they want: bytes that are changed, and values that are."""

from __future__ import annotations

import json
import random
from typing import Any

NUMBERS = (0, -1, 1 << 70, 1.5, True, 10**8)
TEXTS = (
    "",
    "x",
    "\x00",
    "\x1b[2J",
    "\ud800",
    "题" * 2001,
    "../..",
    "2026/10",
    "2026/10/03",
    "٣",
    "a\nb",
    "昨天",
    "\u0958" * 2000,
)
VALUES: tuple[Any, ...] = (None, [], {}, [[]], ["x"], [["2026/10/03", ""]], *NUMBERS, *TEXTS)  # fmt: skip
BITS = (b"", b"\x00", b"\xff", b'"', b"\\ud800", b"[[", b"}", b"9" * 5000, b"[" * 5000, b"\n", b"NaN", b"1e999")


def changed_bytes(content: bytes, dice: random.Random) -> bytes:
    """A few bytes in one place, gone, doubled or others."""
    place = dice.randrange(len(content) + 1)
    end = min(len(content), place + dice.choice((0, 1, 1, 8, 200)))
    put = dice.choice((*BITS, bytes([dice.randrange(256)]), content[place:end] * 2))
    return content[:place] + put + content[end:]


def changed_values(content: bytes, dice: random.Random, only: tuple[str, Any] | None = None) -> bytes:
    """One value, somewhere, as JSON laid out as manifests are; that of the key in `only`, where it is given. What is no JSON stays as it is."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return content
    if only:
        said[only[0]] = only[1]
    else:
        _change(said, dice)
    return laid_out(said)


def laid_out(said: Any) -> bytes:
    """The JSON laid out as a manifest is, halves of characters as JSON escapes them."""
    if not isinstance(said, dict):
        return json.dumps(said).encode()
    lines = []
    for name, value in said.items():
        if name in ("articles", "files") and isinstance(value, list) and value:
            lines.append(f"{json.dumps(name)}: [\n" + ",\n".join(map(_text, value)) + "\n]")
        else:
            lines.append(f"{json.dumps(name)}: {_text(value)}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _text(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False)
    return said if said.isprintable() else json.dumps(value)


def _change(said: Any, dice: random.Random) -> None:
    inner = list(said) if isinstance(said, dict) else list(range(len(said)))
    if not inner:
        return
    place = dice.choice(inner)
    value = said[place]
    if isinstance(value, (dict, list)) and value and dice.random() < 0.7:
        _change(value, dice)
    elif dice.random() < 0.1:
        del said[place]
    elif isinstance(said, list) and dice.random() < 0.2:
        said.append(value)
    else:
        said[place] = dice.choice(VALUES)
