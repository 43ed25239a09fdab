"""The list of recipients as people handle it: as rows of a table, as lines of a file, and what changes in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from bulletin.model.issue import Addressee, IssueHead
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem
from bulletin.model.recipient import Recipient, Unit


class Field(Enum):
    """What a row says, by the heading of its column; `ORDER` is where it stands, and has none."""

    GROUP = "组别"
    NAME = "名称"
    COPIES = "份数"
    ROUTE = "发送方式"
    CONTACT = "联系人"
    ADDRESS = "地址"
    SINCE = "起"
    UNTIL = "止"
    COUNT = "个数"
    ORDER = "次序"


COLUMNS = tuple(field for field in Field if field is not Field.ORDER)
"""The columns of a table of recipients, in order."""
ALONE = "单列"
"""What a table says in place of a group for a unit that is in none, so that its rows can be sorted."""


FORMULA_MARKS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With these begins what Excel takes for a formula when it opens a `.csv` (OWASP, CSV Injection)."""


def guarded(text: str) -> str:
    """The text as a `.csv` may have it: a `'` before what would be taken for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_MARKS) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_MARKS) else text


@dataclass(frozen=True, slots=True)
class ListRow:
    """A unit in a row: `group` is empty where it is listed by itself, `counted` true for a group that says no names."""

    group: str
    unit: Unit
    counted: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By which the same row is known in another version of the list."""
        return self.group, self.unit.name

    def cells(self) -> dict[Field, str]:
        """What is said of the unit, field by field as text."""
        unit = self.unit
        return {
            Field.GROUP: self.group,
            Field.NAME: "" if self.counted else unit.name,
            Field.COPIES: str(unit.copies),
            Field.ROUTE: unit.route.value if unit.route else "",
            Field.CONTACT: unit.contact,
            Field.ADDRESS: unit.address,
            Field.SINCE: unit.since.isoformat() if unit.since else "",
            Field.UNTIL: unit.until.isoformat() if unit.until else "",
            Field.COUNT: str(unit.members) if self.counted else "",
        }


def table_of(recipients: Iterable[Recipient]) -> list[list[str]]:
    """The list as a table: a text for each of `COLUMNS` in each row."""
    rows = (row.cells() | {Field.GROUP: row.group or ALONE} for row in rows_of(recipients))
    return [[cells[field] for field in COLUMNS] for cells in rows]


def rows_of(recipients: Iterable[Recipient]) -> tuple[ListRow, ...]:
    """A row for each unit: those listed by themselves first, then group by group."""
    in_order = sorted(recipients, key=lambda recipient: recipient.group)
    return tuple(
        ListRow(recipient.name if recipient.group else "", unit, recipient.counted)
        for recipient in in_order
        for unit in recipient.units
    )


def copies_on(recipients: Iterable[Recipient], day: date) -> int:
    """How many copies an issue of that day would take that went to the whole list."""
    return sum(recipient.total_on(day) for recipient in recipients)


@dataclass(frozen=True, slots=True)
class RecipientTable:
    """The recipients that a table lists, and the columns that it has: what is in none of them it leaves as it was."""

    recipients: tuple[Recipient, ...]
    columns: frozenset[Field]


def carried_over(table: RecipientTable, current: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """The recipients of the table; of what it has no column for they keep what the list says of them, wherever it stands."""
    listed = rows_of(current)
    names = Counter(row.unit.name for row in listed)
    known: dict[object, Unit] = {row.unit.name: row.unit for row in listed if names[row.unit.name] == 1}
    known |= {row.key: row.unit for row in listed}
    kept = [name for field, name in _ATTRIBUTES.items() if field not in table.columns]

    def full(group: str, unit: Unit) -> Unit:
        old = known.get((group, unit.name)) or known.get(unit.name)
        return replace(unit, **{name: getattr(old, name) for name in kept}) if old else unit

    return tuple(
        replace(each, units=tuple(full(each.name if each.group else "", unit) for unit in each.units))
        for each in table.recipients
    )


_ATTRIBUTES = {
    Field.COPIES: "copies",
    Field.ROUTE: "route",
    Field.CONTACT: "contact",
    Field.ADDRESS: "address",
    Field.SINCE: "since",
    Field.UNTIL: "until",
}


class ChangeKind(Enum):
    """What happened to a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """To another group, or to another place among its like; other fields may have changed besides."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field said and says."""

    field: Field
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RecipientChange:
    """A row that is not as it was; `group` is where it stands now, where it stood if it is gone."""

    kind: ChangeKind
    group: str
    name: str
    copies: int
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A unit, a group or a member as it stands in the file: comments and blank lines over it, and its own lines.

    `said` is what it says, field by field as text. Of a group that names its members in lines of their own, `lines` are those before
    them.
    """

    name: str
    said: tuple[tuple[str, str], ...]
    above: tuple[str, ...]
    lines: tuple[str, ...]
    members: tuple[SourceEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSection:
    """`units:` or `groups:`: its key, comments over it and its line; how far its entries are set in."""

    key: str
    lines: tuple[str, ...]
    indent: int
    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class RecipientsSource:
    """The file in its lines; `tail` are comments after the last entry. Where it cannot be cut into entries there are no sections, and
    `head` are the comments that it begins with."""

    sections: tuple[SourceSection, ...]
    tail: tuple[str, ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom an issue names, as far as its `issue.yaml` can be read."""

    head: IssueHead
    addressees: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class ListReport:
    """The list as it is on a day, and what is to be said of it; `key` is the issue of that day, if there is one."""

    key: IssueKey | None
    day: date
    recipients: tuple[Recipient, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a table changes in the list: copies in all before and after, the file that was written and the one that keeps what it was
    before (empty where nothing was written)."""

    problems: tuple[Problem, ...]
    changes: tuple[RecipientChange, ...] = ()
    rows: int = 0
    copies_before: int = 0
    copies_after: int = 0
    written: str = ""
    kept: str = ""
