"""Marks by what they may do in a line (GB/T 15834-2011, 5.1; CLREQ, prohibition rules and adjustment of punctuation)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

OPENING = frozenset("“‘（〔【《〈［｛「『〖")
"""Their empty half is on the left; they may not end a line (5.1.3)."""
CLOSING = frozenset("”’）〕】》〉］｝」』〗")
"""Their empty half is on the right; they may not begin a line (5.1.3)."""
COMMAS = frozenset("，、；：")
STOPS = frozenset("。？！")
"""Points: they may not begin a line (5.1.1, 5.1.2)."""
CLOSED = CLOSING | COMMAS | STOPS
"""All that have their ink on the left half of the em."""
MARKS = OPENING | CLOSED

INTERPUNCT = "·"
"""Half an em, not at the start of a line (5.1.7)."""
DASH = "—"
ELLIPSIS = "…"
CONNECTORS = frozenset("—～–-")
"""连接号: not at the start of a line (5.1.6); two — are a dash, which may stand there (5.1.4)."""

POINTS = MARKS | CONNECTORS | frozenset("·…")
"""All that is not counted as a character when a line is too short to stand."""

NO_START = CLOSED | CONNECTORS | frozenset("·/／％%‰℃°々,.!?;:)]}")
NO_END = OPENING | frozenset("/／￥＄$([{")
"""Brackets and points of Latin text are bound likewise, and signs to their numbers."""

BLANKS = frozenset(" \u3000")
"""A line may end after them, and they are left out at its end."""

_SHARED = frozenset("“”‘’—…·")
"""Marks that Chinese shares with Latin."""


def east_asian(character: str) -> bool:
    """True for Han, full-width forms, and the marks that Chinese shares with Latin: emphasis in Markdown may begin and end beside them."""
    return character in _SHARED or unicodedata.east_asian_width(character) in "WF"


_FOREIGN = re.compile("[!-~\u00c0-\u1fff]+|[\u3040-\u30ff]+|[ \xa0]")
_BOXED = re.compile("[A-Za-z\u00c0-\u1fff\u3040-\u30ff \xa0]")


def foreign_words(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """Where words of scripts other than Han begin and end, with the figures and signs that stand by them; and each blank.

    They are set in boxes of their own: words, so that they cannot make the layout engine part marks from their Han; blanks, so
    that they are set in the Latin face and not in that of a mark beside them.
    """
    for found in _FOREIGN.finditer(text, start, len(text) if stop is None else stop):
        if _BOXED.search(found[0]):
            yield found.span()


def is_stray(line: str) -> bool:
    """True if fewer than two characters that are not marks stand in the last line of a text (CLREQ: 孤字不成行)."""
    return sum(character not in POINTS and character not in BLANKS for character in line) < 2


def is_han(character: str) -> bool:
    """True of a Han character, 〇 and 々 among them."""
    return "\u3400" <= character <= "\u9fff" or character in "〇々" or "\U00020000" <= character <= "\U0003ffff"


def is_latin(character: str) -> bool:
    """True of what makes up Latin words and numbers: letters, digits and signs of Western scripts, no blanks."""
    return "!" <= character <= "~" or ("\u00a1" <= character <= "\u052f" and character != INTERPUNCT)
