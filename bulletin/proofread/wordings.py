"""Where an article has words that an entry of the house says are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.finding import Finding, Fix, Safety
from bulletin.model.house import Term, TermKind
from bulletin.model.problem import NOTHING, Message, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.zones import ZoneKind
from bulletin.proofread.reading import ReadArticle, ReadText

_OWN = frozenset({ZoneKind.QUOTATION, ZoneKind.TITLE})


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a text that are a wrong form of a term."""

    term: Term
    text: ReadText
    start: int
    end: int

    @property
    def words(self) -> Words:
        return self.text.words(self.start, self.end)


def wordings_in(article: ReadArticle, kinds: frozenset[TermKind]) -> Iterator[Wording]:
    """The wrong forms of terms of these kinds that count on the day of the document, where the term does not allow them."""
    for text in article.texts:
        for term in text.terms:
            if term.kind in kinds and term.counts_on(article.day):
                for start, end in term.wrong_in(text.content):
                    if not allowed(term, text, start, end):
                        yield Wording(term, text, start, end)


def allowed(term: Term, text: ReadText, start: int, end: int) -> bool:
    """True within what is somebody else's, unless the term forbids its wrong forms even there."""
    within = text.zones.around(start, end)
    return any(zone.kind not in _OWN or zone.kind.value in term.allow_in for zone in within)


def finding_of(code: str, wording: Wording, what: Message) -> Finding:
    """What a rule says of such words: as grave as the entry says, with its source, and a fix where it has one."""
    term = wording.term
    fix = Fix(wording.words, term.preferred, term.safety) if term.safety is not Safety.NONE else None
    return Finding(code, term.severity, wording.words, what, advice_of(term), fix=fix, entry=term.entry.id)


def within_marks(words: str) -> str:
    """The words as they stand within quotation marks."""
    return words.replace("“", "‘").replace("”", "’")


def advice_of(term: Term) -> Message:
    """Why, and who says so."""
    if term.why:
        return message("{why}（{source}）", why=term.why, source=term.entry.source)
    return message("依据：{source}", source=term.entry.source) if term.entry.source else NOTHING
