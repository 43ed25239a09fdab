"""The log of publication in the database, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.model.errors import RegisterUnavailable
from bulletin.model.problem import message
from bulletin.model.publication_log import LogEvent
from bulletin.model.register import FIRST, Head
from bulletin.register.chain import Fields
from bulletin.register.publications.chain import (
    ARTICLES,
    FIELDS,
    articles_in_text,
    event_of,
    fields_of,
    text_of_articles,
)
from bulletin.register.store import Cell, Row, Store, head_of, version_of

_SINCE = 2
"""The version of the schema that brought the log; an older register is read when it is brought up to date."""
_HEAD = "publication_head"
_PAGE = 100
_INSERT = f"INSERT INTO publication ({', '.join(FIELDS)}) VALUES ({', '.join('?' * len(FIELDS))})"  # noqa: S608  names of ours


def publications_of(store: Store) -> Iterator[Fields]:
    """Every row as a flat record, in order of seq, page by page; none where the schema has no log yet."""
    last = 0 if _has_log(store) else None
    while last is not None:
        rows = store.rows("SELECT * FROM publication WHERE seq > ? ORDER BY seq LIMIT ?", last, _PAGE)
        yield from map(_entry, rows)
        last = int(str(rows[-1]["seq"])) if rows else None


def publications_where(store: Store, condition: str, *values: Cell) -> tuple[LogEvent, ...]:
    """The events that meet a condition in SQL, in order of seq.

    Raises:
        RegisterUnavailable: One of them says what no event says.
    """
    rows = store.rows(f"SELECT * FROM publication WHERE {condition} ORDER BY seq", *values)  # noqa: S608  conditions of ours
    return tuple(map(publication_in, map(_entry, rows)))


def publication_in(entry: Fields) -> LogEvent:
    """The event of a flat record of the database."""
    try:
        return event_of(entry)
    except ValueError as fault:
        what = message("发布记录第 {seq} 条读不懂（{reason}）", seq=str(entry.get("seq")), reason=str(fault))
        raise RegisterUnavailable(what, message("登记册可能被人改动过；请用备份恢复，或请维护人员核对")) from fault


def add_publications(store: Store, events: Sequence[LogEvent]) -> None:
    """Writes the events and the new head, within a transaction."""
    if events:
        store.change(_INSERT, [_cells(event) for event in events])
        store.change(f"UPDATE {_HEAD} SET seq = ?, hash = ?", [(events[-1].seq, events[-1].hash)])  # noqa: S608  a name of ours


def publication_head_of(store: Store) -> Head:
    """The last event as the log has it written down; `FIRST` if there is none."""
    return head_of(store, _HEAD) if _has_log(store) else FIRST


def _has_log(store: Store) -> bool:
    return version_of(store) >= _SINCE


def _entry(row: Row) -> Fields:
    return {**row, **{name: articles_in_text(str(row[name])) for name in ARTICLES}}


def _cells(event: LogEvent) -> tuple[Cell, ...]:
    fields = fields_of(event)
    return tuple(text_of_articles(value) if isinstance(value := fields[name], list) else value for name in FIELDS)
