"""销毁登记表: what was destroyed, and what waits for it (条例, art. 35; 实务: two witnesses)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.compose.forms.columns import continued, numbers_mm, table_columns
from bulletin.compose.forms.entries import FormSource, Trail, day_text, grade, issue_lines, plain
from bulletin.model.copies import ARCHIVE, numbers_text
from bulletin.model.forms import Column, ColumnKind, FormName, FormPart, TableForm
from bulletin.model.register import EventKind, State

_SMALL_PT = 9.0
_DONE, _WAITING = "已销毁", "拟销毁"
_VOID, _SPOILED = "作废", "补印废件"
_UNRECORDED = "作废份、补印废件何时销毁，登记册不记：以前已经销毁的，从本表划去。"


@dataclass(frozen=True, slots=True)
class _Lot:
    """Copies of which the same is to be said; `sheets` are their numbers, one for each piece of paper."""

    department: str
    reason: str
    day: str = ""
    actor: str = ""
    witnesses: tuple[str, ...] = ()
    sheets: tuple[int, ...] = ()


def destruction_numbers(source: FormSource) -> tuple[int, ...]:
    """The number of each piece of paper in 销毁登记表: that of a copy that was printed anew as often as it was spoiled."""
    return tuple(number for lot in (*_done(source), *_waiting(source)) for number in lot.sheets)


def compose_destruction(source: FormSource) -> TableForm:
    """销毁登记表 in two parts: what the register says is destroyed; what came back, was voided or spoiled, and waits for it.

    Copies that nobody asked to be destroyed, as those of the archive and the spare ones, are in neither.
    """
    columns = _columns(source.digits)
    done, waiting = tuple(_done(source)), tuple(_waiting(source))
    parts = (_part(_DONE, done, columns, source), _part(_WAITING, waiting, columns, source))
    return TableForm(
        name=FormName.DESTRUCTION,
        subtitle=source.title,
        facts=(("审批意见", ""), ("审批人", ""), ("审批日期", "")),
        columns=columns,
        parts=tuple(part for part in parts if part.rows),
        notes=("销毁前逐份清点，与本表核对；二人以上监销，确认不丢失、不漏销后签字。",),
        signatures=("经办人", "监销人1", "监销人2"),
        anchor=source.anchor,
        landscape=True,
        size_pt=_SMALL_PT,
        row_mm=11.0,
    )


def _columns(digits: int) -> tuple[Column, ...]:
    return table_columns(
        True,
        ("序号", 9, ColumnKind.FIGURE),
        ("标题、期号", 0, ColumnKind.TEXT),
        ("编号（份号）", numbers_mm(digits, _SMALL_PT), ColumnKind.NUMBERS),
        ("标识", 15, ColumnKind.SHORT),
        ("份数", 9, ColumnKind.COUNT),
        ("页数", 9, ColumnKind.FIGURE),
        ("形成时间", 18, ColumnKind.SHORT),
        ("原保管部门", 25, ColumnKind.TEXT),
        ("销毁理由", 14, ColumnKind.SHORT),
        ("审批人\n及日期", 18, ColumnKind.SHORT),
        ("销毁方式", 14.5, ColumnKind.SHORT),
        ("地点", 13, ColumnKind.SHORT),
        ("销毁日期", 18, ColumnKind.SHORT),
        ("经办人", 13, ColumnKind.SHORT),
        ("监销人1", 14, ColumnKind.SHORT),
        ("监销人2", 14, ColumnKind.SHORT),
    )


def _part(title: str, lots: Sequence[_Lot], columns: Sequence[Column], source: FormSource) -> FormPart:
    rows = tuple(_row(place, lot, source) for place, lot in enumerate(lots, start=1))
    count = sum(len(lot.sheets) for lot in lots)
    unrecorded = title == _WAITING and any(lot.reason in (_VOID, _SPOILED) for lot in lots)
    return FormPart(
        title=title,
        rows=continued(rows, columns),
        total=("", "合计", "", "", str(count), *[""] * 11),
        notes=(_UNRECORDED,) if unrecorded else (),
    )


def _done(source: FormSource) -> Iterator[_Lot]:
    """What the register says is destroyed, by who had it, why, when and before whom."""
    destroyed = (trail for trail in source.trails if trail.record.state is State.DESTROYED)
    return _lots((_destroyed_lot(trail, source), trail.number) for trail in destroyed)


def _waiting(source: FormSource) -> Iterator[_Lot]:
    """What came back, by who had it, but not to the archive; what was voided on paper; all pieces that were printed anew."""
    house = plain(source.issue.publication.publisher)
    back = [trail for trail in source.trails if trail.record.state is State.IN_STOCK and trail.came_back]
    yield from _lots(
        (_Lot(plain(trail.keeper), "清退"), trail.number) for trail in back if trail.record.label != ARCHIVE
    )
    void = [trail for trail in source.trails if trail.record.state is State.VOIDED and trail.on_paper]
    yield from _lots((_Lot(_department(trail, source), _VOID), trail.number) for trail in void)
    spoiled = (trail.number for trail in source.trails for _piece in range(1, trail.record.piece))
    yield from _lots((_Lot(house, _SPOILED), number) for number in spoiled)


def _lots(said: Iterator[tuple[_Lot, int]]) -> Iterator[_Lot]:
    """The numbers of which the same is said, together."""
    grouped: dict[_Lot, list[int]] = {}
    for lot, number in said:
        grouped.setdefault(lot, []).append(number)
    return (replace(lot, sheets=tuple(numbers)) for lot, numbers in grouped.items())


def _destroyed_lot(trail: Trail, source: FormSource) -> _Lot:
    event = next(event for event in reversed(trail.events) if event.change.kind is EventKind.DESTROYED)
    return _Lot(
        department=_department(trail, source),
        reason=plain(event.change.note) or _usual_reason(trail),
        day=day_text(event.request.day),
        actor=plain(event.request.actor),
        witnesses=tuple(plain(name) for name in event.change.witnesses),
    )


def _usual_reason(trail: Trail) -> str:
    if trail.came_back:
        return "清退"
    return "存档份" if trail.record.label == ARCHIVE else "余份"


def _department(trail: Trail, source: FormSource) -> str:
    return plain(trail.keeper if trail.journey else source.issue.publication.publisher)


def _row(number: int, lot: _Lot, source: FormSource) -> tuple[str, ...]:
    title = f"{plain(source.edition.masthead.title)}\n{issue_lines(source).replace(chr(10), '')}"
    first, *others = (*lot.witnesses, "")
    return (
        str(number),
        title,
        _sheets_text(lot.sheets, source.digits),
        grade(source),
        str(len(lot.sheets)),
        str(source.pages or ""),
        day_text(source.edition.masthead.date.isoformat()),
        lot.department,
        lot.reason,
        "",
        "",
        "",
        lot.day,
        lot.actor,
        first,
        "、".join(filter(None, others)),
    )


def _sheets_text(numbers: Sequence[int], digits: int) -> str:
    """The numbers, one that stands on several pieces as often: `000007－000009、000007`."""
    pieces = Counter(numbers)
    times = range(1, max(pieces.values()) + 1)
    return "、".join(numbers_text((number for number in pieces if pieces[number] >= time), digits) for time in times)
