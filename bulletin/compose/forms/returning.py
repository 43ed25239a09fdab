"""清退登记表, 销毁登记表 and 传阅单: what comes back, what is destroyed, who reads a copy in the house (条例, arts. 34 to 36)."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.compose.forms.columns import continued, numbers_mm, table_columns
from bulletin.compose.forms.entries import FormSource, Trail, day_text, days_of, plain
from bulletin.model.copies import ARCHIVE, SPARE
from bulletin.model.forms import Column, ColumnKind, FormName, FormPart, TableForm
from bulletin.model.register import EventKind, State

_SMALL_PT = 9.0
_CIRCULATION_ROWS = 16
_BREAK = "\n"
_CHOICE = "□留存\n□销毁"


def sent_numbers(source: FormSource) -> frozenset[int]:
    """The copies that belong into 清退登记表: all that were sent."""
    return frozenset(trail.number for trail in source.trails if trail.journey)


def destroyed_numbers(source: FormSource) -> frozenset[int]:
    """The copies that belong into 销毁登记表: destroyed, or to be destroyed."""
    return frozenset(trail.number for trail in source.trails if _reason(trail))


def compose_recall(source: FormSource) -> TableForm:
    """清退登记表: a row for each unit that has or had copies that were sent."""
    columns = _recall_columns(source.digits)
    kept: dict[str, list[Trail]] = {}
    for trail in source.trails:
        if trail.journey:
            kept.setdefault(trail.keeper, []).append(trail)
    rows = tuple(_recall_row(place, keeper, kept[keeper], source) for place, keeper in enumerate(kept, start=1))
    due = sum(len(trails) for trails in kept.values())
    back = sum(_is_back(trail) for trails in kept.values() for trail in trails)
    days = sorted({trail.due for trails in kept.values() for trail in trails if trail.due})
    return TableForm(
        name=FormName.RECALL,
        subtitle=source.title,
        facts=(("清退期限", "、".join(day_text(day) for day in days)),),
        columns=columns,
        parts=(
            FormPart("", continued(rows, columns), ("", "", "", "", "", "合计", str(due), str(back or ""), *[""] * 5)),
        ),
        notes=(f"发出{due}份，已清退{back}份，未清退{due - back}份。",),
        signatures=("经办人", "负责人"),
        anchor=source.anchor,
        landscape=True,
        size_pt=_SMALL_PT,
        row_mm=10.0,
    )


def _recall_columns(digits: int) -> tuple[Column, ...]:
    return table_columns(
        True,
        ("序号", 9, ColumnKind.SHORT),
        ("期号", 15, ColumnKind.SHORT),
        ("标题", 23, ColumnKind.TEXT),
        ("标识", 15, ColumnKind.SHORT),
        ("份号", numbers_mm(digits, _SMALL_PT), ColumnKind.NUMBERS),
        ("应退单位", 0, ColumnKind.TEXT),
        ("应退份数", 10, ColumnKind.COUNT),
        ("实退份数", 10, ColumnKind.SHORT),
        ("缺份及说明", 27, ColumnKind.TEXT),
        ("清退人签字", 23, ColumnKind.SHORT),
        ("接收人签字", 23, ColumnKind.SHORT),
        ("清退日期", 20, ColumnKind.SHORT),
        ("处理", 16, ColumnKind.SHORT),
    )


def _is_back(trail: Trail) -> bool:
    return trail.last(EventKind.RETURNED) is not None


def _recall_row(number: int, keeper: str, trails: Sequence[Trail], source: FormSource) -> tuple[str, ...]:
    back = [trail for trail in trails if _is_back(trail)]
    destroyed = [trail for trail in trails if trail.record.state is State.DESTROYED]
    return (
        str(number),
        _issue_number(source),
        plain(source.edition.masthead.title),
        _grade(source),
        source.text_of(trails),
        plain(keeper),
        str(len(trails)),
        str(len(back)) if back else "",
        _missing(trails, back, source),
        "",
        "",
        days_of(back, EventKind.RETURNED),
        "销毁" if len(destroyed) == len(trails) else _CHOICE,
    )


def _issue_number(source: FormSource) -> str:
    """`2026年` and `第10期`, on two lines of a narrow column."""
    masthead = source.edition.masthead
    return f"{masthead.key.year}年\n{masthead.numbering.split('（')[0]}"


def _grade(source: FormSource) -> str:
    """The first line of the marking, for the column where a grade of secrecy would stand."""
    return plain(source.edition.marking[0]) if source.edition.marking else ""


def _missing(trails: Sequence[Trail], back: Sequence[Trail], source: FormSource) -> str:
    """Copies that are lost, and, once some came back, those that did not."""
    lost = [trail for trail in trails if trail.record.state is State.LOST]
    missing = [trail for trail in trails if back and trail not in back and trail not in lost]
    said = ((f"缺{len(missing)}份：", missing), ("遗失：", lost))
    return "；".join(text + source.text_of(found) for text, found in said if found)


def compose_destruction(source: FormSource) -> TableForm:
    """销毁登记表: what was destroyed, and what is to be: copies that came back or were left over, and spoiled ones."""
    columns = table_columns(
        True,
        ("序号", 9, ColumnKind.SHORT),
        ("标题、期号", 0, ColumnKind.TEXT),
        ("编号（份号）", numbers_mm(source.digits, _SMALL_PT), ColumnKind.NUMBERS),
        ("标识", 15, ColumnKind.SHORT),
        ("份数", 9, ColumnKind.COUNT),
        ("页数", 9, ColumnKind.SHORT),
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
    grouped: dict[tuple[str, ...], list[Trail]] = {}
    for trail in source.trails:
        if reason := _reason(trail):
            grouped.setdefault((_department(trail, source), reason, *_destroyed(trail)), []).append(trail)
    rows = tuple(_destruction_row(place, told, grouped[told], source) for place, told in enumerate(grouped, start=1))
    count = sum(len(trails) for trails in grouped.values())
    return TableForm(
        name=FormName.DESTRUCTION,
        subtitle=source.title,
        facts=(("审批意见", ""), ("审批人", ""), ("审批日期", "")),
        columns=columns,
        parts=(FormPart("", continued(rows, columns), ("", "合计", "", "", str(count), *[""] * 11)),),
        notes=("销毁前逐份清点，与本表核对；二人以上监销，确认不丢失、不漏销后签字。",),
        signatures=("经办人", "监销人1", "监销人2"),
        anchor=source.anchor,
        landscape=True,
        size_pt=_SMALL_PT,
        row_mm=11.0,
    )


def _reason(trail: Trail) -> str:
    """Why a copy is to be destroyed, or what was said when it was; empty if it is not."""
    record = trail.record
    if record.state is State.VOIDED:
        return "作废" if record.file else ""
    if record.state is State.DESTROYED and record.note:
        return plain(record.note)
    if record.state not in (State.IN_STOCK, State.DESTROYED):
        return ""
    if _is_back(trail):
        return "清退"
    if record.state is State.DESTROYED:
        return "存档份" if record.label == ARCHIVE else "余份"
    return "余份" if record.label == SPARE else ""


def _department(trail: Trail, source: FormSource) -> str:
    return plain(trail.keeper if trail.journey else source.issue.publication.publisher)


def _destroyed(trail: Trail) -> tuple[str, str, str, str]:
    """When, by whom and before which two it was destroyed; empty words if it was not."""
    found = next((event for event in reversed(trail.events) if event.change.kind is EventKind.DESTROYED), None)
    if found is None:
        return "", "", "", ""
    first, *others = (*(plain(name) for name in found.change.witnesses), "")
    return day_text(found.request.day), plain(found.request.actor), first, "、".join(filter(None, others))


def _destruction_row(
    number: int, said: tuple[str, ...], trails: Sequence[Trail], source: FormSource
) -> tuple[str, ...]:
    department, reason, day, actor, first, second = said
    return (
        str(number),
        f"{plain(source.edition.masthead.title)}\n{_issue_number(source).replace(_BREAK, '')}",
        source.text_of(trails),
        _grade(source),
        str(len(trails)),
        str(source.pages or ""),
        day_text(source.edition.masthead.date.isoformat()),
        department,
        reason,
        "",
        "",
        "",
        day,
        actor,
        first,
        second,
    )


def compose_circulation(source: FormSource) -> TableForm:
    """传阅单: a sheet that goes with a copy from reader to reader."""
    columns = table_columns(
        False,
        ("序号", 14, ColumnKind.SHORT),
        ("阅件人", 0, ColumnKind.SHORT),
        ("送阅时间", 36, ColumnKind.SHORT),
        ("退回时间", 36, ColumnKind.SHORT),
        ("签字", 40, ColumnKind.SHORT),
    )
    time = "　月　日　时"
    rows = tuple((str(number), "", time, time, "") for number in range(1, _CIRCULATION_ROWS + 1))
    return TableForm(
        name=FormName.CIRCULATION,
        subtitle=source.title,
        facts=(
            ("标识", source.marking or "无"),
            ("份号", ""),
            ("印发日期", source.edition.masthead.date_text),
        ),
        columns=columns,
        parts=(FormPart("", rows),),
        notes=("传阅完毕，请退收发人员。",),
        signatures=("收发人员", "退回日期"),
        anchor=source.anchor,
        landscape=False,
        size_pt=10.5,
        row_mm=11.0,
    )
