"""What the house knows: wordings, people and their posts, organisations, documents, numbers it repeats, quotations, places.

Part of it comes with the program (a start for general official prose), the rest is the bureau's own (`house/*.yaml`), which has the last word: an entry
of the same id takes the place of the program's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache, cached_property
from typing import TypeAlias

from bulletin.model.finding import Safety, Strength
from bulletin.model.problem import Severity, Span
from bulletin.model.quote_bank import QuoteBank
from bulletin.model.word_index import WordIndex

DEFAULT_SEVERITIES = {
    "typo": Severity.ERROR,
    "fixed": Severity.ERROR,
    "variant": Severity.WARNING,
    "brand": Severity.WARNING,
    "term": Severity.WARNING,
    "abbreviation": Severity.HINT,
}
"""What a term of each kind weighs, if its entry does not say so."""

Place: TypeAlias = tuple[int, int]
"""A stretch of a text, from its first character up to the one after its last."""


class TermKind(Enum):
    """What a term is, which says how it is checked."""

    TYPO = "typo"
    """Wrong characters in a context: 到社区党组织报道."""
    VARIANT = "variant"
    """A word that is legal, but not the house's form."""
    FIXED = "fixed"
    """A fixed expression: its members, their order, what must follow."""
    BRAND = "brand"
    """A name of the bureau's own, or of a campaign."""
    TERM = "term"
    """A word of the trade, as it is written."""
    ABBREVIATION = "abbreviation"
    """A numeral that stands for a list: “四就近”."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What all entries have: an id, where it comes from, examples that are run as tests, and where it stands."""

    id: str
    source: str
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """How a wording is written.

    `forbid` are wrong forms, letter by letter; `pattern` is one with its context (a regular expression; its first group, if it has one, is what is
    wrong, else all of it). Both count in documents dated from `valid_from` to `valid_until`, and are found only outside of `allow_in` (`quotation`,
    `title`). `needles` are words of which every match of `pattern` has one. `members` are those of a fixed expression, in order, or what an
    abbreviation stands for. `not_variants` are words that look like wrong forms, or hold one, and are right. `quoted` is true where `preferred`
    always has quotation marks.
    """

    entry: Entry
    kind: TermKind
    preferred: str
    forbid: tuple[str, ...] = ()
    pattern: str = ""
    needles: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    not_variants: tuple[str, ...] = ()
    quoted: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    allow_in: tuple[str, ...] = ("quotation", "title")
    severity: Severity = Severity.ERROR
    strength: Strength = Strength.PRACTICE
    safety: Safety = Safety.NONE
    why: str = ""

    def counts_on(self, day: date) -> bool:
        """True of documents of that day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    @property
    def dated(self) -> bool:
        """True of what is wrong in documents of some days only."""
        return bool(self.valid_from or self.valid_until)

    def wrong_in(self, content: str) -> tuple[Place, ...]:
        """Where its wrong forms stand, in order: not inside of a right word that holds them."""
        found = set(self._wrong(content))
        right = (place for word in (self.preferred, *self.not_variants) if word for place in places_of(word, content))
        return tuple(uncovered(found, right)) if found else ()

    def _wrong(self, content: str) -> Iterator[Place]:
        for word in self.forbid:
            yield from places_of(word, content)
        if self.pattern and any(needle in content for needle in self.needles or ("",)):
            for match in _compiled(self.pattern).finditer(content):
                yield match.span(1) if match.lastindex and match.start(1) >= 0 else match.span()


_ENOUGH = 2
"""Of members of which one may be missing, one of two is there."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Each is compiled when a text first has one of its needles: of a thousand, few are."""
    return re.compile(pattern)


def places_of(word: str, content: str) -> Iterator[Place]:
    """Where a word stands in a text."""
    start = content.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = content.find(word, start + len(word))


def uncovered(places: Iterable[Place], covers: Iterable[Place]) -> Iterator[Place]:
    """The places, in order, that do not lie within one of `covers`."""
    left = sorted(covers, reverse=True)
    furthest = 0
    for start, end in sorted(places):
        while left and left[-1][0] <= start:
            furthest = max(furthest, left.pop()[1])
        if end > furthest:
            yield start, end


