"""清退登记表 and 传阅单: what comes back, and who reads a copy in the house (条例, arts. 24, 34 and 36)."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.compose.forms.columns import continued, numbers_mm, table_columns
from bulletin.compose.forms.entries import FormSource, Trail, day_text, days_of, grade, issue_lines, plain, told
from bulletin.model.forms import Column, ColumnKind, FormName, FormPart, TableForm
from bulletin.model.register import EventKind, State

_SMALL_PT = 9.0
_CIRCULATION_ROWS = 16
_CHOICE = "□留存\n□销毁"


def recall_numbers(source: FormSource) -> frozenset[int]:
    """The copies that belong into 清退登记表."""
    return frozenset(trail.number for trails in _recalled(source).values() for trail in trails)


def _recalled(source: FormSource) -> dict[str, list[Trail]]:
    """By unit what it had of the copies that were sent; units that need not return any, and did not, only if nobody need."""
    kept: dict[str, list[Trail]] = {}
    for trail in source.trails:
        if trail.journey:
            kept.setdefault(trail.keeper, []).append(trail)
    if not any(trail.due for trails in kept.values() for trail in trails):
        return kept
    return {keeper: trails for keeper, trails in kept.items() if any(trail.due or trail.came_back for trail in trails)}


def compose_recall(source: FormSource) -> TableForm:
    """清退登记表: a row for each unit that is to return copies, or did; the day by which in the head, or, where it differs, in
    each row."""
    kept = _recalled(source)
    days = sorted({trail.due for trails in kept.values() for trail in trails if trail.due})
    columns = _recall_columns(source.digits, dated=len(days) > 1)
    rows = tuple(
        _recall_row(place, kept[keeper], source, dated=len(days) > 1) for place, keeper in enumerate(kept, start=1)
    )
    wanted = sum(len(trails) for trails in kept.values())
    back = sum(trail.came_back for trails in kept.values() for trail in trails)
    total = ("", "", "", "", "", "合计", str(wanted), str(back or ""))
    return TableForm(
        name=FormName.RECALL,
        subtitle=source.title,
        facts=(("清退期限", "见各行" if len(days) > 1 else day_text("".join(days))),),
        columns=columns,
        parts=(FormPart("", continued(rows, columns), (*total, *[""] * (len(columns) - len(total)))),),
        notes=(f"应退{wanted}份，已清退{back}份，未清退{wanted - back}份。",),
        signatures=("经办人", "负责人"),
        anchor=source.anchor,
        landscape=True,
        size_pt=_SMALL_PT,
        row_mm=10.0,
    )


def _recall_columns(digits: int, *, dated: bool) -> tuple[Column, ...]:
    """With a column for the day by which each unit is to return its copies, or without."""
    sign_mm = 20 if dated else 23
    return table_columns(
        True,
        ("序号", 9, ColumnKind.FIGURE),
        ("期号", 15, ColumnKind.SHORT),
        ("标题", 23, ColumnKind.TEXT),
        ("标识", 15, ColumnKind.SHORT),
        ("份号", numbers_mm(digits, _SMALL_PT), ColumnKind.NUMBERS),
        ("应退单位", 0, ColumnKind.TEXT),
        ("应退份数", 10, ColumnKind.COUNT),
        ("实退份数", 10, ColumnKind.FIGURE),
        *([("清退期限", 18, ColumnKind.SHORT)] if dated else []),
        ("缺份及说明", max(27, numbers_mm(digits, _SMALL_PT)), ColumnKind.TEXT),
        ("清退人签字", sign_mm, ColumnKind.SHORT),
        ("接收人签字", sign_mm, ColumnKind.SHORT),
        ("清退日期", 20, ColumnKind.SHORT),
        ("处理", 16, ColumnKind.SHORT),
    )


def _recall_row(number: int, trails: Sequence[Trail], source: FormSource, *, dated: bool) -> tuple[str, ...]:
    back = [trail for trail in trails if trail.came_back]
    destroyed = [trail for trail in trails if trail.record.state is State.DESTROYED]
    return (
        str(number),
        issue_lines(source),
        plain(source.edition.masthead.title),
        grade(source),
        source.text_of(trails),
        plain(trails[0].keeper),
        str(len(trails)),
        str(len(back)) if back else "",
        *([told([day_text(trail.due) for trail in trails])] if dated else []),
        _missing(trails, back, source),
        "",
        "",
        days_of(back, EventKind.RETURNED),
        "销毁" if len(destroyed) == len(trails) else _CHOICE,
    )


def _missing(trails: Sequence[Trail], back: Sequence[Trail], source: FormSource) -> str:
    """Copies that are lost, and, once some came back, those that did not."""
    lost = [trail for trail in trails if trail.record.state is State.LOST]
    missing = [trail for trail in trails if back and trail not in back and trail not in lost]
    said = ((f"缺{len(missing)}份：", missing), ("遗失：", lost))
    return "；".join(text + source.text_of(found) for text, found in said if found)


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
