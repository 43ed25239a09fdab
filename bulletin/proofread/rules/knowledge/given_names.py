"""PER003: people by their given names, as one speaks: 建生局长."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.house import places_of
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.people import post_after
from bulletin.proofread.facts.surnames import COMPOUND
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

MANUAL = Manual(
    code="PER003",
    title=message("只写名不写姓的称呼"),
    says=message(
        "“建生局长”是口头的称呼，印出来写全姓名。只查 house/people.yaml 里登记的人；short 里登记了可以印的简称不查。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="公文用语的通例：人名写全姓名",
    bad=("下面请建生局长讲话。",),
    good=("下面请刘建生局长讲话。", "刘局长讲话。"),
    given="people:\n  - {id: person.liu, name: 刘建生, posts: [{text: 某某省委老干部局局长}]}\n",
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    named = [(person, given) for person in article.house.people if (given := _given(person.name))]
    for text in article.texts:
        for person, given in named:
            if given in text.content:
                for start, end in _called(text, given, person.name):
                    words = text.words(start, end)
                    if words.content not in person.short:
                        what = message("口头的称呼，姓名是“{name}”", name=person.name)
                        yield Finding(MANUAL.code, MANUAL.severity, words, what, entry=person.entry.id)


def _given(name: str) -> str:
    """The given name, if it has two characters: one alone is any word."""
    given = name[2 if name.startswith(COMPOUND) else 1 :]
    return given if len(given) > 1 else ""


def _called(text: ReadText, given: str, name: str) -> Iterator[tuple[int, int]]:
    family = name.removesuffix(given)
    for start, end in places_of(given, text.content):
        post = post_after(text.content, end)
        if post and not text.content.endswith(family, 0, start):
            yield start, end + len(post.written)


RULE = ArticleRule(MANUAL, _find)
