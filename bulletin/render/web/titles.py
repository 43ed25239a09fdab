"""Titles as browsers may break them: between words, which a browser does not know of in Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

from bulletin.model.marks import NO_END, NO_START

_TRAILING = frozenset("的地得了着过上中下里内外前后们等者会")
"""Words of one character that lean on what stands before them; others lean on what comes after."""

_PHRASE = re.compile(r"\S+?(?:[，；：。！？]+[”’」』）》]*|(?=\s|$))\s*")


@lru_cache(maxsize=4096)
def phrases_of(title: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The title's phrases, which end at a blank or a point: the words of each, and the blank after it (or nothing)."""
    return tuple((_words(phrase.rstrip()), " " if phrase[-1].isspace() else "") for phrase in _PHRASE.findall(title))


def _words(phrase: str) -> tuple[str, ...]:
    """The phrase in stretches that should stay together: words, with their marks and the single characters that lean on them."""
    import rjieba  # loads its dictionary: only where a title is set

    stretches: list[str] = []
    leans = False
    for word in rjieba.cut(phrase):
        counted = bool(stretches) and stretches[-1][-1].isdigit()
        trails = counted or word[0] in NO_START or word in _TRAILING or word[0] == "—"
        if stretches and (leans or trails):
            stretches[-1] += word
        else:
            stretches.append(word)
        leans = word[-1] in NO_END or (len(word) == 1 and not trails)
    if len(stretches) > 1 and len(stretches[-1]) == 1:
        stretches[-2:] = ["".join(stretches[-2:])]
    return tuple(stretches)
