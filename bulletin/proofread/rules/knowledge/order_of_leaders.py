"""PER002: leaders listed in another order than that of their ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.house import places_of
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.people import posts_in
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_BETWEEN = re.compile(r"(?:同志)?(?:[、，]|和|及|以及|与)(?P<post>[\u4e00-\u9fff（）、]{0,30})")
_BY_STROKES = "笔画"

MANUAL = Manual(
    code="PER002",
    title=message("领导排名的次序"),
    says=message("几位领导并列时，按 house/people.yaml 里职务的位次（rank）排。注明按姓氏笔画排的不查。"),
    severity=Severity.WARNING,
    strength=Strength.HOUSE,
    source="领导同志名单按职务位次排列的通例；house/people.yaml",
    bad=("陈大力、刘建生出席会议。",),
    good=("刘建生、陈大力出席会议。", "省委老干部局局长刘建生，副局长陈大力出席。", "陈大力汇报后，刘建生讲话。"),
    given=(
        "people:\n  - {id: person.liu, name: 刘建生, posts: [{text: 某某省委老干部局局长, rank: 1}]}\n"
        "  - {id: person.chen, name: 陈大力, posts: [{text: 某某省委老干部局副局长, rank: 2}]}\n"
    ),
)


@dataclass(frozen=True, slots=True)
class _Leader:
    """A leader where the name stands."""

    rank: int
    words: Words
    entry: str


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        if _BY_STROKES not in text.content:
            yield from _of_text(text, article)


def _of_text(text: ReadText, article: ReadArticle) -> Iterator[Finding]:
    leaders = ((person, person.rank_on(article.day)) for person in article.house.people_in(text.content))
    named = (
        _Leader(rank, text.words(start, end), person.entry.id)
        for person, rank in leaders
        if rank
        for start, end in places_of(person.name, text.content)
    )
    ranked = sorted(named, key=lambda leader: leader.words.start)
    for before, after in pairwise(ranked):
        if after.rank < before.rank and _listed(text.content, before.words.end, after.words.start):
            what = message("按登记的位次，应在{name}之前", name=before.words.content)
            related = Related(before.words, message("位次在后"))
            yield Finding(MANUAL.code, MANUAL.severity, after.words, what, related=(related,), entry=after.entry)


def _listed(content: str, start: int, end: int) -> bool:
    """True if two names stand in one list, with nothing but posts between them."""
    between = _BETWEEN.fullmatch(content, start, end)
    if between is None:
        return False
    return bool(posts_in(between["post"])) if between["post"] else content[end - 1] != "，"


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
