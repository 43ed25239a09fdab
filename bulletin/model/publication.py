"""The publication and what the bureau knows: settings, kinds of article, recipients."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from bulletin.model.copies import CopyMarks
from bulletin.model.page import TypeSize
from bulletin.model.press import PressProfile
from bulletin.model.problem import Places, Span
from bulletin.model.recipient import Recipient
from bulletin.model.register import RegisterSettings
from bulletin.model.site import SiteSettings
from bulletin.model.target import TargetSettings
from bulletin.model.typeface import Role


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of article (data, not code): what it is called, what it must say, how the 要览 names it.

    `highlight` is a template over `title subtitle speaker position organization occasion`; `counted`, if not
    empty, one over `label count` that stands for all articles of the kind together. `byline` names the field
    that is printed under the title; `spaced_byline` asks for letterspacing (刘 文 生), `signed` for organization and date at
    the end in its place (署名). An `attachment` belongs to the article before it, and is not in the 要览.
    """

    name: str
    label: str
    byline: str
    requires: tuple[str, ...]
    highlight: str
    counted: str
    spaced_byline: bool
    signed: bool
    attachment: bool


@dataclass(frozen=True, slots=True)
class CopyNumber:
    """How the copy number is printed: number of digits, left or right of the first page's head, or not at all."""

    digits: int
    position: Literal["left", "right", "none"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How pages are filled: whether each article begins on a new one, whether 要览 names the articles that it counts, whether a
    running head stands over pages, and whether they are brought to a multiple of four, for a booklet."""

    articles_on_new_pages: bool
    full_contents: bool
    running_head: bool
    booklet: bool


@dataclass(frozen=True, slots=True)
class Typesetting:
    """How lines are set: the size of type, the white between Han and Latin in thousandths of an em, and whether —— and ……
    are kept off the start of lines."""

    size: TypeSize
    gap: int
    strict: bool


class PdfStandard(Enum):
    """The part of PDF/A that the print PDF declares, at level A; every file is PDF/UA-1 besides."""

    A_2A = "a-2a"
    A_3A = "a-3a"
    """The issue's sources are attached."""

    @property
    def part(self) -> int:
        """The part of ISO 19005."""
        return 3 if self is PdfStandard.A_3A else 2


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source of an issue as it is attached to the PDF: its name without folders, without remarks that are not printed."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class HouseFace:
    """A font file of the bureau's own, as `bulletin.yaml` names it: `path` relative to the publication, `member` the number of the
    face in a collection (`.ttc`), none where it is not said; `span` is where it is named."""

    role: Role
    path: str
    member: int | None
    content: bytes = field(repr=False)
    span: Span

    @property
    def named(self) -> str:
        """The file as it is named, `simsun.ttc#0`."""
        return self.path if self.member is None else f"{self.path}#{self.member}"


@dataclass(frozen=True, slots=True)
class Publication:
    """The settings of `bulletin.yaml`, the recipients of `house/`, and the kinds of article."""

    title: str
    publisher: str
    language: str
    profile: Literal["jianbao"]
    copy_number: CopyNumber
    copy_marks: CopyMarks
    fixed_numbers: bool
    """True if numbers stay with a recipient from issue to issue."""
    register: RegisterSettings
    typesetting: Typesetting
    layout: Layout
    press: tuple[PressProfile, ...]
    """The default first; those of the settings before those that are built in."""
    pdf_standard: PdfStandard
    recipients: tuple[Recipient, ...] | None
    """`None` where the list cannot be read: then nothing can be said of distributions."""
    kinds: tuple[Kind, ...] | None
    """`None` where they cannot be read: then no article can be."""
    templates: tuple[str, ...]
    """Folders with templates, the publication's own first."""
    assets: tuple[str, ...]
    """Folders with style sheets and fonts, the publication's own first."""
    faces: tuple[tuple[str, str], ...]
    """The file name of each print face, and where it lies; of the bureau's own faces only those that are prepared."""
    house_faces: tuple[HouseFace, ...]
    """The bureau's own faces as they were delivered."""
    web: SiteSettings
    targets: tuple[TargetSettings, ...]
    places: Places
    """Where the settings stand in `bulletin.yaml`."""

    def recipients_by_name(self) -> dict[str, Recipient]:
        return {recipient.name: recipient for recipient in self.recipients or ()}

    def kind(self, name: str) -> Kind | None:
        return next((kind for kind in self.kinds or () if kind.name == name), None)