@dataclass(frozen=True, slots=True)
class Post:
    """What a person was, from when until when (both days included; `None` where it is open); `rank` is the place among leaders that goes with
    it (1 is first; 0 where there is none)."""

    text: str
    since: date | None = None
    until: date | None = None
    rank: int = 0

    def held_on(self, day: date) -> bool:
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Person:
    """A person, the posts in order, and short forms that may be printed (刘局长)."""

    entry: Entry
    name: str
    posts: tuple[Post, ...] = ()
    short: tuple[str, ...] = ()

    def posts_on(self, day: date) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.held_on(day))

    def rank_on(self, day: date) -> int:
        """The highest place among leaders on that day; 0 where there is none."""
        return min((post.rank for post in self.posts_on(day) if post.rank), default=0)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit: its full name, short forms that may be used after it, those that everybody knows (`common`), and forms that are wrong."""

    entry: Entry
    name: str
    short: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is cited: 《title》（number）, who issued it, when, and its short titles."""

    entry: Entry
    title: str
    number: str = ""
    issuer: str = ""
    day: date | None = None
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the bureau repeats: of what (a … stands where the number may come in between: 全省…离退休干部), since when it holds, and the
    forms in which it may be printed."""

    entry: Entry
    what: str
    forms: tuple[str, ...]
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class BankQuote:
    """A quotation that was verified: who said it, when, where, and its exact words."""

    entry: Entry
    speaker: str
    text: str
    occasion: str = ""
    day: date | None = None


Known: TypeAlias = Term | Person | Organisation | Document | Claim | BankQuote
"""Whatever the house knows one thing of."""

LISTS = ("terms", "people", "organisations", "documents", "claims", "quotes")
"""The lists of the house; `house/<list>.yaml` is the bureau's file of each."""


@dataclass(frozen=True)
class House:
    """All of it; what a text may have of it is looked up in an index that is made once. `places` are the names of China's places to county level, full and short;
    `belongings` are pairs of full names: a province, and a city or county in it."""

    terms: tuple[Term, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotes: tuple[BankQuote, ...] = ()
    places: frozenset[str] = frozenset()
    belongings: frozenset[tuple[str, str]] = frozenset()

    @property
    def known(self) -> Iterator[Known]:
        """All of it, list by list."""
        return (known for name in LISTS for known in self.listed(name))

    @property
    def entries(self) -> Iterator[Entry]:
        """What all of it has in common, in order."""
        return (known.entry for known in self.known)

    def listed(self, name: str) -> tuple[Known, ...]:
        """One of the lists."""
        listed: tuple[Known, ...] = getattr(self, name)
        return listed

    def terms_in(self, content: str) -> tuple[Term, ...]:
        """The terms that may be written wrongly in a text; each says where (`wrong_in`)."""
        return tuple(self.terms[place] for place in self._terms.found_in(content))

    def series_in(self, content: str) -> tuple[Term, ...]:
        """The terms of which a text may have all members, or all but one."""
        return tuple(self.terms[place] for place in self._series.found_in(content))

    def quoted_in(self, content: str) -> tuple[Term, ...]:
        """The terms in a text that always have quotation marks."""
        return tuple(self.terms[place] for place in self._quoted.found_in(content))

    def people_in(self, content: str) -> tuple[Person, ...]:
        """The people who are named in a text."""
        return tuple(self.people[place] for place in self._people.found_in(content))

    def organisations_in(self, content: str) -> tuple[Organisation, ...]:
        """The units of which a text has any form, right or wrong."""
        return tuple(self.organisations[place] for place in self._organisations.found_in(content))

    @cached_property
    def bank(self) -> QuoteBank:
        """The quotations, in order, to find what somebody quotes."""
        return QuoteBank(quote.text for quote in self.quotes)

    @cached_property
    def _terms(self) -> WordIndex[int]:
        return WordIndex(
            (word, place) for place, term in enumerate(self.terms) for word in (*term.forbid, *term.needles)
        )

    @cached_property
    def _series(self) -> WordIndex[int]:
        return WordIndex(
            (word, place)
            for place, term in enumerate(self.terms)
            for word in sorted(term.members, key=len, reverse=True)[:_ENOUGH]
        )

    @cached_property
    def _quoted(self) -> WordIndex[int]:
        return WordIndex((term.preferred, place) for place, term in enumerate(self.terms) if term.quoted)

    @cached_property
    def _people(self) -> WordIndex[int]:
        return WordIndex((person.name, place) for place, person in enumerate(self.people))

    @cached_property
    def _organisations(self) -> WordIndex[int]:
        return WordIndex(
            (form, place)
            for place, unit in enumerate(self.organisations)
            for form in (unit.name, *unit.short, *unit.common, *unit.forbid)
        )


EMPTY_HOUSE = House()


def house_of(lists: Mapping[str, Iterable[Known]]) -> House:
    """A house of these lists, each by its name, and of things of its kind."""
    return House(**{name: tuple(listed) for name, listed in lists.items()})  # type: ignore[arg-type]
