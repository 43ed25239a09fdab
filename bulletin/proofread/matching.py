"""What most rules need: the characters of Chinese text, the places where a pattern stands, and the finding that tells of it.

A pattern of many alternatives begins with `(?=[…])`, all that they may begin with: else `re` tries each of them at every character, which takes eight
times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from bulletin.model.finding import Finding, Fix, Manual
from bulletin.model.problem import NOTHING, Message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.zones import ZoneKind
from bulletin.proofread.reading import ReadText

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
"""Han characters, to stand in a class of a pattern."""
BLANK = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Characters that print white, likewise."""

_FOR_MACHINES = frozenset({ZoneKind.ADDRESS, ZoneKind.VERBATIM})
_HAN = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """True for one Han character; false for none, and for any other."""
    return bool(_HAN.fullmatch(character))


def before(content: str, place: int) -> str:
    """The character before a place; none at the beginning."""
    return content[max(0, place - 1) : place]


def after(content: str, place: int) -> str:
    """The character at a place; none at the end."""
    return content[place : place + 1]


def matches(texts: Iterable[ReadText], pattern: re.Pattern[str]) -> Iterator[tuple[ReadText, re.Match[str]]]:
    """Where a pattern stands in texts, but for addresses and code, which have marks of their own."""
    for text in texts:
        found = list(pattern.finditer(text.content))
        if found:
            codes = [zone for zone in text.zones if zone.kind in _FOR_MACHINES]
            starts = [zone.start for zone in codes]
            for one in found:
                before = bisect_right(starts, one.start())
                if not before or codes[before - 1].end <= one.start():
                    yield text, one


def report(
    manual: Manual, words: Words, what: Message, advice: Message = NOTHING, replacement: str | None = None
) -> Finding:
    """What a rule says of these words, with the fix that writes `replacement` in their place."""
    fix = None if replacement is None else Fix(words, replacement, manual.safety)
    return Finding(manual.code, manual.severity, words, what, advice, fix=fix)
