"""The reading aids of an issue: what a person has to look at, because no rule can."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.house import House
from bulletin.model.proof_text import Role
from bulletin.model.reading_aids import (
    ArticleAids,
    NewAid,
    NewKind,
    NumberAid,
    PersonAid,
    QuotationAid,
    ReadingAids,
    SentenceAid,
)
from bulletin.proofread.archive import unknown_in
from bulletin.proofread.facts.alike import key_of
from bulletin.proofread.facts.mentions import Mention
from bulletin.proofread.facts.people import NamedPerson
from bulletin.proofread.facts.zones import ZoneKind
from bulletin.proofread.reading import ReadArticle, ReadIssue, ReadText

_FORMER = "原"
LONG = 120
"""A sentence of more characters is read twice: the garbled ones are among these."""
_NAME = 20
"""What is longer in quotation marks is no name."""
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


def reading_aids(issue: ReadIssue) -> ReadingAids:
    """The aids of all articles."""
    bank = tuple((key_of(quote.text), quote.entry.id) for quote in issue.house.quotes)
    articles = tuple(_article_aids(article, bank) for article in issue.articles)
    return ReadingAids(articles, tuple(_new(issue)), issue.archive.issues)


def _article_aids(article: ReadArticle, bank: tuple[tuple[str, str], ...]) -> ArticleAids:
    sentences = (sentence for text in article.prose for sentence in _long_sentences(text))
    return ArticleAids(
        slug=article.slug,
        title=" ".join(text.content for text in article.of_role(Role.TITLE)),
        numbers=tuple(number for text in article.texts for number in _numbers(text)),
        people=tuple(_person(person, article) for person in article.people),
        quotations=tuple(quotation for text in article.texts for quotation in _quotations(text, bank)),
        sentences=tuple(sorted(sentences, key=lambda sentence: -sentence.length)),
    )


def _numbers(text: ReadText) -> Iterator[NumberAid]:
    for number in text.numbers:
        yield NumberAid(text.words(number.start, _after_noun(text.content, number.end, number.noun)))


def _after_noun(content: str, end: int, noun: str) -> int:
    start = content.find(noun, end) if noun else -1
    return start + len(noun) if end <= start <= end + 2 else end


def _person(person: NamedPerson, article: ReadArticle) -> PersonAid:
    known = next((each for each in article.house.people if each.name == person.name), None)
    posts = known.posts_on(article.day) if known else ()
    return PersonAid(
        person.name,
        "、".join(_FORMER * post.former + post.written for post in person.posts),
        "、".join(post.text for post in posts),
        person.words,
    )


def _quotations(text: ReadText, bank: tuple[tuple[str, str], ...]) -> Iterator[QuotationAid]:
    """Each quotation once, not what is quoted in it."""
    last = 0
    for zone in text.zones:
        if zone.kind is ZoneKind.QUOTATION and zone.end > last:
            last = zone.end
            said = key_of(text.content[zone.start : zone.end])
            entry = next((entry for known, entry in bank if said and said in known), "")
            yield QuotationAid(text.words(zone.start, zone.end), entry)


def _long_sentences(text: ReadText) -> Iterator[SentenceAid]:
    for found in _SENTENCE.finditer(text.content):
        if len(found[0]) > LONG:
            yield SentenceAid(text.words(*found.span()))


def _new(issue: ReadIssue) -> Iterator[NewAid]:
    """Names and words that nobody has seen before, each where it first stands."""
    known = _known(issue)
    told = set()
    for kind, mention in _names(issue):
        if mention.name not in known and (kind, mention.name) not in told:
            told.add((kind, mention.name))
            yield NewAid(kind, mention.name, issue.content.count(mention.name), mention.words)


def _names(issue: ReadIssue) -> Iterator[tuple[NewKind, Mention]]:
    for article in issue.articles:
        for text in article.texts:
            yield from ((NewKind.QUOTED, mention) for mention in text.quoted if len(mention.name) <= _NAME)
            yield from ((NewKind.TITLE, mention) for mention in text.titled)
            yield from ((NewKind.ORGANISATION, mention) for mention in text.organisations)
        yield from ((NewKind.PERSON, Mention(person.name, person.words)) for person in article.people)
    people = {person.name for article in issue.articles for person in article.people}
    for article in issue.articles:
        for text in article.texts:
            words = (Mention(word, text.words(start, start + len(word))) for start, word in unknown_in(text))
            yield from ((NewKind.WORD, mention) for mention in words if mention.name not in people)


def _known(issue: ReadIssue) -> set[str]:
    archive = issue.archive
    earlier = (*archive.quoted, *archive.titles, *archive.organisations)
    return {
        *(name.name for name in earlier),
        *(name for name, _, _ in archive.people),
        *archive.words,
        *_in_house(issue.house),
    }


def _in_house(house: House) -> Iterator[str]:
    yield from (term.preferred for term in house.terms)
    yield from (member for term in house.terms for member in term.members)
    yield from (person.name for person in house.people)
    yield from house.places
    for unit in house.organisations:
        yield from (unit.name, *unit.short, *unit.common)
    for document in house.documents:
        yield from (document.title, *document.short)
