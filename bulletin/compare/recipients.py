"""Two lists of recipients: who came, who went, and what changed for those that stayed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bulletin.model.recipient import Recipient
from bulletin.model.recipient_list import COLUMNS, ChangeKind, Field, FieldChange, ListRow, RecipientChange, rows_of


def compare_recipients(old: tuple[Recipient, ...], new: tuple[Recipient, ...]) -> tuple[RecipientChange, ...]:
    """The changes in the order of the new list, those that are gone after them in the order of the old."""
    before, after = ({row.key: row for row in rows_of(each)} for each in (old, new))
    gone = [row for key, row in before.items() if key not in after]
    here = [row for key, row in after.items() if key not in before]
    regrouped = _regrouped(gone, here)
    placed = _out_of_order(list(before), list(after))
    changes = [_change(regrouped.get(key) or before.get(key), row, placed.get(key)) for key, row in after.items()]
    changes += [_removed(row) for row in gone if row not in regrouped.values()]
    return tuple(change for change in changes if change is not None)


def _regrouped(gone: Sequence[ListRow], here: Sequence[ListRow]) -> dict[tuple[str, str], ListRow]:
    """For each new row its old one in another group, where only one of that name went and one came."""
    went, came = _by_name(gone), _by_name(here)
    return {came[name][0].key: went[name][0] for name in came if len(came[name]) == len(went.get(name, ())) == 1}


def _by_name(rows: Sequence[ListRow]) -> dict[str, list[ListRow]]:
    named: dict[str, list[ListRow]] = {}
    for row in rows:
        named.setdefault(row.unit.name, []).append(row)
    return named


def _change(old: ListRow | None, new: ListRow, places: FieldChange | None) -> RecipientChange | None:
    """What is to be said of a row that is there now, nothing if it is as it was."""
    if old is None:
        return RecipientChange(ChangeKind.ADDED, new.group, new.unit.name, new.unit.total)
    was, now = old.cells(), new.cells()
    fields = [FieldChange(field, was[field], now[field]) for field in COLUMNS if was[field] != now[field]]
    fields += [places] if places else []
    if not fields:
        return None
    moved = any(each.field in (Field.GROUP, Field.ORDER) for each in fields)
    kind = ChangeKind.MOVED if moved else ChangeKind.CHANGED
    return RecipientChange(kind, new.group, new.unit.name, new.unit.total, tuple(fields))


def _removed(row: ListRow) -> RecipientChange:
    return RecipientChange(ChangeKind.REMOVED, row.group, row.unit.name, row.unit.total)


def _out_of_order(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> dict[tuple[str, str], FieldChange]:
    """The fewest rows by whose moving within their group, or among the units, the old order becomes the new one."""
    changes = {}
    for group in dict.fromkeys(group for group, _name in after):
        old, new = ([key for key in keys if key[0] == group] for keys in (before, after))
        was = {key: place for place, key in enumerate(old)}
        unmoved = set(_longest_ascending([was[key] for key in new if key in was]))
        for place, key in enumerate(new, start=1):
            if key in was and was[key] not in unmoved:
                changes[key] = FieldChange(Field.ORDER, str(was[key] + 1), str(place))
    return changes


def _longest_ascending(numbers: list[int]) -> Iterator[int]:
    """The longest part of the numbers that ascends (patience sorting: Fredman 1975)."""
    tops: list[int] = []
    ends: list[int] = []
    below: list[int] = []
    for index, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        below.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        ends[pile : pile + 1] = [index]
    at = ends[-1] if ends else -1
    while at >= 0:
        yield numbers[at]
        at = below[at]
