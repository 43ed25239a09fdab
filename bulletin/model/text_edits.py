"""The edits that make one text into another, as an editor would mark them: few, whole numbers and words, no confetti."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from bulletin.model.comparison import Edit

_SENTENCE = re.compile(r"\t|[^。！？；\t]+[。！？；]*[”’）》」』]*|[。！？；]+")
_CLAUSE = re.compile(r"\t|[^，、：。！？；\t]+[，、：。！？；]*[”’）》」』]*|[，、：。！？；]+")
_WORD = re.compile(r"\d+(?:[.,]\d+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
_LEVELS = (_SENTENCE, _CLAUSE, _WORD)
"""Sentences and cells of tables (a tab ends one) are matched first, then clauses in what is left, then numbers, Latin words and characters: so that the time is that of
the changes, not of the text."""
_MOST_PAIRS = 4_000_000
"""Where more units than this could be matched with each other, the stretch is taken to be new as a whole."""
_LONGEST_LINK = 8
"""Characters that two edits may have between them and still be one, where both are longer than what they enclose."""
_LEAST_KEPT = 0.3
"""Of a clause of which less than this is kept, all is new."""
_AFTER_SENTENCE, _AFTER_CLAUSE = frozenset("。！？；\t"), frozenset("，、：”’）》")


def diff_texts(old: str, new: str) -> tuple[Edit, ...]:
    """The edits in order; what lies between them is the same in both texts."""
    edits = _merged(_differences(old, new, Edit(0, len(old), 0, len(new)), 0))
    return tuple(_merged(_slid(old, new, edits)))


def _differences(old: str, new: str, within: Edit, level: int) -> Iterator[Edit]:
    """The differences within a stretch, found by units of a level and, inside those that changed, of the next."""
    old_units = _LEVELS[level].findall(old, within.old_start, within.old_end)
    new_units = _LEVELS[level].findall(new, within.new_start, within.new_end)
    old_places = list(accumulate(map(len, old_units), initial=within.old_start))
    new_places = list(accumulate(map(len, new_units), initial=within.new_start))
    found = [
        Edit(old_places[a], old_places[b], new_places[c], new_places[d])
        for a, b, c, d in _unmatched(old_units, new_units)
    ]
    if level == len(_LEVELS) - 1:
        yield from [_hull(found)] if found and _is_new(within, found) else found
        return
    for edit in found:
        both = edit.old_start < edit.old_end and edit.new_start < edit.new_end
        yield from _differences(old, new, edit, level + 1) if both else [edit]


def _unmatched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of units that differ. What both begin and end with is left out first: a longest match might cross it."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if _pairs(old, new) > _MOST_PAIRS:
        yield start, start + len(old), start, start + len(new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + a, start + b, start + c, start + d


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal units there are: what matching them costs."""
    counts = Counter(new)
    return sum(count * counts[unit] for unit, count in Counter(old).items())


def _is_new(within: Edit, found: Sequence[Edit]) -> bool:
    """True if so little is kept that the old and the new had better be read apart."""
    kept = within.old_end - within.old_start - sum(edit.old_end - edit.old_start for edit in found)
    longer = max(within.old_end - within.old_start, within.new_end - within.new_start)
    return kept < _LEAST_KEPT * longer


def _hull(edits: Sequence[Edit]) -> Edit:
    """From the first edit to the last, as one."""
    return Edit(edits[0].old_start, edits[-1].old_end, edits[0].new_start, edits[-1].new_end)


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """The edits with those made one that touch, or that enclose less than either changes (semantic clean-up)."""
    merged: list[Edit] = []
    for edit in edits:
        merged.append(edit)
        while len(merged) > 1 and _belong_together(merged[-2], merged[-1]):
            merged[-2:] = [_hull(merged[-2:])]
    return merged


def _belong_together(first: Edit, last: Edit) -> bool:
    between = last.old_start - first.old_end
    return between <= min(_LONGEST_LINK, _size(first), _size(last))


def _size(edit: Edit) -> int:
    return max(edit.old_end - edit.old_start, edit.new_end - edit.new_start)


def _slid(old: str, new: str, edits: Sequence[Edit]) -> list[Edit]:
    """Each pure addition or deletion moved to where it begins and ends with a sentence or a clause, if its text lets it.

    Of `甲、乙、丙` made from `甲、丙`, what was added may be `、乙` or `乙、`.
    """
    slid = [Edit(0, 0, 0, 0), *edits, Edit(len(old), len(old), len(new), len(new))]
    for place in range(1, len(slid) - 1):
        edit = slid[place]
        before = edit.old_start - slid[place - 1].old_end
        after = slid[place + 1].old_start - edit.old_end
        if edit.old_start == edit.old_end:
            shift = _best_shift(new, edit.new_start, edit.new_end, range(-before, after + 1))
        elif edit.new_start == edit.new_end:
            shift = _best_shift(old, edit.old_start, edit.old_end, range(-before, after + 1))
        else:
            continue
        slid[place] = Edit(edit.old_start + shift, edit.old_end + shift, edit.new_start + shift, edit.new_end + shift)
    return slid[1:-1]


def _best_shift(text: str, start: int, end: int, room: range) -> int:
    """By how much the stretch is moved; it can be as far as the characters that it leaves equal those that it takes in."""
    lowest = highest = 0
    while lowest > room[0] and text[start + lowest - 1] == text[end + lowest - 1]:
        lowest -= 1
    while highest < room[-1] and text[start + highest] == text[end + highest]:
        highest += 1
    return max(range(lowest, highest + 1), key=lambda shift: (_fitness(text, start + shift), -abs(shift)))


def _fitness(text: str, place: int) -> int:
    """How good a place in a text is for an edit to begin at."""
    before, after = text[place - 1 : place] or "\t", text[place : place + 1]
    if before in _AFTER_SENTENCE:
        return 2
    if before in _AFTER_CLAUSE:
        return 1
    return -1 if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else 0
