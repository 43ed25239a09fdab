"""分发登记表 and 签收单: what goes out, to whom, and who signed for it (条例, arts. 24 and 25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin.compose.forms.columns import REMARK_PT, continued, numbers_mm, table_columns
from bulletin.compose.forms.entries import Entry, FormSource, Trail, actors_of, day_text, days_of, plain, same, told
from bulletin.model.copies import ARCHIVE, SPARE, numbers_text
from bulletin.model.forms import ColumnKind, FormName, FormPart, TableForm
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.recipient import Route
from bulletin.model.register import EventKind, State

NO_ROUTE = "发送方式未定"
_TIME = "　月　日　时"


def check_run(source: FormSource, span: Span) -> Iterator[Problem]:
    """A problem where the register's copies are not those of the print run; copies that were voided may be missing.

    Once a copy is on paper nothing is wrong: the list has changed since, and the register says what was printed.
    """
    if source.printed:
        return
    run = source.edition.print_run
    live = sum(trail.record.state is not State.VOIDED for trail in source.trails)
    if not live <= run <= len(source.trails):
        what = message("登记册里本期有 {count} 份，印数是 {run} 份，对不上", count=live, run=run)
        advice = message(
            "名单或份数改过：先重新排定份号（bulletin copies assign {issue}）", issue=str(source.issue.head.key)
        )
        yield error("forms-run", span, what, advice)


def compose_distribution(source: FormSource) -> TableForm:
    """分发登记表: a row a recipient; what happened since is filled in."""
    columns = table_columns(
        True,
        ("序号", 10, ColumnKind.FIGURE),
        ("类别", 11, ColumnKind.SHORT),
        ("收文单位", 0, ColumnKind.TEXT),
        ("份数", 11, ColumnKind.COUNT),
        ("份号（起—止）", numbers_mm(source.digits), ColumnKind.NUMBERS),
        ("发出日期", 19.5, ColumnKind.SHORT),
        ("发送方式", 19, ColumnKind.SHORT),
        ("签收人", 18, ColumnKind.SHORT),
        ("签收日期时间", 24, ColumnKind.SHORT),
        ("清退份数", 11, ColumnKind.FIGURE),
        ("清退日期", 19.5, ColumnKind.SHORT),
        ("经手人", 16, ColumnKind.SHORT),
        ("备注", max(24, numbers_mm(source.digits, REMARK_PT)), ColumnKind.REMARK),
    )
    rows = tuple(_distribution_row(entry, source) for entry in source.entries)
    count = sum(len(entry.trails) for entry in source.entries)
    return TableForm(
        name=FormName.DISTRIBUTION,
        subtitle=source.title,
        facts=_facts(source),
        columns=columns,
        parts=(FormPart("", continued(rows, columns), ("", "", "合计", str(count), *[""] * 9)),),
        notes=tuple(_sums(source, count)),
        signatures=("制表人", "审核人"),
        anchor=source.anchor,
        landscape=True,
        size_pt=10.5,
        row_mm=8.5,
    )


def _facts(source: FormSource) -> tuple[tuple[str, str], ...]:
    highlights = "；".join(plain(each.text) for each in source.edition.highlights if not each.nested)
    return (
        ("标识", source.marking or "无"),
        ("印发日期", source.edition.masthead.date_text),
        ("印数", f"{source.print_run}份"),
        ("要览", highlights),
    )


def _distribution_row(entry: Entry, source: FormSource) -> tuple[str, ...]:
    trails = entry.trails
    returned = [trail for trail in trails if trail.last(EventKind.RETURNED)]
    return (
        str(entry.number),
        entry.label,
        entry.holder,
        str(len(trails)),
        entry.numbers(source.digits),
        days_of(trails, EventKind.SENT),
        told([plain(trail.route) for trail in trails]) if entry.goes_out else "",
        _signers(trails),
        days_of(trails, EventKind.RECEIVED),
        str(len(returned)) if returned else "",
        days_of(returned, EventKind.RETURNED),
        told(actors_of(trails, EventKind.SENT)),
        "；".join(_remarks(entry, source)),
    )


def _signers(trails: Sequence[Trail]) -> str:
    """Who signed for the copies: the note of the receipt."""
    received = [trail.last(EventKind.RECEIVED) for trail in trails]
    return told([plain(event.change.note) if event else "" for event in received])


def _remarks(entry: Entry, source: FormSource) -> Iterator[str]:
    """What else happened to the copies, each with its numbers."""
    for state, said in ((State.LOST, "遗失"), (State.DESTROYED, "已销毁")):
        found = [trail for trail in entry.trails if trail.record.state is state]
        if found:
            yield f"{said}{source.text_of(found)}"
    passed: dict[str, list[Trail]] = {}
    for trail in entry.trails:
        if trail.last(EventKind.TRANSFERRED):
            passed.setdefault(trail.keeper, []).append(trail)
    for keeper, trails in passed.items():
        yield f"{source.text_of(trails)}转交{plain(keeper)}"
    reprinted = [trail for trail in entry.trails if trail.record.piece > 1]
    if reprinted:
        yield f"补印{source.text_of(reprinted)}"


def _sums(source: FormSource, count: int) -> Iterator[str]:
    """What the copies add up to, by what they are for."""
    sums: dict[str, int] = {}
    for entry in source.entries:
        label = entry.label if entry.goes_out or entry.label in (ARCHIVE, SPARE) else entry.holder
        sums[label] = sums.get(label, 0) + len(entry.trails)
    said = "，".join(f"{label}{number}份" for label, number in sums.items())
    run = source.print_run
    agrees = "，与印数一致" if count == run else f"，印数{run}份"
    yield f"其中：{said}；合计{count}份{agrees}。"
    void = [trail.number for trail in source.trails if trail.record.state is State.VOIDED]
    if void:
        yield f"作废{len(void)}份：{numbers_text(void, source.digits)}，不计入合计。"


def compose_signing(source: FormSource, route: str) -> TableForm:
    """签收单: a part for each route, each on pages of its own, since each goes with another messenger; `route` empty for all.

    Nothing is filled into the boxes to sign: a typed name there looks forged.
    """
    columns = table_columns(
        False,
        ("序号", 12, ColumnKind.FIGURE),
        ("收件单位", 0, ColumnKind.TEXT),
        ("份数", 12, ColumnKind.COUNT),
        ("份号", numbers_mm(source.digits), ColumnKind.NUMBERS),
        ("签收人（签字）", 34, ColumnKind.SHORT),
        ("签收时间", 34, ColumnKind.SHORT),
    )
    return TableForm(
        name=FormName.SIGNING,
        subtitle=source.title,
        facts=(("标识", source.marking or "无"),),
        columns=columns,
        parts=tuple(
            replace(part, rows=continued(part.rows, columns))
            for part in (_signing_part(each, entries, source) for each, entries in _by_route(source, route))
        ),
        notes=("当面逐件清点，核对无误后签字或盖章，注明时间。序号与分发登记表相同。",),
        signatures=("收发人员", "日期"),
        anchor=source.anchor,
        landscape=False,
        size_pt=10.5,
        row_mm=11.0,
        route=route,
    )


def outgoing_entries(source: FormSource, route: str) -> tuple[Entry, ...]:
    """The entries that leave the house by that route, or by any."""
    return tuple(entry for entry in source.entries if entry.goes_out and route in ("", entry.route))


def outgoing_numbers(source: FormSource, route: str) -> frozenset[int]:
    """The copies that leave the house by that route, or by any."""
    return frozenset(trail.number for entry in outgoing_entries(source, route) for trail in entry.trails)


def _by_route(source: FormSource, route: str) -> Iterator[tuple[str, list[Entry]]]:
    """The entries by route, in the order of the routes; those without one last."""
    entries = outgoing_entries(source, route)
    for each in (*(each.value for each in Route), *sorted({entry.route for entry in entries} - _ROUTES)):
        found = [entry for entry in entries if entry.route == each]
        if found:
            yield each or NO_ROUTE, found


_ROUTES = {each.value for each in Route}


def _signing_part(route: str, entries: Sequence[Entry], source: FormSource) -> FormPart:
    rows = tuple(
        (str(entry.number), entry.holder, str(len(entry.trails)), entry.numbers(source.digits), "", _TIME)
        for entry in entries
    )
    trails = tuple(trail for entry in entries for trail in entry.trails)
    covers = sum(len(tuple(entry.shares)) for entry in entries)
    return FormPart(
        title=plain(route),
        rows=rows,
        total=("", f"合计{covers}件", str(len(trails)), "", "", ""),
        facts=(("送出日期", _sent_day(trails)), ("送件人", same(actors_of(trails, EventKind.SENT)))),
    )


def _sent_day(trails: Sequence[Trail]) -> str:
    """The day on which all were sent; empty if some were not, or on another."""
    sent = (trail.last(EventKind.SENT) for trail in trails)
    return same(day_text(event.request.day) if event else "" for event in sent)
