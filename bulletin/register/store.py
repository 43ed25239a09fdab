"""What the register needs of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from bulletin.model.errors import RegisterUnavailable
from bulletin.model.problem import Message, message
from bulletin.model.register import FIRST, Event, Head
from bulletin.register.chain import FIELDS, Fields, event_of, fields_of

Row: TypeAlias = Mapping[str, object]
Cell: TypeAlias = str | int
SCHEMA = Path(__file__).parent / "schema"
_PAGE = 1000
_INSERT = f"INSERT INTO event ({', '.join(FIELDS)}) VALUES ({', '.join('?' * len(FIELDS))})"  # noqa: S608  names of ours


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain as it is read: its flat records in order, and the head that it should end with."""

    entries: Iterable[Fields]
    head: Head


@dataclass(frozen=True, slots=True)
class Chains:
    """The two chains of a register; that of the publications is empty where the schema is of before there was one."""

    copies: Chain
    publications: Chain


class Store(Protocol):
    """A database: rows by SQL with `?` for values, transactions, and what it can say of itself."""

    dialect: str
    """The folder of its scripts."""
    backup_suffix: str

    def rows(self, sql: str, *values: Cell) -> Sequence[Row]:
        """The rows that a query gives, by the names of their columns."""

    def change(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Runs a statement once for each row of values."""

    def run(self, script: str) -> None:
        """Runs the statements of a script, in the transaction that is open."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that no other writer runs beside: all of it is done, or nothing."""

    def reading(self) -> AbstractContextManager[None]:
        """A transaction in which all queries see the same moment."""

    def exists(self) -> bool:
        """True if the schema was made."""

    def damage(self) -> tuple[Message, ...]:
        """What the database finds wrong with its own files."""

    def schema(self) -> Mapping[str, str]:
        """Each table, index, trigger …, by name, and how it is made."""

    def fresh_schema(self, scripts: Sequence[str]) -> Mapping[str, str]:
        """The schema that the scripts make."""

    def back_up(self, path: Path) -> Chains:
        """Writes all that is there into a file, and gives back what it reads from it."""


def scripts_of(store: Store) -> tuple[str, ...]:
    """The scripts that make the schema, one a version, oldest first."""
    return tuple(path.read_text("utf-8") for path in sorted((SCHEMA / store.dialect).glob("*.sql")))


def entries_of(store: Store) -> Iterator[Fields]:
    """Every row of events as a flat record, in order of seq, page by page: what is added meanwhile comes last."""
    last = 0
    while rows := store.rows("SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?", last, _PAGE):
        yield from map(_entry, rows)
        last = _seq(rows[-1])


def events_where(store: Store, condition: str, *values: Cell) -> tuple[Event, ...]:
    """The events that meet a condition in SQL, in order of seq.

    Raises:
        RegisterUnavailable: One of them says what no event says.
    """
    rows = store.rows(f"SELECT * FROM event WHERE {condition} ORDER BY seq", *values)  # noqa: S608  conditions of ours
    return tuple(map(event_in, map(_entry, rows)))


def event_in(entry: Fields) -> Event:
    """The event of a flat record of the database."""
    try:
        return event_of(entry)
    except ValueError as fault:
        raise unreadable(entry.get("seq"), fault) from fault


def unreadable(seq: object, fault: ValueError) -> RegisterUnavailable:
    """What is said of an event that says what no event says."""
    what = message("登记册第 {seq} 条记录读不懂（{reason}）", seq=str(seq), reason=str(fault))
    return RegisterUnavailable(what, message("登记册可能被人改动过；请用备份恢复，或请维护人员核对"))


def add_events(store: Store, events: Sequence[Event]) -> None:
    """Writes the events and the new head, within a transaction."""
    if events:
        store.change(_INSERT, [_cells(event) for event in events])
        store.change("UPDATE head SET seq = ?, hash = ?", [(events[-1].seq, events[-1].hash)])


def head_of(store: Store, table: str = "head") -> Head:
    """The last event as the register has it written down; `FIRST` if there is none."""
    rows = store.rows(f"SELECT seq, hash FROM {table}")  # noqa: S608  names of ours
    return Head(int(str(rows[0]["seq"])), str(rows[0]["hash"])) if rows else FIRST


def setting_of(store: Store, name: str) -> str:
    """What the table of settings says; empty if nothing."""
    rows = store.rows("SELECT value FROM meta WHERE name = ?", name)
    return str(rows[0]["value"]) if rows else ""


def keep_setting(store: Store, name: str, value: str) -> None:
    """Writes a setting down, unless it is there, within a transaction."""
    store.change("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", [(name, value)])


def version_of(store: Store) -> int:
    """The version of the schema; 0 if there is none.

    Raises:
        RegisterUnavailable: It does not say.
    """
    said = setting_of(store, "version") if store.exists() else "0"
    if not said.isdecimal():
        raise RegisterUnavailable(
            message("登记册没有写明版本"), message("登记册可能被人改动过；请用备份恢复，或请维护人员核对")
        )
    return int(said)


def _entry(row: Row) -> Fields:
    """The row with its witnesses, a name a line, as a list."""
    return {**row, "witnesses": [name for name in str(row["witnesses"]).split("\n") if name]}


def _cells(event: Event) -> tuple[Cell, ...]:
    fields = fields_of(event)
    return tuple("\n".join(value) if isinstance(value := fields[name], list) else value for name in FIELDS)


def _seq(row: Row) -> int:
    return int(str(row["seq"]))
