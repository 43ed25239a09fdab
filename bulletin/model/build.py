"""What the commands report: plain results that a terminal or another program can show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bulletin.model.comparison import Comparison
from bulletin.model.issue import Clearance, ForcedPrint, PrintRecord
from bulletin.model.key import IssueKey
from bulletin.model.press import PressProfile
from bulletin.model.problem import Message, Problem, Span
from bulletin.model.proofreading import NO_FINDINGS, Counts
from bulletin.model.publication import PdfStandard


class ClearanceState(Enum):
    """Whether an article may be public: never cleared, cleared as it stands, cleared before it changed, no longer cleared, or
    withdrawn from readers."""

    NONE = "none"
    VALID = "valid"
    VOID = "void"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class OnSite(Enum):
    """Whether an article is on the public site, as that was made last: it is; it will be with the next build; it is there still, until the
    next build takes it off; it is not."""

    SHOWN = "shown"
    AWAITED = "awaited"
    LEFT = "left"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """An article in a list: its file, what it is, how long it is in characters without white space."""

    slug: str
    kind: str
    title: str
    byline: str
    characters: int
    clearance: ClearanceState
    cleared_by: str


class SignState(Enum):
    """Whether an issue may be printed as signed: never signed, signed as it stands, or signed before it changed."""

    NONE = "none"
    VALID = "valid"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class SignStatus:
    """The state of the sign-off; who signed and when, and the parts that changed since."""

    state: SignState
    by: str = ""
    at: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignReport:
    """What became of a request to sign an issue, or to take the signature back."""

    key: IssueKey
    problems: tuple[Problem, ...]
    signed: bool
    pages: int = 0
    print_run: int = 0
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueStatus:
    """What stands where in an issue."""

    key: IssueKey
    title: str
    numbering: str
    date: str
    print_run: int
    articles: tuple[ArticleStatus, ...]
    problems: tuple[Problem, ...]
    signoff: SignStatus = SignStatus(SignState.NONE)
    proofreading: Counts = NO_FINDINGS


@dataclass(frozen=True, slots=True)
class Cut:
    """A paragraph that would be a line shorter without so many of its characters; `words` is what its last line says."""

    span: Span
    characters: int
    words: str


@dataclass(frozen=True, slots=True)
class Saving:
    """Cuts that together make an article a page shorter; `total` is how many pages the issue has when they and those of
    all savings before are made."""

    slug: str
    title: str
    cuts: tuple[Cut, ...]
    total: int

    @property
    def characters(self) -> int:
        return sum(cut.characters for cut in self.cuts)


@dataclass(frozen=True, slots=True)
class SavingsReport:
    """How paper could be saved: pages and blank pages now, the savings from the cheapest, all paragraphs with short last lines."""

    key: IssueKey
    problems: tuple[Problem, ...]
    pages: int = 0
    blank_pages: int = 0
    pages_a_sheet: int = 2
    print_run: int = 0
    savings: tuple[Saving, ...] = ()
    cuts: tuple[Cut, ...] = ()

    def sheets(self, pages: int) -> int:
        """Sheets of paper for so many pages: A4 printed on both sides, or A3 folded once where a booklet is made."""
        return -(-pages // self.pages_a_sheet)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings for one issue."""

    key: IssueKey
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ClearReport:
    """What became of a request to clear articles, to take clearances back, or to withdraw articles: file and title of each that is so now,
    and their public addresses."""

    key: IssueKey
    problems: tuple[Problem, ...]
    articles: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClearanceEntry:
    """An entry of the log of clearances: the article's title if it is about the text that stands now, else empty, and of the entry that counts of it (`last`) the state it is
    in, its public address and whether it is there."""

    said: Clearance
    title: str
    state: ClearanceState
    last: bool
    address: str
    on_site: OnSite


@dataclass(frozen=True, slots=True)
class ClearanceLog:
    """Who cleared what, oldest first."""

    key: IssueKey
    problems: tuple[Problem, ...]
    entries: tuple[ClearanceEntry, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """A line of the proof report: what was looked at, in how many places, and how many faults there were.

    `places` is `None` where the examination did not run; `unit` is the measure word of the places (行, 页).
    """

    name: Message
    places: int | None
    unit: Message
    faults: int = 0


@dataclass(frozen=True, slots=True)
class FaceFigures:
    """A face of the finished PDF: its family, and the sizes in points that it is set in, largest first."""

    family: str
    sizes_pt: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PrintFigures:
    """What can be counted of a finished print PDF.

    `full_lines` are lines of the body that the next one carries on; `ragged_lines` those of them that miss the right edge by more than
    half a point; the stretches are the white between their Han, in em.
    """

    pages: int
    blank_pages: int
    characters: int
    lines: int
    full_lines: int
    ragged_lines: int
    stretch_mean_em: float
    stretch_max_em: float
    faces: tuple[FaceFigures, ...]

    @property
    def sheets(self) -> int:
        """Sheets of paper for a copy printed on both sides."""
        return (self.pages + 1) // 2


@dataclass(frozen=True, slots=True)
class LayoutProof:
    """What the finished pages showed: a line for each examination, the problems, the figures, a small PNG of each page."""

    examinations: tuple[Examination, ...]
    problems: tuple[Problem, ...]
    figures: PrintFigures
    thumbnails: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ProofReport:
    """What an editor has on the desk before printing: one page on a finished issue."""

    key: IssueKey
    title: str
    numbering: str
    date_text: str
    language: str
    print_run: int
    sha256: str
    version: str
    examinations: tuple[Examination, ...]
    figures: PrintFigures
    problems: tuple[Problem, ...]
    thumbnails: tuple[bytes, ...]
    """A PNG of each page."""


@dataclass(frozen=True, slots=True)
class PressOrder:
    """What is wanted: the profile by name, the first where it is left out; a draft, which need not be signed; or by whom and
    why a printing is wanted that is not signed."""

    profile: str | None
    draft: bool = False
    forced: ForcedPrint | None = None


@dataclass(frozen=True, slots=True)
class PressRun:
    """A press file and what it takes: pages and blanks of a copy, its signatures and sheets, and the number of copies."""

    output: str
    profile: PressProfile
    pages: int
    blanks: int
    signatures: int
    sheets: int
    copies: int


@dataclass(frozen=True, slots=True)
class ImposeReport:
    """The press file that was made of an issue, or why there is none."""

    key: IssueKey
    problems: tuple[Problem, ...]
    made: PressRun | None = None


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What a build is asked for: where the outputs go, the command of veraPDF where the machine has it (empty where it has not), and whether it is the
    last one, which leaves no finding of the proofreader undecided."""

    output: Path
    verapdf: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class ConformanceChecks:
    """Who found nothing wrong with the print PDF: so many rules of our own; qpdf and veraPDF by version, empty where it did
    not judge."""

    standard: PdfStandard
    rules: int
    qpdf: str
    verapdf: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: paths of outputs, pages, articles; or why it made none."""

    key: IssueKey
    problems: tuple[Problem, ...]
    outputs: tuple[str, ...] = ()
    pages: int = 0
    blank_pages: int = 0
    articles: int = 0
    print_run: int = 0
    printed: PrintRecord | None = None
    conformance: ConformanceChecks | None = None
    """`None` where nothing was made."""
    proofreading: Counts = NO_FINDINGS
    """How many findings are not settled."""


@dataclass(frozen=True, slots=True)
class CompareReport:
    """What a comparison of two PDFs found: what they are called, their pages, and the PDF that shows it (empty where none was needed)."""

    old: str
    new: str
    old_pages: int
    new_pages: int
    comparison: Comparison
    output: str = ""
