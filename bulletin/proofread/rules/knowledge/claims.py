"""CLM001: numbers that the bureau repeats, written otherwise than registered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.house import Claim
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.numbers import Number, numbers_in
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

GAP = "…"
_NEAR = Fraction(1, 4)
_LINK = re.compile("(?:总数|总人数|人数|数)?(?:现|已|已经|共|共计|一共)?(?:有|达|达到|为|是|约)?(?:了|到)?|的|（|：")
_LONGEST_LINK = 8
_LONGEST_NUMBER = 20
_ENDS = "，。；、！？）：”"

MANUAL = Manual(
    code="CLM001",
    title=message("常用的数与登记的不一致"),
    says=message(
        "house/claims.yaml 里登记了写法的数（如全省离退休干部的人数），文中紧挨着所说的事物、数值又相近的，写法要是登记的几种之一。"
        "数值相差很远的当作另一件事，不报。"
    ),
    severity=Severity.WARNING,
    strength=Strength.HOUSE,
    source="house/claims.yaml",
    bad=("全省离退休干部95万人，是一支重要力量。", "全省近100万离退休干部发挥作用。"),
    good=("全省离退休干部96.2万人，是一支重要力量。", "全省96.2万离退休干部发挥作用。", "全省离退休干部3名代表发言。"),
    given="claims:\n  - {id: claim.cadres, what: 全省…离退休干部, forms: [96.2万, 近97万], as_of: 2026-06-30}\n",
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    claims = _current(article.house.claims, article.day)
    for text in article.texts:
        for claim in claims:
            if all(piece in text.content for piece in claim.what.split(GAP)):
                yield from _of_claim(text, claim)


def _current(claims: tuple[Claim, ...], day: date) -> tuple[Claim, ...]:
    """Of each thing the claim that holds at that day: the youngest that is not younger."""
    held = [claim for claim in claims if (claim.as_of or date.min) <= day]
    return tuple({claim.what: claim for claim in sorted(held, key=lambda claim: claim.as_of or date.min)}.values())


def _of_claim(text: ReadText, claim: Claim) -> Iterator[Finding]:
    right = [number for form in claim.forms for number in numbers_in(form)]
    for number in _told(text, claim):
        if any(_same(number, each) for each in right) or not any(_near(number, each) for each in right):
            continue
        words = text.words(number.start - len(number.before), number.end)
        what = message(
            "“{what}”的数与登记的不一致：登记的写法是 {forms}", what=claim.what.replace(GAP, ""), forms=claim.forms
        )
        advice = message("核对后统一；数变了，改 house/claims.yaml 里的“{id}”", id=claim.entry.id)
        yield Finding(MANUAL.code, MANUAL.severity, words, what, advice, entry=claim.entry.id)


def _told(text: ReadText, claim: Claim) -> Iterator[Number]:
    """The numbers of the thing: right before it, in its gap, or right after it at the end of a clause."""
    starts = {number.start - len(number.before): number for number in text.numbers}
    ends = {number.end: number for number in text.numbers}
    for start, gap, end in _places(claim.what, text.content):
        before = ends.get(start) or ends.get(start - 1 if text.content[start - 1 : start] == "的" else start)
        inside = starts.get(gap[0]) if gap[0] < gap[1] else None
        if inside is not None:
            yield inside
        elif before is not None:
            yield before
        else:
            yield from _after(text, starts, end)


def _after(text: ReadText, starts: dict[int, Number], end: int) -> Iterator[Number]:
    for place in range(end, min(end + _LONGEST_LINK, len(text.content))):
        number = starts.get(place)
        if number is not None:
            if _LINK.fullmatch(text.content, end, place) and text.content[number.end : number.end + 1] in _ENDS:
                yield number
            return


def _places(what: str, content: str) -> Iterator[tuple[int, tuple[int, int], int]]:
    """Where the thing stands: its start, the gap in it (empty where there is none, or nothing in it), its end."""
    first, _, last = what.partition(GAP)
    start = content.find(first)
    while start >= 0:
        gap = start + len(first)
        further = content.find(last, gap, gap + _LONGEST_NUMBER + len(last))
        if further >= 0:
            yield start, (gap, further), further + len(last)
        start = content.find(first, gap)


def _same(one: Number, other: Number) -> bool:
    return (one.value, one.before, one.after) == (other.value, other.before, other.after)


def _near(one: Number, other: Number) -> bool:
    """True of values that could be a slip of one another: a quarter apart at most, or the same digits with the point elsewhere."""
    if one.value is None or not other.value:
        return False
    return abs(one.value - other.value) <= other.value * _NEAR or _digits(one) == _digits(other)


def _digits(number: Number) -> str:
    return number.digits.replace(".", "").strip("0")


RULE = ArticleRule(MANUAL, _find)
