"""Fixes written into texts: which can be made together, what the files say then, and whether that is all that changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from bulletin.model.finding import Finding, Fix, Safety
from bulletin.model.original import Edit, Original
from bulletin.model.proof_text import ProofText, ProofTexts

T = TypeVar("T")
Pair: TypeAlias = tuple[T, T]
"""Something before and after."""
FixesByText: TypeAlias = dict[ProofText, list[Fix]]
"""The fixes of each text , in order."""


def choose(findings: Iterable[Finding], *, unsafe: bool) -> tuple[Finding, ...]:
    """The findings whose fixes can be made at once: of those that overlap or touch, the first."""
    ends: dict[ProofText, int] = {}
    chosen = []
    for finding in sorted(findings, key=_place):
        fix = finding.fix
        if fix is None or not (fix.safety is Safety.SAFE or (unsafe and fix.safety is Safety.UNSAFE)):
            continue
        if fix.words.start > ends.get(fix.words.text, -1) and fix.replacement != fix.words.content:
            chosen.append(finding)
            ends[fix.words.text] = fix.words.end
    return tuple(chosen)


def _place(finding: Finding) -> tuple[str, int, int]:
    words = finding.fix.words if finding.fix else finding.words
    return words.text.path, words.text.anchors[0].line, words.start


def edited(originals: Sequence[Original], fixes: Iterable[Fix]) -> tuple[Original, ...] | None:
    """The files with the fixes written into them; `None` where one of them does not say what the fix is to change."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    files = {each.path: each for each in originals}
    for fix in fixes:
        words = fix.words
        original = files.get(words.text.path)
        start = original.offset(words.span) if original else 0
        if original is None or original.text[start : start + len(words.content)] != words.content:
            return None
        edits[original.path].append(Edit(start, start + len(words.content), fix.replacement))
    return tuple(each.edited(edits[each.path]) if each.path in edits else each for each in originals)


def by_text(fixes: Iterable[Fix]) -> FixesByText:
    """The fixes of each text."""
    found: FixesByText = defaultdict(list)
    for fix in sorted(fixes, key=lambda fix: fix.words.start):
        found[fix.words.text].append(fix)
    return found


def only_words_changed(before: Iterable[ProofTexts], after: Iterable[ProofTexts], fixes: FixesByText) -> bool:
    """True if the texts are the same but for the fixes: none more or less, each what it was, its marks where they were."""
    old, new = ([(each.path, text) for each in texts for text in each.texts] for texts in (before, after))
    return len(old) == len(new) and all(
        path == other and _as_expected(text, now, fixes.get(text, []))
        for (path, text), (other, now) in zip(old, new, strict=True)
    )


def _as_expected(text: ProofText, now: ProofText, fixes: list[Fix]) -> bool:
    content = text.content
    for fix in reversed(fixes):
        content = content[: fix.words.start] + fix.replacement + content[fix.words.end :]
    shifted = Shift(fixes)
    marks = all(
        [*map(shifted.stretch, old)] == [*new]
        for old, new in ((text.strong, now.strong), (text.verbatim, now.verbatim))
    )
    return marks and (content, text.role, text.level, text.field) == (now.content, now.role, now.level, now.field)


class Shift:
    """Where the characters of a text stand when its fixes are made."""

    def __init__(self, fixes: list[Fix]) -> None:
        self._starts = [fix.words.start for fix in fixes]
        self._ends = [fix.words.end for fix in fixes]
        self._grown = [0]
        for fix in fixes:
            self._grown.append(self._grown[-1] + len(fix.replacement) - (fix.words.end - fix.words.start))

    def stretch(self, stretch: tuple[int, int]) -> tuple[int, int]:
        """The stretch from one character up to another."""
        start, end = stretch
        return start + self._grown[bisect_right(self._ends, start)], end + self._grown[bisect_left(self._starts, end)]


def new_findings(
    texts: Pair[Sequence[ProofTexts]], findings: Pair[Iterable[Finding]], fixes: FixesByText
) -> Iterator[Finding]:
    """What is found when the fixes are made that was not found before: by another rule, or in other words.

    Args:
        texts: The texts before and after, one for one.
        findings: What is found in them.
        fixes: The fixes.
    """
    places = {text: place for half in texts for place, text in enumerate(_flat(half))}
    shifts = {text: Shift(of_text) for text, of_text in fixes.items()}
    unmoved = Shift([])
    known = set()
    for finding in findings[0]:
        words = finding.words
        stretch = shifts.get(words.text, unmoved).stretch((words.start, words.end))
        known.add((finding.code, places[words.text], *stretch))
    for finding in findings[1]:
        words = finding.words
        if (finding.code, places[words.text], words.start, words.end) not in known:
            yield finding


def _flat(texts: Iterable[ProofTexts]) -> Iterator[ProofText]:
    return (text for each in texts for text in each.texts)
