"""The order of names in lists: by sound, as in a Chinese directory."""

from __future__ import annotations

from bisect import bisect_right

_PARTY = "中共"
"""Before the names of so many units that it says nothing of their order."""
_FIRST, _LAST = b"\xb0\xa1", b"\xd7\xf9"
"""The codes of 啊 and 座: the usual characters, in the order of their pinyin (GB/T 2312-1980, level 1)."""

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_BEGINNINGS = [character.encode("gb18030") for character in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
"""The first character of each letter; no syllable begins with I, U or V."""
OTHERS = "其他"


def collation_key(name: str) -> bytes:
    """What names are sorted by: Latin letters and figures, then the 3,755 usual characters by their sound, then rarer ones."""
    return b"".join(map(_code, name.removeprefix(_PARTY)))


def initial(name: str) -> str:
    """The letter that the name's sound begins with, `A` to `Z`; `其他` for figures and for characters that are rare."""
    first = name.removeprefix(_PARTY)[:1]
    code = first.encode("gb18030")
    if _FIRST <= code <= _LAST and len(code) > 1:
        return _LETTERS[bisect_right(_BEGINNINGS, code) - 1]
    return first.upper() if first.isascii() and first.isalpha() else OTHERS


def _code(character: str) -> bytes:
    code = character.encode("gb18030")
    return code if len(code) == 1 or _FIRST <= code <= _LAST else b"\xff" + code
