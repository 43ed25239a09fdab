"""An issue as the editors wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bulletin.model.problem import Places, Span
from bulletin.model.prose import Block, Inline, NoteText
from bulletin.model.publication import Kind, Publication

_FOLDER = re.compile(r"(?P<year>[12]\d{3})-(?P<supplement>s?)(?P<number>\d{1,3})")


@dataclass(frozen=True, slots=True, order=True)
class IssueKey:
    """The name of an issue and of its folder: `2026-07` for 第7期, `2026-s1` for 增刊第1期."""

    year: int
    supplement: bool
    number: int

    @classmethod
    def parse(cls, folder: str) -> IssueKey | None:
        """The key that a folder name stands for, or None if it is not the name of an issue."""
        found = _FOLDER.fullmatch(folder)
        if not found:
            return None
        return cls(int(found["year"]), bool(found["supplement"]), int(found["number"]))

    def __str__(self) -> str:
        return f"{self.year}-s{self.number}" if self.supplement else f"{self.year}-{self.number:02}"

    @property
    def web_path(self) -> str:
        """Where the issue stands on the web: `2026/07`."""
        return str(self).replace("-", "/")


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
class Picture:
    """A picture of the issue, decoded, freed of metadata and encoded anew."""

    name: str
    media_type: str
    width_px: int
    height_px: int
    content: bytes
    sha256: str


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


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who cleared which text of an article for the public web, and when (ISO 8601)."""

    slug: str
    by: str
    at: str
    digest: str


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
