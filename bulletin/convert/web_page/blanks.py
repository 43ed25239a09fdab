"""Blanks of HTML as a browser shows them, and where its line ends part paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bulletin.model.foreign import Run

SOFT = "\0"
"""A line end of the source, which no text of a parsed page holds: a blank between words, nothing between Han."""
_HARD = "\1"
"""A blank of text that keeps its blanks."""
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_PARTS = re.compile(r"\n{2,}|\n(?=[\u3000\xa0]{2})")


def collapsed(text: str) -> str:
    """The text with each stretch of blanks as one, `SOFT` where it holds a line end."""
    return _BLANKS.sub(lambda blank: SOFT if "\n" in blank[0] or "\r" in blank[0] else " ", text)


def kept(text: str) -> str:
    """Text that keeps its blanks and line ends."""
    return text.replace("\r\n", "\n").replace(" ", _HARD)


def shown(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs without blanks at their begin, end and line ends, and with one where several meet."""
    before, blank = "\n", ""
    for run in runs:
        if run.picture or run.note:
            yield replace(run, text="")
            before = "\ufffc"
            continue
        seen: list[str] = []
        for character in run.text:
            if character in (" ", SOFT):
                blank = " " if character == " " or blank == " " else SOFT
                continue
            if blank and _is_seen(blank, before, character):
                seen.append(" ")
            blank, before = "", character
            seen.append(character)
        if seen:
            yield replace(run, text="".join(seen).replace(_HARD, " "))


def parted(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The paragraphs that the runs are: two line ends part them, and one before an indent of wide blanks."""
    group: list[Run] = []
    listed = list(runs)
    text = "".join(run.text or "\ufffc" for run in listed)
    ends = {place for part in _PARTS.finditer(text) for place in range(part.start(), part.end())}
    place = 0
    for run in listed:
        kept = ""
        for character in run.text or "\ufffc":
            if place not in ends:
                kept += character
            elif kept or group:
                yield _trimmed([*group, replace(run, text=kept)])
                group, kept = [], ""
            place += 1
        if kept:
            group.append(replace(run, text=run.text and kept))
    yield _trimmed(group)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without line ends at both ends, empty ones left out."""
    kept = [run for run in runs if run.text or run.picture or run.note]
    while kept and kept[0].text and not kept[0].text.lstrip("\n"):
        kept.pop(0)
    while kept and kept[-1].text and not kept[-1].text.rstrip("\n"):
        kept.pop()
    if kept and kept[0].text:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip("\n"))
    if kept and kept[-1].text:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip("\n"))
    return tuple(kept)


def _is_seen(blank: str, before: str, after: str) -> bool:
    if before == "\n" or after == "\n":
        return False
    return blank == " " or not (_is_wide(before) and _is_wide(after))


def _is_wide(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff01" <= character <= "\uff60"
        or character in "“”‘’—…·"
    )
