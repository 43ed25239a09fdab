"""An issue as the editors wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bulletin.model.key import IssueKey
from bulletin.model.picture import Picture
from bulletin.model.problem import Places, Span
from bulletin.model.prose import Block, Inline, NoteText
from bulletin.model.publication import Kind, Publication


@dataclass(frozen=True, slots=True)
class Regular:
    """第7期（总第494期）: the number within the year and the running total."""

    number: int
    serial: int


@dataclass(frozen=True, slots=True)
class Supplement:
    """增刊第1期: supplements are counted apart and have no running total."""

    number: int


@dataclass(frozen=True, slots=True)
class IssueHead:
    """What tells one issue from another; enough to check running numbers."""

    key: IssueKey
    running: Regular | Supplement
    date: date
    places: Places


@dataclass(frozen=True, slots=True)
class Editors:
    """Who answers for the issue, who edited it, and the telephone."""

    responsible: str
    editors: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """A name in a distribution list, and where it stands."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class DistributionList:
    """One of 报, 送, 发: ranks of addressees; `text` is printed instead of the names where it is not empty."""

    label: str
    text: str
    ranks: tuple[tuple[Addressee, ...], ...]
    span: Span

    def addressees(self) -> tuple[Addressee, ...]:
        """Those of all ranks, in order."""
        return tuple(addressee for rank in self.ranks for addressee in rank)


@dataclass(frozen=True, slots=True)
class Comment:
    """An editor's `<!-- remark -->`: kept, never printed."""

    content: str
    span: Span


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article as written. Empty strings stand for what the front matter does not give."""

    slug: str
    kind: Kind
    title: tuple[str, ...]
    subtitle: str
    speaker: str
    position: str
    organization: str
    subjects: tuple[str, ...]
    """主题, by which the web edition brings articles together."""
    date: date | None
    editors_note: str
    blocks: tuple[Block, ...]
    notes: tuple[NoteText[Inline], ...]
    comments: tuple[Comment, ...]
    places: Places

    @property
    def span(self) -> Span:
        return self.places.file

    @property
    def byline(self) -> str:
        """Who is named under the title, or at the end where articles of this kind are signed there; empty for attachments."""
        return {"speaker": self.speaker, "organization": self.organization, "none": ""}[self.kind.byline]

    @property
    def highlight(self) -> str:
        """Its line in the 要览, as its kind words it."""
        title = " ".join(self.title)
        return self.kind.highlight.format(
            title=title,
            subtitle=self.subtitle,
            speaker=self.speaker,
            position=self.position,
            organization=self.organization,
            occasion=self.subtitle or title,
            label=self.kind.label,
        )


@dataclass(frozen=True, slots=True)
class Clearance:
    """An entry of the log of clearances: who cleared which text of an article for the public web, and when (ISO 8601).

    Which entry of an article counts is said by `standing` (`model/clearance_log.py`). `digest` is empty where the clearance was taken back; `withdrawn` is true where that was done
    to what readers had seen, who are told so in its place, but not why. `number` is the article's number in
    its public address (`/2026/10/03/`), given when it is first cleared, one more than the last, and kept for good.
    """

    slug: str
    number: int
    by: str
    at: str
    digest: str
    span: Span = field(default=Span(""), compare=False)
    """Where it stands in the log."""
    chain: str = field(default="", compare=False)
    """Its seal over the entries before it (`model/clearance_log.py`); empty in entries of before there were seals."""
    withdrawn: bool = False
    reason: str = ""
    """Why it was withdrawn: for the log of publication, never for readers."""


@dataclass(frozen=True, slots=True)
class PrintRecord:
    """What a print PDF is: the SHA-256 of its bytes, and of each part that reaches paper, by its name."""

    pdf: str
    parts: tuple[tuple[str, str], ...]

    def changed(self, now: PrintRecord) -> tuple[str, ...]:
        """The parts that are other now, new ones and those that are gone among them."""
        before, after = dict(self.parts), dict(now.parts)
        return tuple(part for part in dict.fromkeys((*after, *before)) if before.get(part) != after.get(part))


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed the issue for print, when (ISO 8601), and as what."""

    by: str
    at: str
    printed: PrintRecord


@dataclass(frozen=True, slots=True)
class ForcedPrint:
    """A printing of what was not signed as it stands: who wanted it, when and why, and the SHA-256 of the PDF."""

    by: str
    at: str
    reason: str
    pdf: str


@dataclass(frozen=True, slots=True)
class SignOffRecord:
    """What is recorded of the issue's sign-off; `None` where it was not signed, or the signature was taken back."""

    signoff: SignOff | None
    forced: tuple[ForcedPrint, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue with its manuscripts in order."""

    publication: Publication
    head: IssueHead
    marking: tuple[str, ...]
    editors: Editors
    distribution: tuple[DistributionList, ...]
    archive: int
    spare: int
    highlights: tuple[str, ...]
    """要览 set by hand; empty where it is to be generated."""
    editors_note: str
    """编者按 that opens the issue; empty where there is none."""
    manuscripts: tuple[Manuscript, ...]
    pictures: tuple[Picture, ...]
    clearances: tuple[Clearance, ...]
    signoff: SignOff | None
    siblings: tuple[IssueHead, ...]
    """The issues just before and just after this one in its series."""
    slugs: tuple[str, ...]
    """The articles there are files for, whether or not they could be read."""

    def addressees(self) -> tuple[Addressee, ...]:
        """Who is named under 报, 送 and 发, in order."""
        return tuple(addressee for listed in self.distribution for addressee in listed.addressees())

    @property
    def complete(self) -> bool:
        """True if every article file could be read."""
        return len(self.slugs) == len(self.manuscripts)
