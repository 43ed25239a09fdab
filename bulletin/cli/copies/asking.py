"""`bulletin copies list`, `find`, `overdue`, `report`, `history`: what the register says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_json, show_table
from bulletin.cli.copies.words import (
    copy_record,
    event_text,
    grouped,
    now,
    numbers_of,
    one_number,
    split_issue,
    tally_line,
)
from bulletin.cli.help import Command, Day
from bulletin.cli.language import _, shown_text, translated
from bulletin.model.copies import number_text
from bulletin.model.copy_reports import CopiesReport, HistoryReport, OverdueReport
from bulletin.model.register import KIND_NAMES, STATE_NAMES, CopyRecord, Event, EventKind, State


@click.command("list", cls=Command, help=_("列出一期的全部份号：给谁、在哪里、哪天的事。相邻而相同的份合成一行。"))
@issue_argument
@click.option("--state", metavar=_("状态"), help=_("只列这个状态的：待印、在库、在途、已签收、遗失、已销毁、作废"))
@click.option("--recipient", metavar=_("单位"), help=_("只列这个单位的"))
@json_option
@click.pass_obj
def list_(place: Place, /, issue: str | None, state: str | None, recipient: str | None, *, as_json: bool) -> int:
    from bulletin.pipeline.copies.asking import list_copies

    report = list_copies(place.root, issue, now())
    states = {each for each in State if state in (None, each.value, translated(STATE_NAMES[each]))}
    if not states:
        names = _("、").join(translated(STATE_NAMES[each]) for each in State)
        raise click.UsageError(_("没有“{state}”这个状态；可以写：{names}").format(state=state, names=names))
    records = [each for each in report.records if each.state in states and recipient in (None, each.holder)]
    if as_json:
        show_json([copy_record(record, report.digits) for record in records])
        return 0
    _show_copies(records, report.digits)
    click.echo(tally_line(report.tally))
    return 0


@click.command(
    "find",
    cls=Command,
    help=_(
        "查一份现在在谁那里，或一个单位有哪些份。\n\n例：bulletin copies find 000127\n\n例：bulletin copies find 省委组织部"
    ),
)
@click.argument("words", nargs=-1, required=True, metavar=f"[{_('期')}] {_('份号或单位')}")
@json_option
@click.pass_obj
def find(place: Place, /, words: Sequence[str], *, as_json: bool) -> int:
    from bulletin.pipeline.copies.asking import find_copy, find_holder

    issue, what = split_issue(words)
    number = one_number(what)
    report = find_copy(place.root, number, issue, now()) if number else find_holder(place.root, what, issue, now())
    if as_json:
        show_json([copy_record(record, report.digits) for record in report.records])
    elif number:
        _show_one(report)
    else:
        _show_copies(report.records, report.digits, with_issue=True)
    return 0


def _show_one(report: CopiesReport) -> None:
    for record in report.records:
        said = _("{issue} 第 {number} 号：{state}　{holder}（{label}）　{event}")
        click.echo(said.format(issue=record.issue, number=number_text(record.number, report.digits), label=record.label,
                               state=translated(STATE_NAMES[record.state]), holder=shown_text(record.holder),
                               event=event_text(record)))  # fmt: skip
        if record.due and record.state in (State.IN_TRANSIT, State.HELD):
            click.echo(_("应在 {day} 以前清退").format(day=record.due))
        click.echo(
            _("全部记录：bulletin copies history {issue} {number}").format(
                issue=record.issue, number=number_text(record.number, report.digits)
            )
        )


def _show_copies(records: Sequence[CopyRecord], digits: int, *, with_issue: bool = False) -> None:
    head: tuple[str, ...] = (_("份号"), _("份数"), _("类别"), _("单位"), _("状态"), _("最后一笔"))
    rows: list[tuple[str, ...]] = [
        (numbers_of(group, digits), str(len(group)), group[0].label, shown_text(group[0].holder),
         translated(STATE_NAMES[group[0].state]), event_text(group[0]))
        for group in grouped(records)
    ]  # fmt: skip
    if with_issue:
        head = (_("期"), *head)
        rows = [(group[0].issue, *row) for group, row in zip(grouped(records), rows, strict=True)]
    show_table(head, rows, wide=len(head) - 1)


@click.command(
    "overdue",
    cls=Command,
    help=_(
        "列出逾期没有签收的、过了日子还没有清退的；不写期号则看所有各期。期限在 bulletin.yaml 的 copy_register 里。"
    ),
)
@click.argument("issue", required=False, metavar=f"[{_('期')}]")
@click.option("--date", "day", type=Day(), metavar="YYYY-MM-DD", help=_("以哪一天计（默认今天）"))
@json_option
@click.pass_obj
def overdue(place: Place, /, issue: str | None, day: date | None, *, as_json: bool) -> int:
    from bulletin.pipeline.copies.asking import find_overdue

    report = find_overdue(place.root, issue, day or date.today(), now())
    if as_json:
        show_json({name: [copy_record(record, report.digits) for record in records] for name, records in
                   (("unsigned", report.unsigned), ("unreturned", report.unreturned))})  # fmt: skip
    else:
        _show_overdue(report)
    return 0


def _show_overdue(report: OverdueReport) -> None:
    said = (
        (
            _("发出超过 {days} 天没有签收的 {count} 份：").format(days=report.receipt_days, count=len(report.unsigned)),
            report.unsigned,
        ),
        (_("应清退而没有清退的 {count} 份：").format(count=len(report.unreturned)), report.unreturned),
    )
    if not any(records for _line, records in said):
        click.echo(_("没有逾期的（截至 {day}）").format(day=report.day))
    for line, records in said:
        if records:
            click.echo(line)
            _show_copies(records, report.digits, with_issue=True)


@click.command(
    "report", cls=Command, help=_("一期的统计：报、送、发各有多少份，各在哪里；谁还没有签收，谁还没有清退。")
)
@issue_argument
@json_option
@click.pass_obj
def report(place: Place, /, issue: str | None, *, as_json: bool) -> int:
    from bulletin.pipeline.copies.asking import list_copies

    found = list_copies(place.root, issue, now())
    counts: Counter[tuple[str, State]] = Counter(
        (record.label, record.state) for record in found.records if record.state is not State.WITHDRAWN
    )
    labels = list(dict.fromkeys(label for label, _state in counts))
    states = [state for state, _count in found.tally.counts]
    if as_json:
        show_json({"issue": found.issues[0], "total": found.tally.total,
                   "counts": {label: {state.value: counts[label, state] for state in states} for label in labels}})  # fmt: skip
        return 0
    head = (_("类别"), *(translated(STATE_NAMES[state]) for state in states), _("合计"))
    rows = [[counts[label, state] for state in states] for label in labels]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    show_table(
        head,
        [(label, *map(str, row), str(sum(row))) for label, row in zip([*labels, _("合计")], rows, strict=True)],
        wide=0,
    )
    for state, line in ((State.IN_TRANSIT, _("还没有签收的：")), (State.HELD, _("签收了、还要清退的："))):
        left = [
            record for record in found.records if record.state is state and (record.due or state is State.IN_TRANSIT)
        ]
        if left:
            click.echo(line)
            _show_copies(left, found.digits)
    return 0


@click.command(
    "history", cls=Command, help=_("一份从登记到销毁的全部记录，一笔也不能改。\n\n例：bulletin copies history 000127")
)
@click.argument("words", nargs=-1, required=True, metavar=f"[{_('期')}] {_('份号')}")
@json_option
@click.pass_obj
def history(place: Place, /, words: Sequence[str], *, as_json: bool) -> int:
    from bulletin.pipeline.copies.asking import history as copy_history

    issue, what = split_issue(words)
    number = one_number(what)
    if not number:
        raise click.UsageError(_("写一个份号，如 000127"))
    report = copy_history(place.root, number, issue, now())
    if as_json:
        show_json(
            {"issue": report.issue, "number": report.number, "events": [_event_record(each) for each in report.events]}
        )
    else:
        _show_history(report)
    return 0


def _show_history(report: HistoryReport) -> None:
    click.echo(_("{issue} 第 {number} 号").format(issue=report.issue, number=report.number))
    head = (_("步"), _("日期"), _("事项"), _("状态"), _("单位"), _("经手人"), _("说明"))
    show_table(head, [_event_row(event) for event in report.events], wide=6)
    for other in report.others:
        click.echo(_("另有：bulletin copies history {issue} {number}").format(issue=other, number=report.number))


def _event_row(event: Event) -> tuple[str, ...]:
    change = event.change
    notes = [change.note, _("监销人：{names}").format(names=_("、").join(change.witnesses)) if change.witnesses else ""]
    if change.kind in (EventKind.PRINTED, EventKind.REPRINTED):
        notes.append(_("第 {piece} 次印，{file}").format(piece=event.piece, file=change.file[:19] + "…"))
    return (
        str(event.step),
        event.request.day,
        translated(KIND_NAMES[change.kind]),
        translated(STATE_NAMES[event.state]),
        shown_text(change.holder),
        shown_text(event.request.actor),
        shown_text(_("；").join(note for note in notes if note)),
    )


def _event_record(event: Event) -> dict[str, object]:
    change = event.change
    return {
        "seq": event.seq,
        "step": event.step,
        "kind": change.kind.value,
        "state": event.state.value,
        "label": change.label,
        "holder": change.holder,
        "route": change.route,
        "due": change.due,
        "witnesses": list(change.witnesses),
        "note": change.note,
        "file": change.file,
        "marks": change.marks.split(),
        "piece": event.piece,
        "day": event.request.day,
        "at": event.request.at,
        "actor": event.request.actor,
        "request": event.request.id,
        "hash": event.hash,
    }
