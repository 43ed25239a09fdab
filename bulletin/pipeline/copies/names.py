"""The files of an order: what each is called."""

from __future__ import annotations

import re

from bulletin.model.copies import number_text, ranges_of
from bulletin.model.press import PressProfile
from bulletin.model.stamp import CopyGroup

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|.\s]+')
"""What file systems do not take, or take for something else; a dot may hide a file or end its name."""
_LONGEST = 200
"""Bytes of a name; file systems take 255."""


def copies_path(
    group: CopyGroup, digits: int, profile: PressProfile | None, part: str = "", suffix: str = "pdf"
) -> str:
    """`copies/000001-000340-骑马订.pdf`: the first and the last number, how many there are where some between are not in the file,
    whose they are, the profile, and what part of the copies it is."""
    numbers = group.numbers
    first, last = min(numbers), max(numbers)
    parts = [number_text(first, digits)]
    if last != first:
        parts[0] += f"-{number_text(last, digits)}"
    if len(ranges_of(numbers)) > 1:
        parts.append(f"{len(numbers)}份")
    rest = [each for each in (profile.name if profile else "", part) if each]
    room = _LONGEST - sum(len(each.encode()) + 1 for each in (*parts, *rest, suffix))
    holder = _cut(_UNSAFE.sub("_", group.holder).strip("_"), room)
    return f"copies/{'-'.join([*parts, *([holder] if holder else []), *rest])}.{suffix}"


def _cut(name: str, most: int) -> str:
    """As much of the name as has so many bytes in UTF-8."""
    return name.encode()[:most].decode(errors="ignore")
