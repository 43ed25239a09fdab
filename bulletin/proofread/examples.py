"""The examples of the house's entries, run as tests: bad ones are found by their entry, good ones by none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bulletin.model.finding import Finding
from bulletin.model.house import Claim, House, Known, Organisation, Person, Term
from bulletin.model.problem import Problem, Severity, error, hint, message, warning
from bulletin.model.proof_text import Anchor, ProofText, ProofTexts, Role
from bulletin.proofread.engine import of_article
from bulletin.proofread.reading import read_article
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES

_ON_ENTRIES = tuple(rule for rule in RULES if isinstance(rule, ArticleRule) and rule.manual.given)
"""The rules that ask what the house knows."""
_SHOWN = 30


def check_examples(house: House, entries: Sequence[Known], today: date) -> Iterator[Problem]:
    """What fails of the entries, and which lack a source or examples; `house` is all that is known. Entries with a term are tested within it."""
    for known in entries:
        yield from _untested(known)
        entry, day = known.entry, _day(known, today)
        for text in entry.bad:
            if all(finding.entry != entry.id for finding in findings_in(text, house, day)):
                what = message("“{id}”没有查出错的例子：{text}", id=entry.id, text=_shown(text))
                yield error("house-example", entry.span, what, message("核对例子和条目的写法"))
        for text in entry.good:
            for finding in findings_in(text, house, day):
                if finding.entry == entry.id or finding.severity is not Severity.HINT:
                    yield _false_alarm(known, finding, text)


def findings_in(text: str, house: House, day: date) -> Iterator[Finding]:
    """What is found in a text of some paragraphs by what the house knows."""
    article = read_article(_texts(text), house, day)
    return (finding for rule in _ON_ENTRIES for finding in of_article(rule, article))


def _texts(text: str) -> ProofTexts:
    lines = enumerate(text.split("\n"), start=1)
    paragraphs = (ProofText("", "", Role.PARAGRAPH, line, (Anchor(0, number, 1),)) for number, line in lines if line)
    return ProofTexts("", "", tuple(paragraphs))


def _day(known: Known, today: date) -> date:
    """Today, or a day on which the entry counts."""
    if isinstance(known, Term) and not known.counts_on(today):
        return known.valid_until or known.valid_from or today
    if isinstance(known, Claim):
        return known.as_of or today
    return today


def _untested(known: Known) -> Iterator[Problem]:
    entry = known.entry
    if not entry.source:
        what = message("“{id}”没有写出处", id=entry.id)
        yield warning("house-source", entry.span, what, message("写 source：哪个文件、哪部词典、谁定的"))
    if not entry.good or (not entry.bad and _finds(known)):
        what = message("“{id}”缺少例子", id=entry.id)
        yield hint(
            "house-untested", entry.span, what, message("在 examples 里写错的（bad）和对的（good），例子会逐条试验")
        )


def _finds(known: Known) -> bool:
    """True of an entry by itself finding something: what is only known, as a unit with a full name alone, is compared with."""
    if isinstance(known, Term):
        return bool(known.forbid or known.pattern or known.quoted)
    if isinstance(known, Organisation):
        return bool(known.forbid or known.short)
    return bool(known.posts) if isinstance(known, Person) else True


def _false_alarm(known: Known, finding: Finding, text: str) -> Problem:
    found, shown = finding.words.content, _shown(text)
    if finding.entry == known.entry.id:
        what = message("“{id}”把对的例子当成了错：“{words}”（{text}）", id=finding.entry, words=found, text=shown)
    else:
        what = message(
            "“{id}”的对的例子里，“{other}”查出了“{words}”（{text}）",
            id=known.entry.id,
            other=finding.entry or finding.code,
            words=found,
            text=shown,
        )
    return error("house-example", known.entry.span, what, message("核对例子和条目的写法"))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
