"""What is read of an issue before rules look at it: each text with its quotations, titles and whatever must not be touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bulletin.model.archive_facts import NOTHING_EARLIER, ArchiveFacts
from bulletin.model.house import House, Term
from bulletin.model.issue import Issue
from bulletin.model.proof_text import PROSE, ProofText, ProofTexts, Role, Words
from bulletin.proofread.facts.balance import Unbalanced, unbalanced_in
from bulletin.proofread.facts.dates import Period, WrittenDate, dates_in, periods_in
from bulletin.proofread.facts.enclosure import enclosures
from bulletin.proofread.facts.enumerations import Marker, markers_in
from bulletin.proofread.facts.mentions import Mention, quoted_in, titles_in
from bulletin.proofread.facts.numbers import Number, numbers_in
from bulletin.proofread.facts.organisations import organisations_in
from bulletin.proofread.facts.pairs import Pair, pairs_in, quotation_pairs
from bulletin.proofread.facts.people import NamedPerson, people_in, posts_in
from bulletin.proofread.facts.running import running_quotations
from bulletin.proofread.facts.zones import Zone, ZoneKind, Zones, zones_in

_OFFICE = 6
"""So many characters at the end of an office's name are the name without the place that it is of: 省委老干部局."""


@dataclass(frozen=True, eq=False)
class ReadText:
    """A text and what is seen in it; each kind of thing is looked for once, when a rule first asks.

    `running` is its part of a quotation of several paragraphs, which has ” in the last one only.
    """

    text: ProofText
    house: House
    running: tuple[int, int] | None = None

    @cached_property
    def content(self) -> str:
        return self.text.content

    @cached_property
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
    def zones(self) -> Zones:
        """What belongs to somebody else: quotations, titles, document numbers, names, addresses, code."""
        return zones_in(self.text, self.pairs, self.house, self.running)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the house that may be written wrongly in it."""
        return self.house.terms_in(self.content)

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
        return numbers_in(self.content, (*self.dates, *self.periods))

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        return dates_in(self.content)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        return periods_in(self.content)

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """The signs of members that are counted off: 一是, 二是, as of the first of texts."""
        return markers_in(self.content)

    @cached_property
    def tagged(self) -> tuple[tuple[str, str], ...]:
        """Its words with their parts of speech."""
        import rjieba  # loads its dictionary: only where words are asked for

        return tuple(rjieba.tag(self.content))

    @cached_property
    def organisations(self) -> tuple[Mention, ...]:
        """Bodies that it names."""
        return tuple(organisations_in(self.text, self.tagged))

    def zone(self, start: int, end: int) -> Zone | None:
        """The zone that these characters lie in, or touch."""
        return self.zones.touching(start, end)

    def zone_around(self, start: int, end: int) -> Zone | None:
        """The zone that all of these characters lie in."""
        return next(self.zones.around(start, end), None)

    @cached_property
    def _in_marks(self) -> Zones:
        marked = quotation_pairs(self.content, self.pairs)
        return Zones(tuple(Zone(ZoneKind.QUOTATION, pair.start + 1, pair.end - 1) for pair in marked))

    def in_quotation_marks(self, start: int, end: int) -> bool:
        """True if any of these characters stands in quotation marks: of a quotation, a name or a term."""
        return self._in_marks.touching(start, max(end, start + 1)) is not None

    def words(self, start: int, end: int) -> Words:
        return Words(self.text, start, end)


@dataclass(frozen=True, eq=False)
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

    def of_role(self, role: Role) -> Iterator[ReadText]:
        """Its texts of one role: the lines of its title, its headings."""
        return (text for text in self.texts if text.text.role is role)

    @cached_property
    def unbalanced(self) -> tuple[Unbalanced, ...]:
        """Its marks that come in pairs and have lost the other one, or stand wrongly about it."""
        return unbalanced_in(text.text for text in self.texts)

    @cached_property
    def speaker(self) -> NamedPerson | None:
        """Whom the front matter names as the speaker, with the posts that it gives."""
        name, position = next(self.of_role(Role.SPEAKER), None), next(self.of_role(Role.POSITION), None)
        if name is None:
            return None
        posts = posts_in(position.content) if position else ()
        return NamedPerson(name.content, posts, name.words(0, len(name.content)))

    @cached_property
    def people(self) -> tuple[NamedPerson, ...]:
        """The people whom it names with their posts, the speaker first."""
        named = (person for text in self.texts for person in people_in(text.text))
        return (self.speaker, *named) if self.speaker else tuple(named)


@dataclass(frozen=True, eq=False)
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
    running = running_quotations(texts.texts)
    return ReadArticle(texts.slug, tuple(ReadText(text, house, running.get(text)) for text in texts.texts), house, day)
