"""CON004: numbers of the same thing that almost agree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.numbers import Number, Style
from bulletin.proofread.reading import ReadArticle, ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_NOUN = re.compile(r"(?:以来|以上|左右)?的?(?P<noun>[\u4e00-\u9fff]{4})")
_SENTENCE_ENDS = re.compile("[。！？；]")
_VAGUE = frozenset({"多", "余", "来"})
_PART = 4
_SMALL = 20
_CROWD = 12
_NO_COUNT = frozenset({"%", "岁"})

MANUAL = Manual(
    code="CON004",
    title=message("同一件事的数字不一致"),
    says=message(
        "后面跟着同样的名词、相差不到四分之一的两个数，或一处带“多”“余”、一处不带：可能说的是一件事。各说各的，可以不管；常用的数字宜收进 claims.yaml。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：数字准确；三校一读：本期数字互相核对",
    bad=(
        "109.6万离退休干部就是我省的实际。\n目前，全省共有109万离退休干部。",
        "矿区已有60多年的开发建设历史。\n矿区60年开发建设，积淀深厚。",
    ),
    good=("全省有3860个离退休干部党支部。\n其中438个离退休干部党支部没有场所。",),
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number with its noun; `sentence` is how many sentences end before it in its text."""

    number: Number
    words: Words
    slug: str
    sentence: int


def _find(issue: ReadIssue) -> Iterator[Finding]:
    claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    for article in issue.articles:
        for text in article.prose:
            for counted, claim in _claims(article, text):
                other = next((each for each in claims[counted] if _disagree(claim, each, issue)), None)
                if other:
                    yield _finding(claim, other)
                elif len(claims[counted]) < _CROWD:
                    claims[counted].append(claim)


def _claims(article: ReadArticle, text: ReadText) -> Iterator[tuple[tuple[str, str], _Claim]]:
    ends = [found.start() for found in _SENTENCE_ENDS.finditer(text.content)]
    for number in text.numbers:
        noun = _NOUN.match(text.content, number.end)
        plain = (
            number.style is Style.ARABIC and not number.ordinal and number.upper is None and number.value is not None
        )
        if noun and plain and number.counter not in _NO_COUNT:
            words = text.words(number.start, max(noun.end(), number.end + len(number.noun)))
            yield (number.counter, noun["noun"]), _Claim(number, words, article.slug, bisect_left(ends, number.start))


def _disagree(one: _Claim, other: _Claim, issue: ReadIssue) -> bool:
    """In one article, or where one of them is the publisher's; not in one sentence."""
    near = one.slug == other.slug or bool({one.slug, other.slug} & issue.by_publisher)
    if not near or (one.words.text is other.words.text and one.sentence == other.sentence):
        return False
    return (
        not _covers(one.number, other.number)
        and not _covers(other.number, one.number)
        and _near(one.number, other.number)
    )


def _near(one: Number, other: Number) -> bool:
    """True if they are not the same, and not far apart; small numbers are of different things."""
    first, second = one.value or Fraction(), other.value or Fraction()
    if first == second:
        return (one.after in _VAGUE) != (other.after in _VAGUE) and first >= _SMALL
    return min(first, second) >= _SMALL and abs(first - second) * _PART <= max(first, second)


def _covers(vague: Number, other: Number) -> bool:
    """True of 3200多 and 3208."""
    value, exact = vague.value or Fraction(), other.value or Fraction()
    digits = vague.digits.replace(",", "").rstrip("0")
    step = value / int(digits) if digits.isdecimal() else Fraction()
    return vague.after in _VAGUE and value < exact < value + step


def _finding(claim: _Claim, other: _Claim) -> Finding:
    what = message("这里是“{here}”，别处是“{there}”", here=claim.words.content, there=other.words.content)
    related = Related(other.words, message("相近的数字"))
    return Finding(MANUAL.code, MANUAL.severity, claim.words, what, message("核对是否同一件事"), (related,))


RULE = IssueRule(MANUAL, _find)
