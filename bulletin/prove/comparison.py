"""Expected passages against the text read back: every missing, doubled or changed character is an error."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from bulletin.model.problem import Message, Problem, error, message
from bulletin.prove.passages import Passage

_CONTEXT = 10
_LONGEST_DIFF = 3_000
_MOST = 5
_JOINED = 2
"""Differences with no more than this between them are one."""


def compare_text(expected: Sequence[Passage], found: str, where: Message) -> Iterator[Problem]:
    """Problems for the differences between the passages and `found`, none if they agree to the character.

    Args:
        expected: Passages in order, without white space.
        found: What was read back, without white space.
        where: The output that was read, for the message.
    """
    wanted = "".join(passage.text for passage in expected)
    if wanted == found:
        return
    starts = list(accumulate((len(passage.text) for passage in expected), initial=0))[:-1] or [0]
    for wanted_from, wanted_to, found_from, found_to in _differences(wanted, found)[:_MOST]:
        passage = expected[max(0, bisect_right(starts, min(wanted_from, len(wanted) - 1)) - 1)]
        yield error(
            "proof-text",
            passage.span,
            message(
                "{where}与原稿不一致：原稿是“{wanted}”，成品是“{found}”",
                where=where,
                wanted=_around(wanted, wanted_from, wanted_to),
                found=_around(found, found_from, found_to),
            ),
            message("这是程序或模板的问题，成品不可用；请连同原稿报告维护人员"),
        )


def _differences(wanted: str, found: str) -> list[tuple[int, int, int, int]]:
    """Stretches that differ, as (from, to) in each text; only the first when a long stretch is out of step."""
    start = next(
        (at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found))
    )
    end = 0
    room = min(len(wanted), len(found)) - start
    while end < room and wanted[-1 - end] == found[-1 - end]:
        end += 1
    middle_wanted, middle_found = wanted[start : len(wanted) - end], found[start : len(found) - end]
    if max(len(middle_wanted), len(middle_found)) > _LONGEST_DIFF:
        return [(start, start + 1, start, start + 1)]
    matcher = SequenceMatcher(None, middle_wanted, middle_found, autojunk=False)
    merged: list[tuple[int, int, int, int]] = []
    for kind, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        here = (start + a_from, start + a_to, start + b_from, start + b_to)
        if merged and here[0] - merged[-1][1] <= _JOINED:
            here = (merged[-1][0], here[1], merged.pop()[2], here[3])
        merged.append(here)
    return merged


def _around(text: str, start: int, end: int) -> str:
    """The stretch in brackets with some text on both sides."""
    stretch = text[start:end]
    if len(stretch) > 4 * _CONTEXT:
        stretch = stretch[: 2 * _CONTEXT] + "…" + stretch[-2 * _CONTEXT :]
    return f"{text[max(0, start - _CONTEXT) : start]}【{stretch}】{text[end : end + _CONTEXT]}"
