"""`bulletin copies send`, `receive`, `return` and the other steps of a copy: each records one kind of event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import click

from bulletin.cli.arguments import json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_json, show_table
from bulletin.cli.copies.words import (
    ROUTES,
    by_options,
    choice_of,
    choice_options,
    copies_argument,
    copy_record,
    grouped,
    new_request,
    numbers_of,
    split_words,
    tally_line,
)
from bulletin.cli.help import Command, Day
from bulletin.cli.language import _, translated
from bulletin.model.copy_reports import Choice, Move, MoveReport
from bulletin.model.register import KIND_NAMES, CopyRecord, EventKind

F = TypeVar("F", bound=Callable[..., Any])


def _command(name: str, help_text: str) -> Callable[[F], click.Command]:
    """A command over chosen copies, with the options that all of them have."""

    def decorate(function: F) -> click.Command:
        for option in (json_option, by_options, choice_options, copies_argument):
            function = option(function)
        return click.command(name, cls=Command, help=help_text)(click.pass_obj(function))

    return decorate


_reason = click.option("--reason", default="", metavar=_("理由"), help=_("为什么（必须写）"))


@_command("send", _(
    "发出：登记这些份已经发给所定的单位；机动份用 --to 写明给谁。分几路走的，用 --route 一路一路登记。\n\n"
    "例：bulletin copies send 2026-07 --all --by 李晶鑫\n\n"
    "例：bulletin copies send 000331 --to 省档案馆 --via 专人 --by 李晶鑫"
))  # fmt: skip
@click.option("--to", "holder", default="", metavar=_("单位"), help=_("发给哪里（默认是所定的单位）"))
@click.option("--via", type=ROUTES, metavar=_("方式"), help=_("改用这种方式发送（默认按名册）"))
@click.option("--return-by", "due", type=Day(), metavar="YYYY-MM-DD", help=_("哪天以前应清退"))
def send(place: Place, /, holder: str, via: str | None, due: date | None, **said: Any) -> int:
    due_day = due.isoformat() if due else ""
    return _record(place, Move(EventKind.SENT, Choice(), holder=holder.strip(), route=via or "", due=due_day), **said)


@_command(
    "receive",
    _("签收：登记这些份已经有人签收。\n\n例：bulletin copies receive 000013-000040 --signed 王芳 --by 李晶鑫"),
)
@click.option("--signed", default="", metavar=_("姓名"), help=_("签收人"))
def receive(place: Place, /, signed: str, **said: Any) -> int:
    if not signed.strip():
        raise click.UsageError(_("请写签收人：--signed 姓名"))
    return _record(place, Move(EventKind.RECEIVED, Choice(), note=signed.strip()), **said)


@_command(
    "transfer", _("转交：签收以后，到了别的单位手里。\n\n例：bulletin copies transfer 000127 --to 省档案馆 --by 李晶鑫")
)
@click.option("--to", "holder", required=True, metavar=_("单位"), help=_("现在在哪里"))
@click.option("--reason", default="", metavar=_("理由"), help=_("为什么"))
def transfer(place: Place, /, holder: str, reason: str, **said: Any) -> int:
    return _record(place, Move(EventKind.TRANSFERRED, Choice(), holder=holder.strip(), note=reason.strip()), **said)


@_command(
    "return", _("清退：登记这些份收回来了；没有送到退回来的，也用它。\n\n例：bulletin copies return 000127 --by 李晶鑫")
)
@click.option("--reason", default="", metavar=_("理由"), help=_("为什么（可不写）"))
def return_(place: Place, /, reason: str, **said: Any) -> int:
    return _record(place, Move(EventKind.RETURNED, Choice(), note=reason.strip()), **said)


@_command("destroy", _(
    "销毁：登记这些在库的份已经销毁；要两名监销人，不能是经手人自己。\n\n"
    "例：bulletin copies destroy 000127 --witness 王芳 --witness 张强 --by 李晶鑫"
))  # fmt: skip
@click.option("--witness", "witnesses", multiple=True, metavar=_("姓名"), help=_("监销人，写两次"))
@click.option("--reason", default="", metavar=_("理由"), help=_("理由、批准人、销毁方式"))
def destroy(place: Place, /, witnesses: Sequence[str], reason: str, **said: Any) -> int:
    names = tuple(dict.fromkeys(name.strip() for name in witnesses if name.strip()))
    if len(names) < 2 or (said["by"] or "").strip() in names:
        raise click.UsageError(_("要两名监销人（--witness 姓名 --witness 姓名），都不是经手人"))
    return _record(place, Move(EventKind.DESTROYED, Choice(), witnesses=names, note=reason.strip()), **said)


@_command("lose", _("遗失：登记这些份找不到了。\n\n例：bulletin copies lose 000127 --reason 搬家时丢失 --by 李晶鑫"))
@_reason
def lose(place: Place, /, reason: str, **said: Any) -> int:
    return _record(place, Move(EventKind.LOST, Choice(), note=_required(reason)), **said)


@_command("recover", _("找回：遗失的份找到了，回到库里。\n\n例：bulletin copies recover 000127 --by 李晶鑫"))
@click.option("--reason", default="", metavar=_("理由"), help=_("在哪里找到的"))
def recover(place: Place, /, reason: str, **said: Any) -> int:
    return _record(place, Move(EventKind.FOUND, Choice(), note=reason.strip()), **said)


@_command(
    "void",
    _(
        "作废：这些份号不再用，也不再发给别人。印坏了要再印一份的，用 reprint。\n\n例：bulletin copies void 000340 --reason 多余 --by 李晶鑫"
    ),
)
@_reason
def void(place: Place, /, reason: str, **said: Any) -> int:
    return _record(place, Move(EventKind.VOIDED, Choice(), note=_required(reason)), **said)


@_command("correct", _(
    "更正：上一笔登错了（如签收登错了份号），这些份退回到前一步；错的那一笔仍留在登记册里。\n\n"
    "例：bulletin copies correct 000127 --reason 签收的是000217 --by 李晶鑫"
))  # fmt: skip
@_reason
@click.option("--witness", "witnesses", multiple=True, metavar=_("姓名"), help=_("更正销毁要两名见证人，写两次"))
def correct(place: Place, /, reason: str, witnesses: Sequence[str], **said: Any) -> int:
    names = tuple(dict.fromkeys(name.strip() for name in witnesses if name.strip()))
    return _record(place, Move(EventKind.CORRECTED, Choice(), witnesses=names, note=_required(reason)), **said)


def _required(reason: str) -> str:
    if not reason.strip():
        raise click.UsageError(_("请写理由：--reason 理由"))
    return reason.strip()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all of these commands are asked: which copies, by whom, on which day."""

    words: Sequence[str]
    recipient: str
    route: str | None
    every: bool
    by: str | None
    day: date | None
    request: str
    dry_run: bool
    as_json: bool


