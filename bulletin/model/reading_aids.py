"""What no rule can judge, laid out for the eye: numbers, people, quotations, what is new, long sentences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from bulletin.model.proof_text import Words


@dataclass(frozen=True, slots=True)
class NumberAid:
    """A number with its counter and what it counts (`words`)."""

    words: Words

    @property
    def said(self) -> str:
        return self.words.content


@dataclass(frozen=True, slots=True)
class PersonAid:
    """A person, the posts that stand there with the name (empty where none does), and the posts that the house knows for that day."""

    name: str
    post: str
    known: str
    words: Words


@dataclass(frozen=True, slots=True)
class QuotationAid:
    """Somebody's words. `entry` is that of the quotation in the house's bank that has just these words; empty where none has: not verified."""

    words: Words
    entry: str

    @property
    def verified(self) -> bool:
        return bool(self.entry)


class NewKind(Enum):
    """What is new."""

    QUOTED = "quoted"
    TITLE = "title"
    PERSON = "person"
    ORGANISATION = "organisation"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class NewAid:
    """What no earlier issue, not the house and no dictionary has: how often it stands in the issue, and where first."""

    kind: NewKind
    name: str
    count: int
    words: Words


@dataclass(frozen=True, slots=True)
class SentenceAid:
    """A long sentence, and how many characters it has."""

    words: Words

    @property
    def length(self) -> int:
        return self.words.end - self.words.start


@dataclass(frozen=True, slots=True)
class ArticleAids:
    """The aids of one article, in the order of the text; sentences from the longest on. The slug of what `issue.yaml` says is empty."""

    slug: str
    title: str
    numbers: tuple[NumberAid, ...]
    people: tuple[PersonAid, ...]
    quotations: tuple[QuotationAid, ...]
    sentences: tuple[SentenceAid, ...]


@dataclass(frozen=True, slots=True)
class ReadingAids:
    """The aids of an issue. `new` are those of all its articles together, compared with so many `earlier` issues."""

    articles: tuple[ArticleAids, ...]
    new: tuple[NewAid, ...]
    earlier: int

    def only(self, slugs: Collection[str]) -> ReadingAids:
        """Those of some articles."""
        articles = tuple(each for each in self.articles if each.slug in slugs)
        return replace(self, articles=articles, new=tuple(each for each in self.new if each.words.text.slug in slugs))


NO_AIDS = ReadingAids((), (), 0)
