"""How it is told that two forms of a name disagree."""

from __future__ import annotations

from bulletin.model.finding import Finding, Fix, Manual, Related, Safety
from bulletin.model.problem import Message, Severity, Value, message
from bulletin.model.proof_text import Words
from bulletin.proofread.consistency import Basis, Disagreement, counted
from bulletin.proofread.facts.alike import DASH, Likeness, main_title
from bulletin.proofread.reading import ReadIssue

_ALSO = 5
"""So many further places are named."""
_CLOSE = frozenset({Likeness.MARKS, Likeness.SLIP})


def telling(manual: Manual, found: Disagreement, severity: Severity, issue: ReadIssue) -> Finding:
    """A finding at the first place of the doubted form, with its other places and the first of the form beside it."""
    words, *further = found.doubted.places
    related = (
        Related(found.other.places[0], message("这里是{there}", there=_marked(found.other.places[0]))),
        *(Related(place, message("同样的写法")) for place in further[:_ALSO]),
    )
    right = found.other.name if DASH in words.content else main_title(found.other.name)
    fix = Fix(words, right, Safety.NONE) if found.basis is not Basis.NONE and found.likeness in _CLOSE else None
    counts = counted(found.doubted.name, found.other.name, issue)
    return Finding(manual.code, severity, words, _what(found, *counts), _advice(found), related, fix)


def _marked(words: Words) -> str:
    """The name in its own marks."""
    return words.text.content[words.start - 1 : words.end + 1]


def _advice(found: Disagreement) -> Message:
    if found.basis is not Basis.NONE:
        return message("核对原文件；没有特别原因的，统一为{there}", there=_marked(found.other.places[0]))
    return message("核对原文件后统一")


def _what(found: Disagreement, times: int, others: int) -> Message:
    said: dict[str, Value] = {
        "here": _marked(found.doubted.places[0]),
        "there": _marked(found.other.places[0]),
        "times": max(times, 1),
        "others": max(others, 1),
    }
    match found.likeness:
        case Likeness.MARKS:
            return message("标点前后不一致：{here}（{times}处），{there}（{others}处）", **said)
        case Likeness.SLIP:
            return message("前后只差一两个字：{here}（{times}处），{there}（{others}处）", **said)
        case Likeness.SWAP:
            return message("前后字序不同：{here}（{times}处），{there}（{others}处）", **said)
        case Likeness.CUT:
            return message("一处比另一处少几个字：{here}（{times}处），{there}（{others}处）", **said)
        case Likeness.MEMBER:
            return message("并列的几项，有一项不同：{here}（{times}处），{there}（{others}处）", **said)
        case Likeness.ORDER:
            return message("并列的几项，次序不同：{here}（{times}处），{there}（{others}处）", **said)