def _record(place: Place, wanted: Move, **said: Any) -> int:
    from bulletin.pipeline.copies.recording import move

    asked = _Asked(**said)
    issue, ranges = split_words(asked.words)
    choice = choice_of(ranges, asked.recipient.strip(), asked.route, every=asked.every)
    request = new_request(asked.by, asked.day, asked.request)
    report = move(place.root, issue, replace(wanted, choice=choice, dry_run=asked.dry_run), request)
    if asked.as_json:
        show_json(_json(report))
    else:
        _show(report)
    return 0


def _show(report: MoveReport) -> None:
    kind = translated(KIND_NAMES[report.kind])
    if report.done:
        said = _("{issue}：将要登记“{kind}”{count} 份") if report.dry_run else _("{issue}：已登记“{kind}”{count} 份")
        click.echo(said.format(issue=report.issue, kind=kind, count=len(report.done)))
        show_table(
            (_("份号"), _("收件单位"), _("份数")),
            [_row(group, report.digits) for group in grouped(report.done)],
            wide=1,
        )
    if report.already:
        numbers = numbers_of(report.already, report.digits)
        click.echo(_("以前已经登记过“{kind}”，没有重复登记：{numbers}").format(kind=kind, numbers=numbers))
    for note in report.notes:
        click.echo(_("注意：{note}").format(note=translated(note)), err=True)
    click.echo(tally_line(report.tally))


def _row(group: list[CopyRecord], digits: int) -> tuple[str, str, str]:
    return numbers_of(group, digits), group[0].holder, str(len(group))


def _json(report: MoveReport) -> dict[str, object]:
    return {
        "issue": report.issue,
        "kind": report.kind.value,
        "dry_run": report.dry_run,
        "done": [copy_record(record, report.digits) for record in report.done],
        "already": [copy_record(record, report.digits) for record in report.already],
        "counts": {state.value: count for state, count in report.tally.counts},
        "notes": [translated(note) for note in report.notes],
    }
