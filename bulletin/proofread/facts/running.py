"""Quotations of several paragraphs: “ at the head of each, ” at the end of the last alone (GB/T 15834—2011, 4.8.3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.model.proof_text import PROSE, ProofText
from bulletin.proofread.facts.pairs import pairs_in

_BEFORE = "：，"


def running_quotations(texts: Sequence[ProofText]) -> dict[ProofText, tuple[int, int]]:
    """From where up to where such a quotation runs in each text that has part of one.

    It begins at the head of a paragraph or after a colon, and ends with a paragraph: a mark that was forgotten begins none.
    """
    found: dict[ProofText, tuple[int, int]] = {}
    run: list[ProofText] = []
    for text in texts:
        content = text.content
        goes_on = bool(run) and text.role is run[0].role and content.startswith("“")
        start = _left_open(content) if text.role in PROSE and content.count("“") > content.count("”") else -1
        if goes_on and start < 0 and content.endswith(("”", "”。")):
            found |= {each: (max(0, _left_open(each.content)), len(each.content)) for each in run}
            found[text] = (0, content.rindex("”") + 1)
        if goes_on and start == 0:
            run.append(text)
        else:
            run = [text] if start == 0 or (start > 0 and content[start - 1] in _BEFORE) else []
    return found


def _left_open(content: str) -> int:
    """The first “ that has no ” of its own; -1 where there is none."""
    closed = {pair.start for pair in pairs_in(content) if pair.mark == "“"}
    return next((place for place, mark in enumerate(content) if mark == "“" and place not in closed), -1)
