"""What a font file says of itself: its name and its licence."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from bulletin.model.marks import is_han

_FAMILY, _FULL_NAME, _COPYRIGHT, _LICENCE, _LICENCE_ADDRESS = 1, 4, 0, 13, 14
_CHINESE = 0x804
_KNOWN_LICENCES = {"Open Font License": "SIL OFL 1.1", "ARPHIC PUBLIC LICENSE": "Arphic Public License"}


def full_name(font: TTFont) -> str:
    """The name of the face, in Chinese where it has one."""
    names = [_said(font, name) for name in (_FULL_NAME, _FAMILY)]
    return next((name for name in names if any(map(is_han, name))), names[0] or names[1])


def licence_of(font: TTFont) -> str:
    """The licence in a line, the copyright where none is named; empty where nothing is said."""
    said = _said(font, _LICENCE)
    for words, name in _KNOWN_LICENCES.items():
        if words in said:
            return name
    return said or _said(font, _LICENCE_ADDRESS) or _said(font, _COPYRIGHT)


def _said(font: TTFont, name: int) -> str:
    """The first line of a name, Chinese before English before others."""
    table = font["name"]
    records = [
        table.getName(name, 3, 1, _CHINESE),
        table.getName(name, 3, 10, _CHINESE),
        table.getName(name, 3, 1, 0x409),
        table.getDebugName(name),
    ]
    lines = (str(record).strip().splitlines() for record in records if record)
    return next((found[0] for found in lines if found), "")[:200]
