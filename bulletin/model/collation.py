"""The order of names in lists: by sound, as in a Chinese directory."""

from __future__ import annotations

_PARTY = "中共"
"""Before the names of so many units that it says nothing of their order."""
_FIRST, _LAST = b"\xb0\xa1", b"\xd7\xf9"
"""The codes of 啊 and 座: the usual characters, in the order of their pinyin (GB/T 2312-1980, level 1)."""


def collation_key(name: str) -> bytes:
    """What names are sorted by: Latin letters and figures, then the 3,755 usual characters by their sound, then rarer ones."""
    return b"".join(map(_code, name.removeprefix(_PARTY)))


def _code(character: str) -> bytes:
    code = character.encode("gb18030")
    return code if len(code) == 1 or _FIRST <= code <= _LAST else b"\xff" + code
