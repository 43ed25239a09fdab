"""The words of a source in which something leaked, as their author wrote them."""

from __future__ import annotations

import re

from bulletin.prove.leaks.letters import are_letters, letters_at, letters_text, units_of

_MOST = 60
"""Characters that are quoted."""
_BEFORE = 20
"""Of them, at most so many before what was found."""
_END = re.compile(r"[。！？；\n]")


def quote(source: str, line: int, found: str) -> str:
    """The sentence of a source file that says what was found, from a line on; nothing where it is not there.

    Args:
        source: The text of the file.
        line: Where it was written, from 1; 0 for anywhere.
        found: Letters of it, as the gate compares them, that were found in a file of the site.
    """
    text = "".join(source.splitlines(keepends=True)[max(0, line - 1) :])
    letters, places = letters_at(text)
    units = units_of(found)
    wanted = units[are_letters(units)]
    at = letters_text(letters).find(letters_text(wanted)) if len(wanted) else -1
    if at < 0:
        return ""
    return _sentence(text, int(places[at]), int(places[at + len(wanted) - 1]) + 1)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence about a place, cut where it is long."""
    begin = max((each.end() for each in _END.finditer(text, 0, start)), default=0)
    over = _END.search(text, end)
    close = over.end() if over else len(text)
    first = max(begin, start - _BEFORE)
    last = min(close, max(end, first + _MOST))
    shown = " ".join(text[first:last].split())
    return f"{'…' if first > begin else ''}{shown}{'…' if last < close else ''}"
