"""QTE003: terms that always have quotation marks, written without them."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.house import Term, places_of, uncovered
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_NAMES = frozenset({Role.SPEAKER, Role.POSITION, Role.ORGANIZATION, Role.FIELD})
_BRACKETS = "（〔【"
_DEEPEST = 8

MANUAL = Manual(
    code="QTE003",
    title=message("总要加引号的词没有加引号"),
    says=message("本单位规定总要加引号的词（house/terms.yaml 里写了 quoted: always 的），本期各篇处处加引号。"),
    severity=Severity.WARNING,
    strength=Strength.HOUSE,
    source="GB/T 15834—2011，4.8（引号标示有特殊含义的成分）；house/terms.yaml",
    bad=("全市建成夕阳红驿站26个。",),
    good=("全市建成“夕阳红驿站”26个。", "学习《夕阳红驿站管理办法》。"),
    safety=Safety.SAFE,
    given="terms:\n  - {id: brand.xiyanghong, kind: brand, preferred: 夕阳红驿站, quoted: always}\n",
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        if text.text.role not in _NAMES:
            for term in article.house.quoted_in(text.content):
                if term.counts_on(article.day):
                    yield from _bare(text, term)


def _bare(text: ReadText, term: Term) -> Iterator[Finding]:
    right = (place for word in term.not_variants for place in places_of(word, text.content))
    for start, end in uncovered(places_of(term.preferred, text.content), right):
        if not _marked(text, start):
            words = text.words(start, end)
            what = message("“{term}”总要加引号", term=term.preferred)
            fix = Fix(words, f"“{term.preferred}”", Safety.SAFE)
            yield Finding(MANUAL.code, MANUAL.severity, words, what, fix=fix, entry=term.entry.id)


def _marked(text: ReadText, place: int) -> bool:
    """True of what stands in quotation marks or in a title, also within brackets there."""
    pair = text.enclosing[place]
    for _ in range(_DEEPEST):
        if pair is None or pair.mark not in _BRACKETS:
            break
        pair = text.enclosing[pair.start]
    return pair is not None


RULE = ArticleRule(MANUAL, _find)
