"""What is stamped on the copies of an issue, where it stands on the page, and which files an order is for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum

from bulletin.model.artifact import Artifact
from bulletin.model.copies import CopyCode, CopyMarks
from bulletin.model.page import FORE_EDGE_MM, GUTTER_MM, POINTS_PER_MM, WIDTH_PT, left_margin_pt
from bulletin.model.press import PressProfile
from bulletin.model.sheets import PAGE_MM

DIGITS = "0123456789"
SMALL_SIZE_PT = 7.5
"""六号: the number at the foot of every page."""
SMALL_BASELINE_PT = 28 * POINTS_PER_MM - 0.33 * SMALL_SIZE_PT
"""Its digits stand about the height of the folio's dash, 7 mm below the type area (GB/T 9704-2012, 7.5)."""
CODE_EDGE_MM = 12.0
"""The ink of a code; around it is the white that readers need: 4 modules of a QR code (ISO/IEC 18004), 1 of a DataMatrix
(ISO/IEC 16022)."""
_CODE_FOOT_MM = PAGE_MM[1] - 37 + 5
"""In the head margin, 5 mm above the type area."""
_TRACING_FOOT_MM = 10.0
"""Below the folio, farther in than office machines leave unprinted."""
TRACING_EDGE_MM = 10.0
TRACING_GREY = 0.88
"""The white of a tracing code. Black of 12 % was read from every print that was screened at 106 and at 141 lines an inch and
scanned at 200 dpi with noise; of 8 % from hardly any: its dots are then no larger than the noise."""


class PageKind(Enum):
    """Which stamp a page bears: the first page, the other odd ones, the even ones."""

    FIRST = "first"
    ODD = "odd"
    EVEN = "even"

    @classmethod
    def of(cls, page: int) -> PageKind:
        """The kind of a page by its number from 1."""
        return cls.FIRST if page == 1 else cls.ODD if page % 2 else cls.EVEN

    @property
    def margin_pt(self) -> float:
        """The left margin."""
        return left_margin_pt(2 if self is PageKind.EVEN else 1)


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where a number stands on its page: its baseline, its size, and the left edge of its first digit; or, where `right` is
    true, the right edge of its last."""

    x_pt: float
    y_pt: float
    size_pt: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where the ink of a code stands on its page: its lower left corner."""

    left_pt: float
    foot_pt: float
    edge_pt: float = CODE_EDGE_MM * POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class Stamping:
    """How the copies of a run are stamped: `place` is that of the number on the first page (`None` where it has none there),
    `left` true if number and code stand at the left."""

    place: NumberPlace | None
    marks: CopyMarks
    left: bool = False

    def bears(self, page: int) -> bool:
        """True if the page of that number bears a stamp."""
        return page == 1 or self.marks.every_page or self.marks.tracing

    def number_place(self, kind: PageKind) -> NumberPlace | None:
        """Where the number stands: after its label on the first page; on others at the foot, at the binding edge of the type
        area, across from the folio."""
        if kind is PageKind.FIRST and self.place:
            return self.place
        if not self.marks.every_page:
            return None
        right = kind is PageKind.EVEN
        return NumberPlace(kind.margin_pt + right * WIDTH_PT, SMALL_BASELINE_PT, SMALL_SIZE_PT, right)

    @property
    def code_place(self) -> CodePlace:
        """In the head margin of the first page, flush with the type area, on the side of the number."""
        left_mm = GUTTER_MM if self.left else PAGE_MM[0] - FORE_EDGE_MM - CODE_EDGE_MM
        return CodePlace(left_mm * POINTS_PER_MM, _CODE_FOOT_MM * POINTS_PER_MM)

    @staticmethod
    def tracing_place(kind: PageKind) -> CodePlace:
        """In the foot margin, at the binding edge of the type area, where it is seen least."""
        edge = TRACING_EDGE_MM * POINTS_PER_MM
        inset = WIDTH_PT - edge if kind is PageKind.EVEN else 0
        return CodePlace(kind.margin_pt + inset, _TRACING_FOOT_MM * POINTS_PER_MM, edge)


@dataclass(frozen=True, slots=True)
class CopyStamp:
    """What one copy bears: its number as it is printed, and its code, where it has any."""

    number: str
    code: CopyCode | None = None


class CopyPackage(Enum):
    """What a printing office gets (safety, 5.4)."""

    RUN = "run"
    """Copy after copy, all sheets of each."""
    OUTER = "outer"
    """The sheets with the first page, copy after copy; the others, which are alike in all copies, once; and the numbers in a
    table, for a numbering machine."""


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """The copies of one file in order: number and piece (see `Event.piece`) of each; `holder` is whose they are, empty where
    they are several holders'."""

    copies: tuple[tuple[int, int], ...]
    holder: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.copies)


def batches_of(copies: tuple[tuple[int, int], ...], size: int = 0) -> tuple[CopyGroup, ...]:
    """The copies in files of so many, the last with what is left; all in one where `size` is 0."""
    step = size or max(len(copies), 1)
    return tuple(CopyGroup(copies[start : start + step]) for start in range(0, len(copies), step))


@dataclass(frozen=True, slots=True)
class CopyOrder:
    """Which copies are to be made into which files: `profile` is that of the sheets, none for A4 pages in order; `key` and `name` are
    those of the register, with which codes are made (no name: the publication's title)."""

    groups: tuple[CopyGroup, ...]
    marks: CopyMarks
    key: bytes = field(repr=False)
    profile: PressProfile | None = None
    package: CopyPackage = CopyPackage.RUN
    name: str = ""


@dataclass(frozen=True, slots=True)
class NumberedFile:
    """A finished file, read back, and the numbers of the copies in it (none in sheets that all copies share, and in tables)."""

    artifact: Artifact
    numbers: tuple[int, ...]

    @property
    def sha256(self) -> str:
        """As the register has it: hexadecimal."""
        return hashlib.sha256(self.artifact.content).hexdigest()


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What tells the copy on a page of a file, or on a photograph: numbers after their label, and codes of any kind; `issue` is
    the key of the issue that the page names, empty where it names none."""

    page: int
    issue: str
    numbers: tuple[str, ...]
    codes: tuple[CopyCode, ...]


class FileKind(Enum):
    """What a file is in which copies are looked for."""

    PDF = "pdf"
    PICTURE = "picture"
    """A scan or a photograph."""


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """What a file tells of copies, page by page; pages that tell nothing are left out."""

    kind: FileKind
    marks: tuple[CopyMark, ...]
