"""What the house knows: wordings, people and their posts, organisations, documents, numbers it repeats, quotations, places.

Part of it comes with the program (a start for general official prose), the rest is the bureau's own (`house/*.yaml`), which has the last word: an entry
of the same id takes the place of the program's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from bulletin.model.finding import Safety, Strength
from bulletin.model.problem import Severity, Span


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

    `forbid` are wrong forms, letter by letter; `pattern` is one with its context (a regular expression). Both are found only outside of `allow_in`
    (`quotation`, `title`), and while the date of the document lies between `valid_from` and `valid_until`. `members` are those of a fixed
    expression, in order, or what an abbreviation stands for. `not_variants` look like `preferred` and are something else.
    """

    entry: Entry
    kind: TermKind
    preferred: str
    forbid: tuple[str, ...] = ()
    pattern: str = ""
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


@dataclass(frozen=True, slots=True)
class Post:
    """What a person was, from when until when (both days included; `None` where it is open)."""

    text: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person, the posts in order, short forms that may be printed, and the place among leaders (1 is first; 0 where there is none)."""

    entry: Entry
    name: str
    posts: tuple[Post, ...] = ()
    short: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit: its full name, short forms that may be used after it, and forms that are wrong."""

    entry: Entry
    name: str
    short: tuple[str, ...] = ()
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
    """A number that the bureau repeats: of what, since when it holds, and the forms in which it may be printed."""

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


@dataclass(frozen=True, slots=True)
class House:
    """All of it. `places` are the names of China's places to county level, full and short."""

    terms: tuple[Term, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotes: tuple[BankQuote, ...] = ()
    places: frozenset[str] = frozenset()


EMPTY_HOUSE = House()
