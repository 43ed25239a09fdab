"""How it is told that two forms of a name disagree."""

from __future__ import annotations

from bulletin.model.finding import Finding, Fix, Manual, Related, Safety
from bulletin.model.problem import Message, Severity, Value, message
from bulletin.proofread.consistency import Disagreement, counted
from bulletin.proofread.facts.alike import Likeness
from bulletin.proofread.reading import ReadIssue

_ALSO = 5
"""So many further places are named."""
_CLOSE = frozenset({Likeness.MARKS, Likeness.SLIP})


def telling(manual: Manual, found: Disagreement, severity: Severity, issue: ReadIssue) -> Finding:
    """A finding at the first place of the doubted form, with its other places and the first of the form beside it."""
    doubted, other = found.doubted, found.other
    here, there = counted(doubted.name, other.name, issue)
    related = (
        Related(other.places[0], message("这里是“{there}”", there=other.name)),
        *(Related(words, message("同样的写法")) for words in doubted.places[1 : 1 + _ALSO]),
    )
    words = doubted.places[0]
    fix = Fix(words, other.name, Safety.NONE) if found.decided and found.likeness in _CLOSE else None
    return Finding(manual.code, severity, words, _what(found, here, there), _advice(found), related, fix)


def _advice(found: Disagreement) -> Message:
    if found.decided:
        return message("核对原文件；没有特别原因的，统一为“{there}”", there=found.other.name)
    return message("核对原文件后统一")


def _what(found: Disagreement, times: int, others: int) -> Message:
    said: dict[str, Value] = {
        "here": found.doubted.name,
        "there": found.other.name,
        "times": max(times, 1),
        "others": max(others, 1),
    }
    match found.likeness:
        case Likeness.MARKS:
            return message("标点前后不一致：“{here}”（{times}处），“{there}”（{others}处）", **said)
        case Likeness.SLIP:
            return message("前后只差一两个字：“{here}”（{times}处），“{there}”（{others}处）", **said)
        case Likeness.SWAP:
            return message("前后字序不同：“{here}”（{times}处），“{there}”（{others}处）", **said)
        case Likeness.CUT:
            return message("一处比另一处少几个字：“{here}”（{times}处），“{there}”（{others}处）", **said)
        case Likeness.MEMBER:
            return message("并列的几项，有一项不同：“{here}”（{times}处），“{there}”（{others}处）", **said)
        case Likeness.ORDER:
            return message("并列的几项，次序不同：“{here}”（{times}处），“{there}”（{others}处）", **said)
