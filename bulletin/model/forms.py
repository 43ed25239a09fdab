"""The forms around the copies: registers to print and to fill in, receipt slips, labels for envelopes.

*Source:* 条例, arts. 24 (签收), 25 (登记), 34 to 36 (清退, 销毁); columns by the practice that standards, section 5.3, sets down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bulletin.model.copies import NumberRange
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem

A4_MM = (210.0, 297.0)
BINDING_MM, EDGE_MM, HEAD_MM, FOOT_MM = 25.0, 12.0, 16.0, 14.0
"""The margins of a register: at the left, where it is bound, and the others."""


class FormName(Enum):
    """What a form is called: by editors, and on disk."""

    DISTRIBUTION = "分发登记表"
    SIGNING = "签收单"
    RECEIPTS = "回执"
    LABELS = "信封标签"
    RECALL = "清退登记表"
    DESTRUCTION = "销毁登记表"
    CIRCULATION = "传阅单"


OUTGOING = frozenset({FormName.DISTRIBUTION, FormName.SIGNING, FormName.RECEIPTS, FormName.LABELS})
"""The forms that go with the copies when they are sent: they must agree with the print run."""


class ColumnKind(Enum):
    """What stands in a column: words, short words in the middle, remarks in small type, a count of copies, another figure,
    copy numbers."""

    TEXT = "text"
    SHORT = "short"
    REMARK = "remark"
    COUNT = "count"
    FIGURE = "figure"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width on paper, what stands in it."""

    title: str
    width_mm: float
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of a form that has pages of its own, numbered by themselves: what it is called (empty if it is all of the form), its
    rows, the row that sums them up (none where it is empty), what its head and its foot say besides those of all parts."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableForm:
    """A register: a table under a head of facts, signed at its foot. What is empty is room to write.

    `facts` and `signatures` are labels with what is known; `notes` are sentences below the table; `anchor` is the last event of
    the register's chain in words; `route` is empty if the form is for all routes.
    """

    name: FormName
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    parts: tuple[FormPart, ...]
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    anchor: str
    landscape: bool
    size_pt: float
    row_mm: float
    route: str = ""

    @property
    def stem(self) -> str:
        """What its file is called."""
        return form_stem(self.name, self.route)

    @property
    def paper_mm(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return (A4_MM[1], A4_MM[0]) if self.landscape else A4_MM

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(row for part in self.parts for row in part.rows)

    def cells(self, kind: ColumnKind) -> Iterator[str]:
        """What the rows say in the columns of that kind."""
        places = [place for place, column in enumerate(self.columns) if column.kind is kind]
        return (row[place] for row in self.rows for place in places)


def form_stem(name: FormName, *said: str) -> str:
    """`签收单-交换站`: what a file is called, and what distinguishes it from others of the form."""
    return "-".join(filter(None, (name.value, *said)))


def table_width_mm(*, landscape: bool) -> float:
    """The width of a register's table: what the margins leave."""
    return A4_MM[1 if landscape else 0] - BINDING_MM - EDGE_MM


def parse_numbers(text: str) -> Iterator[int]:
    """The copy numbers that `000001－000012、000015` stands for."""
    for each in text.split("、"):
        numbers = NumberRange.parse(each)
        yield from numbers or ()


@dataclass(frozen=True, slots=True)
class SheetSize:
    """How slips or labels stand on a sheet, in the middle of it, rows without gaps; a roll has sheets of one label."""

    name: str
    width_mm: float
    height_mm: float
    columns: int = 1
    rows: int = 1
    gap_mm: float = 0.0
    """Between columns."""

    @property
    def roll(self) -> bool:
        return self.columns * self.rows == 1

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows

    @property
    def paper_mm(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return (self.width_mm, self.height_mm) if self.roll else A4_MM

    def place_mm(self, index: int) -> tuple[int, float, float]:
        """The sheet from 0, and the left and upper edge on it, of the `index`-th place from 0: line by line."""
        sheet, place = divmod(index, self.per_sheet)
        row, column = divmod(place, self.columns)
        width, height = self.paper_mm
        left = (width - self.columns * self.width_mm - (self.columns - 1) * self.gap_mm) / 2
        top = (height - self.rows * self.height_mm) / 2
        return sheet, left + column * (self.width_mm + self.gap_mm), top + row * self.height_mm


LABEL_SIZES = (
    SheetSize("99.1x38.1", 99.1, 38.1, 2, 7, 2.5),
    SheetSize("99.1x33.9", 99.1, 33.9, 2, 8, 2.5),
    SheetSize("99.1x57", 99.1, 57.0, 2, 5, 2.5),
    SheetSize("99.1x67.7", 99.1, 67.7, 2, 4, 2.5),
    SheetSize("63.5x38.1", 63.5, 38.1, 3, 7, 2.5),
    SheetSize("63.5x33.9", 63.5, 33.9, 3, 8, 2.5),
    SheetSize("63.5x46.6", 63.5, 46.6, 3, 6, 2.5),
    SheetSize("70x37", 70.0, 37.0, 3, 8),
    SheetSize("70x42.3", 70.0, 42.3, 3, 7),
    SheetSize("105x37", 105.0, 37.0, 2, 8),
    SheetSize("105x57", 105.0, 57.0, 2, 5),
    SheetSize("105x74", 105.0, 74.0, 2, 4),
    SheetSize("100x70", 100.0, 70.0),
    SheetSize("70x50", 70.0, 50.0),
    SheetSize("60x40", 60.0, 40.0),
)
"""The sizes that label makers have in common: sheets of A4 with gaps and margins, sheets that labels fill, rolls."""

SLIP_SIZE = SheetSize("回执", 210.0, 74.25, 1, 4)
"""Receipt slips: four on a sheet of A4, cut across."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes to one recipient: the number of its row in 分发登记表, who it is, how many copies, which.

    `office` counts the offices of a group that has one row, 0 for a unit. If `nameless`, `holder` is the group, and the name of the
    office is written by hand.
    """

    number: int
    holder: str
    contact: str
    address: str
    copies: int
    numbers: str
    route: str
    due: str
    office: int = 0
    nameless: bool = False

    @property
    def serial(self) -> str:
        """`9`, or `9-3` for the third office of a group."""
        return f"{self.number}-{self.office}" if self.office else str(self.number)

    @property
    def addressee(self) -> str:
        """The holder, or the group with the mark after which the office is written."""
        return f"{self.holder}：" if self.nameless else self.holder


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """Slips or labels on their sheets, from the `start`-th place on.

    `issue` is `《银龄工作动态》2026年第10期（总第210期）`, `short` the same without the serial, `sender` who sends them, `phone`
    where to ask, `days` in how many days a receipt is due, `return_days` in how many a copy that has no day of its own (0: it need
    not come back).
    """

    name: FormName
    size: SheetSize
    start: int
    issue: str
    short: str
    marking: tuple[str, ...]
    sender: str
    phone: str
    days: int
    return_days: int
    slips: tuple[Slip, ...]
    route: str = ""
    """Empty if they are for all routes."""

    @property
    def stem(self) -> str:
        """What the file is called; that of labels has their size in its name."""
        return form_stem(self.name, self.size.name if self.name is FormName.LABELS else "", self.route)


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Which forms are wanted, by the words of the command (none: all that make sense); as workbooks too; the labels' size and the
    first free place on the first sheet; the only route, empty for all; when this is asked (ISO 8601)."""

    words: tuple[str, ...]
    at: str
    xlsx: bool = False
    label: str = LABEL_SIZES[0].name
    start: int = 1
    route: str = ""


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form that was written: where, how many rows (slips, labels) it has, how many pages (0 for a workbook)."""

    path: str
    rows: int
    pages: int


@dataclass(frozen=True, slots=True)
class FormsReport:
    """The forms that were made of an issue, or why there are none."""

    key: IssueKey
    problems: tuple[Problem, ...]
    files: tuple[FormFile, ...] = ()
