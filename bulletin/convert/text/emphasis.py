"""Emphasis beside Chinese marks: `**一、强化引领。**市委…` is bold, which CommonMark's own rule denies."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from bulletin.model.marks import east_asian


def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it decides what a rule is given
    """`*` and `_` as in CommonMark, but East Asian characters, marks included, count as letters.

    Source: CommonMark 0.31, 6.2 (flanking), with the amendment that https://github.com/tats-u/markdown-cjk-friendly proposes.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*" and (east_asian(before) or east_asian(after)):
        opens, closes = not after.isspace(), not before.isspace()
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos = end
    return True
