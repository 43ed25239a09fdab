"""Characters of a paragraph that no rule touches: addresses of pages and mailboxes."""

from __future__ import annotations

import re
from bisect import bisect_right

HAN = "\u3400-\u9fff\u3007\U00020000-\U0003ffff"
"""For a class of characters in a pattern."""
_ADDRESS = re.compile(r"(?:https?|ftp)://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


class Zones:
    """The places of addresses in a text."""

    def __init__(self, text: str) -> None:
        found = list(_ADDRESS.finditer(text)) if "://" in text or "www." in text or "@" in text else []
        self.starts = [each.start() for each in found]
        self.ends = [each.end() for each in found]

    def hold(self, place: int) -> bool:
        """True if the character at `place` belongs to an address."""
        zone = bisect_right(self.starts, place) - 1
        return zone >= 0 and place < self.ends[zone]


def is_han(character: str) -> bool:
    """True for one Han, false for anything else and for no character."""
    return len(character) == 1 and (
        "\u3400" <= character <= "\u9fff" or character == "〇" or "\U00020000" <= character <= "\U0003ffff"
    )
