"""Footnotes: the small lines at the foot of a page, and where the text calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bulletin.convert.pdf.frame import Frame
from bulletin.convert.pdf.lines import Line
from bulletin.convert.pdf.page import Box, Glyph

_SMALLER = 0.95
"""Of the body: the size of notes."""
_RAISED = 0.12
_SMALL = 0.8
_MARK = re.compile(r"[\[［〔【(（]?(\d{1,3}|[①-⑳㉑-㉟]|[*＊†‡]{1,3})[\]］〕】)）]?")
_SHORT_RULE = (0.12, 0.55)
"""Of the width of the text: the line over notes."""
_LOWER_HALF = 0.6
_NEAR = 1.0


@dataclass(frozen=True, slots=True)
class PageNote:
    """A footnote: the lines of its text without its mark; `mark` is empty where it goes on from the page before."""

    mark: str
    lines: tuple[Line, ...]
    whole: tuple[Line, ...]
    """The lines with the mark."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with its notes: the lines of text, in which calls stand in place of marks, the notes by label, the marks that went."""

    lines: tuple[Line, ...]
    notes: tuple[tuple[str, PageNote], ...]
    marks: tuple[str, ...]


def split_notes(
    lines: tuple[Line, ...], rules: Iterable[Box], frame: Frame, height: float
) -> tuple[tuple[Line, ...], tuple[PageNote, ...]]:
    """The lines of a page without its footnotes, and those: small lines at its foot, under a short line or with marks.

    Args:
        lines: The lines from the top.
        rules: The straight lines of the page.
        frame: The text area.
        height: The height of the page in points.
    """
    small = _small_at_foot(lines, frame)
    if not small:
        return lines, ()
    ruled = _is_ruled(small, rules, frame, height)
    starts = [_mark_of(line) for line in small]
    first = next((number for number, mark in enumerate(starts) if mark), None)
    if first is None or not (ruled or first == 0):
        return lines, ()
    begin = 0 if ruled else first
    notes = tuple(_notes(small[begin:], starts[begin:]))
    return lines[: len(lines) - len(small) + begin], notes


def _small_at_foot(lines: tuple[Line, ...], frame: Frame) -> tuple[Line, ...]:
    begin = len(lines)
    while begin and lines[begin - 1].size <= _SMALLER * frame.body.size_pt:
        begin -= 1
    return lines[begin:] if begin else ()


def _is_ruled(small: tuple[Line, ...], rules: Iterable[Box], frame: Frame, height: float) -> bool:
    """True if a short line stands over the small lines."""
    top = small[0].base + small[0].size
    return any(
        rule.width > rule.height
        and _SHORT_RULE[0] * frame.width <= rule.width <= _SHORT_RULE[1] * frame.width
        and abs(rule.left - frame.left) <= 2 * small[0].size
        and top - small[0].size / 2 <= rule.bottom <= top + 2 * frame.pitch
        and rule.bottom < _LOWER_HALF * height
        for rule in rules
    )


def _mark_of(line: Line) -> str:
    """The mark that a line begins with, as `①`, `1`, `[1]`: raised, in brackets, circled, or parted from the words by a blank."""
    text = line.text
    found = _MARK.match(text)
    if not found:
        return ""
    mark, length = found[0], len(found[0])
    clear = mark != found[1] or not mark[0].isdecimal()
    raised = all(_is_raised(glyph, line) for glyph in line.glyphs[:length])
    parted = text[length : length + 1].isspace()
    return mark if clear or raised or parted else ""


def _is_raised(glyph: Glyph, line: Line) -> bool:
    return glyph.size <= _SMALL * line.size and glyph.base - line.base >= _RAISED * line.size


def _notes(lines: tuple[Line, ...], marks: list[str]) -> Iterator[PageNote]:
    begins = [number for number, own in enumerate(marks) if own or number == 0]
    for begin, end in pairwise((*begins, len(lines))):
        whole, mark = lines[begin:end], marks[begin]
        rest = whole[0].glyphs[len(mark) :]
        while rest and rest[0].is_blank:
            rest = rest[1:]
        first = (replace(whole[0], glyphs=rest),) if rest else ()
        yield PageNote(mark, (*first, *whole[1:]), whole)


def call_notes(lines: tuple[Line, ...], notes: tuple[PageNote, ...], labels: Sequence[str]) -> Marked | None:
    """The lines with calls of the notes in place of their marks; `None` if there are not as many calls as notes.

    Args:
        lines: The lines of text of the page.
        notes: Its notes that begin on it.
        labels: Their labels.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for mark in {note.mark for note in notes}:
        places[mark] = [(number, begin) for number, line in enumerate(lines) for begin in _calls(line, mark)]
        if len(places[mark]) != sum(note.mark == mark for note in notes):
            return None
    calls: dict[int, dict[int, tuple[int, str]]] = {}
    for label, note in zip(labels, notes, strict=True):
        number, begin = places[note.mark].pop(0)
        calls.setdefault(number, {})[begin] = len(note.mark), label
    changed = tuple(_with_calls(line, calls.get(number, {})) for number, line in enumerate(lines))
    return Marked(changed, tuple(zip(labels, notes, strict=True)), tuple(note.mark for note in notes for _ in range(2)))


def _with_calls(line: Line, calls: Mapping[int, tuple[int, str]]) -> Line:
    """The line with calls in place of marks, by where each begins, how long it is, and the label of the note."""
    glyphs: list[Glyph] = []
    skipped = 0
    for place, glyph in enumerate(line.glyphs):
        if place in calls:
            skipped, label = calls[place]
            glyphs.append(replace(glyph, character="", note=label))
        if skipped:
            skipped -= 1
        else:
            glyphs.append(glyph)
    return replace(line, glyphs=tuple(glyphs))


def _calls(line: Line, mark: str) -> Iterator[int]:
    """Where the mark stands in a line, raised; a circled number also as large as the text."""
    characters = [glyph.character for glyph in line.glyphs]
    for begin in range(len(characters) - len(mark) + 1):
        if characters[begin : begin + len(mark)] != list(mark):
            continue
        here = line.glyphs[begin : begin + len(mark)]
        alone = not any(
            glyph.character.isdecimal() and _is_raised(glyph, line) for glyph in _around(line, begin, len(mark))
        )
        if begin and alone and (all(_is_raised(glyph, line) for glyph in here) or "①" <= mark[0] <= "㉟"):
            yield begin


def _around(line: Line, begin: int, length: int) -> tuple[Glyph, ...]:
    return (*line.glyphs[max(begin - 1, 0) : begin], *line.glyphs[begin + length : begin + length + 1])
