"""REF002: quotations that differ from the verified words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.house import BankQuote
from bulletin.model.problem import Message, Severity, message
from bulletin.model.quote_bank import Passage, plain
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_SENTENCE = re.compile(r"[^。！？；…]+")
_LETTER = re.compile(r"\w")
_LEAST_LETTERS = 10
_LONGEST = 300
_ALIKE = 0.85
_CONTEXT = 4
_BEFORE = 80

_Step: TypeAlias = tuple[str, int, int, int, int]
"""As `SequenceMatcher` gives them: the kind, from and to in one text, from and to in the other."""

MANUAL = Manual(
    code="REF002",
    title=message("引文与核对过的原文不同"),
    says=message(
        "引号里的话与 house/quotes.yaml 里核对过的原话八成半以上相同，但不是一字不差。指名是此人所说的是错误，没有指名的是警告，只差标点的是警告；"
        "省略用“……”写明，掐头去尾不算不同。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：引文准确；house/quotes.yaml",
    bad=(
        "王某某指出：“离退休干部是党和国家宝贵的财富，是推进事业发展的重要力量。”",
        "“离退休干部是党和国家的宝贵财富，是推进事业发展的力量”，大家牢记在心。",
    ),
    good=(
        "王某某指出：“离退休干部是党和国家的宝贵财富，是推进事业发展的重要力量。”",
        "“离退休干部是党和国家的宝贵财富”，大家牢记在心。",
    ),
    given=(
        "quotes:\n  - id: quote.treasure\n    speaker: 王某某\n"
        "    text: 离退休干部是党和国家的宝贵财富，是推进事业发展的重要力量。要认真做好离退休干部工作。\n"
    ),
)


@dataclass(frozen=True, slots=True)
class _Difference:
    """From `start` up to `end` in a text stands something other than `right`."""

    start: int
    end: int
    right: str


def _find(article: ReadArticle) -> Iterator[Finding]:
    house = article.house
    if not house.quotes:
        return
    for text in article.texts:
        for start, sentence in _quoted(text):
            passage = house.bank.passage_of(sentence)
            if passage is not None:
                there = house.bank.texts[passage.quote]
                for difference in _differences(sentence, there, passage):
                    yield _finding(text, start, difference, house.quotes[passage.quote])


def _quoted(text: ReadText) -> Iterator[tuple[int, str]]:
    """The sentences in quotation marks, each with its place; what is quoted in a quotation belongs to it."""
    done = 0
    for pair in text.pairs:
        if pair.mark in "“‘「" and pair.start >= done:
            done = pair.end
            inner = plain(pair.inner(text.content))
            for found in _SENTENCE.finditer(inner):
                sentence = found[0]
                if len(sentence) <= _LONGEST and len(_LETTER.findall(sentence)) >= _LEAST_LETTERS:
                    yield pair.start + 1 + found.start(), sentence


def _differences(sentence: str, there: str, passage: Passage) -> tuple[_Difference, ...]:
    """What differs between the sentence and its passage, without what the passage has before and after it; nothing if they are too unlike."""
    window = there[passage.start : passage.end]
    steps = _within(SequenceMatcher(None, sentence, window, autojunk=False).get_opcodes(), len(there), passage)
    same = sum(end - start for kind, start, end, _from, _to in steps if kind == "equal")
    if not steps or same < _LEAST_LETTERS:
        return ()
    longer = max(steps[-1][2] - steps[0][1], steps[-1][4] - steps[0][3])
    if same < _ALIKE * longer:
        return ()
    return tuple(_Difference(start, end, window[a:b]) for kind, start, end, a, b in steps if kind != "equal")


def _within(steps: Sequence[_Step], length: int, passage: Passage) -> Sequence[_Step]:
    """The steps without what the passage has before and after, and without what the quotation goes on with where the verified text ends: somebody
    quotes more than is in the bank."""
    at_end, at_start = passage.end == length, passage.start == 0
    while steps and (steps[-1][0] == "insert" or (steps[-1][0] != "equal" and at_end)):
        steps = steps[:-1]
    while steps and (steps[0][0] == "insert" or (steps[0][0] != "equal" and at_start)):
        steps = steps[1:]
    return steps


def _finding(text: ReadText, start: int, difference: _Difference, quote: BankQuote) -> Finding:
    first, last = start + difference.start, start + difference.end
    if first == last:  # what is missing stands between two characters
        first, last = first - 1, min(last + 1, len(text.content))
        right = text.content[first] + difference.right + text.content[last - 1]
    else:
        right = difference.right
    words = text.words(first, last)
    what = _what(words.content, right)
    said = _LETTER.search(difference.right + text.content[start + difference.start : start + difference.end])
    named = quote.speaker in text.content[max(0, start - _BEFORE) : start]
    severity = MANUAL.severity if said and named else Severity.WARNING
    advice = message("登记的原话出自 {speaker}{occasion}", speaker=quote.speaker, occasion=_occasion(quote))
    return Finding(MANUAL.code, severity, words, what, advice, entry=quote.entry.id)


def _what(written: str, right: str) -> Message:
    if not right:
        return message("引文里的“{written}”，核对过的原文里没有", written=written)
    return message("引文与核对过的原文不同：“{written}”，原文是“{right}”", written=written, right=right)


def _occasion(quote: BankQuote) -> str:
    return f"（{quote.occasion}）" if quote.occasion else ""


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
