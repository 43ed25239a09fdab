"""Large numbers of one thing that an issue has more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bulletin.model.house import Claim
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.numbers import Number
from bulletin.proofread.learning.proposing import proposed
from bulletin.proofread.reading import ReadIssue

_LARGE = 1000
_NOUN = 4
_TIMES = 2


def claims_of(issue: ReadIssue) -> Iterator[Claim]:
    """Of each thing that is counted in thousands at least twice, its number in all forms that it has: the editor strikes those that are wrong."""
    known = {claim.what.replace("…", "") for claim in issue.house.claims}
    told: dict[str, list[tuple[Number, Words]]] = defaultdict(list)
    for text in issue.texts:
        for number in text.numbers:
            if number.value and number.value >= _LARGE and len(number.noun) >= _NOUN and number.upper is None:
                told[number.noun].append((number, text.words(number.start - len(number.before), number.end)))
    for noun, numbers in told.items():
        if len(numbers) >= _TIMES and not any(what.endswith(noun) for what in known):
            yield _claim(issue, noun, numbers)


def _claim(issue: ReadIssue, noun: str, numbers: list[tuple[Number, Words]]) -> Claim:
    forms = tuple(dict.fromkeys(words.content.removesuffix(number.counter) for number, words in numbers))
    number, words = numbers[0]
    right = words.content
    wrong = right.replace(number.digits, _one_more(number.digits), 1)
    entry = proposed(issue, words, ("claim", noun), (f"{wrong}{noun}。", f"{right}{noun}。"))
    return Claim(entry, noun, forms, issue.day)


def _one_more(digits: str) -> str:
    """The numeral with another last digit: 109.6 for 109.5."""
    last = digits[-1]
    return digits[:-1] + (str((int(last) + 1) % 10 or 1) if last.isascii() and last.isdigit() else last + last)
