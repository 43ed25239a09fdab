"""What is read of an issue before rules look at it: each text with its quotations, titles and whatever must not be touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bulletin.model.archive_facts import NOTHING_EARLIER, ArchiveFacts
from bulletin.model.house import House
from bulletin.model.issue import Issue
from bulletin.model.proof_text import PROSE, ProofText, ProofTexts, Words
from bulletin.proofread.facts.dates import Period, WrittenDate, dates_in, periods_in
from bulletin.proofread.facts.enclosure import enclosures
from bulletin.proofread.facts.mentions import Mention, quoted_in, titles_in
from bulletin.proofread.facts.numbers import Number, numbers_in
from bulletin.proofread.facts.pairs import Pair, pairs_in
from bulletin.proofread.facts.zones import Zone, zones_in

_OFFICE = 6
"""So many characters at the end of an office's name are the name without the place that it is of: 省委老干部局."""


@dataclass(frozen=True)
class ReadText:
    """A text and what is seen in it; each kind of thing is looked for once, when a rule first asks."""

    text: ProofText
    house: House

    @property
    def content(self) -> str:
        return self.text.content

    @property
    def prose(self) -> bool:
        """True of whole sentences."""
        return self.text.role in PROSE

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Marks that come in pairs, and what they enclose, in order of the opening mark."""
        return pairs_in(self.content)

    @cached_property
    def enclosing(self) -> tuple[Pair | None, ...]:
        """The innermost pair that each character stands in."""
        return enclosures(len(self.content), self.pairs)

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """What belongs to somebody else: quotations, titles, document numbers, names, addresses, code."""
        return zones_in(self.text, self.pairs, self.house)

    @cached_property
    def quoted(self) -> tuple[Mention, ...]:
        """Names and quotations in quotation marks."""
        return tuple(quoted_in(self.text, self.pairs))

    @cached_property
    def titled(self) -> tuple[Mention, ...]:
        """Titles in 《》 and 〈〉."""
        return tuple(titles_in(self.text, self.pairs))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """What is counted, and with what; without dates and codes."""
        return numbers_in(self.content)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        return dates_in(self.content)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        return periods_in(self.content)

    def zone(self, start: int, end: int) -> Zone | None:
        """The zone that these characters lie in, or touch."""
        return next((zone for zone in self.zones if zone.start < end and start < zone.end), None)

    def words(self, start: int, end: int) -> Words:
        return Words(self.text, start, end)


@dataclass(frozen=True)
class ReadArticle:
    """An article, or what `issue.yaml` says (its slug is empty); `day` is the date of the document, by which wordings are valid or not."""

    slug: str
    texts: tuple[ReadText, ...]
    house: House
    day: date

    @property
    def prose(self) -> Iterator[ReadText]:
        """Its texts of whole sentences."""
        return (text for text in self.texts if text.prose)


@dataclass(frozen=True)
class ReadIssue:
    """An issue: what `issue.yaml` says, its articles in order, and what earlier issues said."""

    issue: Issue
    own: ReadArticle
    articles: tuple[ReadArticle, ...]
    house: House
    archive: ArchiveFacts = NOTHING_EARLIER

    @property
    def day(self) -> date:
        return self.issue.head.date

    @property
    def parts(self) -> tuple[ReadArticle, ...]:
        """All of it."""
        return (self.own, *self.articles)

    @property
    def texts(self) -> Iterator[ReadText]:
        """All texts, in order."""
        return (text for part in self.parts for text in part.texts)

    @cached_property
    def content(self) -> str:
        """All of it in one piece, a text on a line, to count in."""
        return "\n".join(text.content for text in self.texts)

    @cached_property
    def by_publisher(self) -> frozenset[str]:
        """The articles of the office that publishes the issue, or of its heads: what it calls a thing of its own is right."""
        office = self.issue.publication.publisher.removeprefix("中共")[-_OFFICE:]
        return frozenset(
            manuscript.slug
            for manuscript in self.issue.manuscripts
            if office in manuscript.position or office in manuscript.organization
        )


def read_article(texts: ProofTexts, house: House, day: date) -> ReadArticle:
    """The article as rules look at it."""
    return ReadArticle(texts.slug, tuple(ReadText(text, house) for text in texts.texts), house, day)
