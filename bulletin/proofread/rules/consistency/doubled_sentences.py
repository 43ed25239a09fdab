"""DUP001: a long sentence that stands in the issue twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_SENTENCE = re.compile(r"[^。！？；]{25,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LEAST = 25
_GRAM = 4
_ALIKE = 0.75
"""Of runs of four characters; about nine characters in ten are then the same."""

MANUAL = Manual(
    code="DUP001",
    title=message("同一句话出现两次"),
    says=message(
        "引语以外，二十五个字以上、九成以上相同的句子出现了两次：可能是粘贴重复，也可能是两篇抄了同一份材料。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="三校一读：本期通读",
    bad=(
        "各支部把老同志组织起来、凝聚起来，使每个支部都成为一个坚强的战斗堡垒。\n要把老同志组织起来、凝聚起来，使每个支部都成为一个坚强的战斗堡垒。",
    ),
    good=(
        "各支部把老同志组织起来、凝聚起来，使每个支部都成为一个坚强的战斗堡垒。\n各支部把年轻人组织起来，请他们给老同志讲手机、讲网络、讲安全，结成对子。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    sentences = [sentence for article in issue.articles for text in article.prose for sentence in _sentences(text)]
    grams = [_grams(sentence.content) for sentence in sentences]
    first: dict[str, int] = {}
    for number, own in enumerate(grams):
        shared = Counter(first[gram] for gram in own if gram in first)
        other = shared.most_common(1)[0][0] if shared else number
        if other != number and len(own & grams[other]) >= _ALIKE * max(len(own), len(grams[other])):
            yield _finding(sentences[number], sentences[other])
        for gram in own:
            first.setdefault(gram, number)


def _sentences(text: ReadText) -> Iterator[Words]:
    """Sentences that are long enough, and no quotation."""
    for found in _SENTENCE.finditer(text.content):
        if len(_letters(found[0])) >= _LEAST and text.zone(*found.span()) is None:
            yield text.words(*found.span())


def _grams(sentence: str) -> set[str]:
    letters = _letters(sentence)
    return {letters[start : start + _GRAM] for start in range(len(letters) - _GRAM + 1)}


def _letters(sentence: str) -> str:
    return "".join(_HAN.findall(sentence))


def _finding(here: Words, there: Words) -> Finding:
    what = message("这句话与别处几乎相同")
    related = Related(there, message("相同的句子"))
    return Finding(MANUAL.code, MANUAL.severity, here, what, message("确认不是重复粘贴"), (related,))


RULE = IssueRule(MANUAL, _find)
