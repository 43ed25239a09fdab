"""`bulletin copies print` and `reprint`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from bulletin.cli.arguments import json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.copies.words import by_options, copies_argument, new_request, split_words
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.copies import LARGEST, NumberRange, number_text, numbers_text
from bulletin.model.copy_reports import Choice, PrintOrder, PrintReport
from bulletin.model.key import IssueKey

F = TypeVar("F", bound=Callable[..., Any])
_KEY_BYTES = 32


def _print_options(function: F) -> F:
    """What both commands take."""
    decorated: Any = click.pass_obj(function)
    for option in reversed(
        (
            copies_argument,
            click.option("--recipient", default="", metavar=_("单位"), help=_("只印这个单位的各份")),
            click.option("--from", "first", type=click.IntRange(1), metavar=_("份号"), help=_("从哪一号起")),
            click.option("--to", "last", type=click.IntRange(1), metavar=_("份号"), help=_("到哪一号止")),
            click.option("--each", is_flag=True, help=_("一个单位一个文件（默认全部连成一个文件）")),
            click.option("--batch", type=click.IntRange(1), metavar="N", help=_("每 N 份一个文件")),
            click.option("--impose", "profile", metavar=_("名称"), help=_("按印制方案拼版，如 骑马订")),
            click.option(
                "--reason", default="", metavar=_("理由"), help=_("为什么（补印，或与已经印好的不一样时，必须写）")
            ),
            click.option(
                "--outer", is_flag=True, help=_("分成两个文件：带份号的外页，和共用的内页（与 --impose 同用）")
            ),
            by_options,
            json_option,
            output_option(_("成品在哪里，印好的也放在那里（默认是刊物的 build/）")),
        )
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What both commands are asked."""

    words: Sequence[str]
    recipient: str
    first: int | None
    last: int | None
    each: bool
    batch: int | None
    profile: str | None
    outer: bool
    reason: str
    by: str | None
    day: date | None
    request: str
    dry_run: bool
    as_json: bool
    output: Path | None


@click.command(
    "print",
    cls=Command,
    help=_(
        "印制：给签发的印刷版（print.pdf，一个字也不重排）逐份打上份号，读回核对，登记在册。默认把还没有印的各份连成一个文件，"
        "按份排好：第一份全部页，第二份全部页……\n\n"
        "例：bulletin copies print 2026-07 --by 李晶鑫\n\n"
        "例：bulletin copies print 2026-07 --impose 骑马订 --outer --by 李晶鑫"
    ),
)
@_print_options
def print_(place: Place, /, **said: Any) -> int:
    return _run(place, _Asked(**said), again=False)


@click.command(
    cls=Command,
    help=_(
        "补印：印坏了的，写明份号和理由，同一份号再印一份；原来那一份作废。换一种拼版重印也用它。\n\n"
        "例：bulletin copies reprint 000127 --reason 卡纸 --by 李晶鑫"
    ),
)
@_print_options
def reprint(place: Place, /, **said: Any) -> int:
    asked = _Asked(**said)
    if not asked.reason.strip():
        raise click.UsageError(_("请写理由：--reason 理由"))
    if not (asked.words or asked.recipient or asked.first or asked.last):
        raise click.UsageError(_("请写要补印哪几份"))
    return _run(place, asked, again=True)


def _run(place: Place, asked: _Asked, *, again: bool) -> int:
    from bulletin.pipeline.copies.printing import print_copies
    from bulletin.pipeline.reading import find_issue

    issue, ranges = split_words(asked.words)
    key = find_issue(place.root, issue)
    order = replace(_order(asked, ranges, asked.output or place.root / "build"), again=again)
    request = new_request(asked.by, asked.day, asked.request or (_same_request(asked, key) if again else ""))
    with Progress() as progress:
        report = print_copies(place.root, key, order, request, progress)
    if asked.as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 0 if report.files or report.dry_run else 1


def _same_request(asked: _Asked, key: IssueKey) -> str:
    """The same copies, for the same reason, by the same person on the same day are one request, however often it is made: a
    command that was broken off and is run again must not void what it printed."""
    day = asked.day or date.today()
    words = (key, asked.by, day, asked.reason, *asked.words, asked.recipient, asked.first, asked.last)
    return "reprint-" + hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()[:32]


def _order(asked: _Asked, ranges: tuple[NumberRange, ...], output: Path) -> PrintOrder:
    if asked.first or asked.last:
        first, last = asked.first or 1, asked.last or LARGEST
        if first > last:
            raise click.UsageError(_("起号 {first} 大于止号 {last}，请核对").format(first=first, last=last))
        ranges = (*ranges, NumberRange(first, last))
    if asked.each and asked.batch:
        raise click.UsageError(_("--each 和 --batch 只能写一个"))
    if asked.outer and (not asked.profile or asked.each):
        raise click.UsageError(_("--outer 要写明 --impose 方案，不能和 --each 同时写"))
    return PrintOrder(
        output=output,
        choice=Choice(ranges, asked.recipient.strip(), every=not (ranges or asked.recipient)),
        each=asked.each,
        batch=asked.batch or 0,
        profile=asked.profile,
        outer=asked.outer,
        reason=asked.reason.strip(),
        dry_run=asked.dry_run,
        fresh_key=secrets.token_bytes(_KEY_BYTES),
    )


def _show(report: PrintReport) -> None:
    show_problems(report.problems)
    numbers = numbers_text(report.numbers, report.digits)
    if report.dry_run and report.numbers:
        click.echo(
            _("{issue}：将要印 {count} 份（{numbers}）").format(
                issue=report.key, count=len(report.numbers), numbers=numbers
            )
        )
        return
    if not report.files:
        click.echo(_("{issue} 没有印，登记册没有改动").format(issue=report.key), err=True)
        return
    said = _("{issue}：{count} 份（{numbers}）都打上了份号，逐份读回，与签发的印刷版核对一致")
    click.echo(said.format(issue=report.key, count=len(report.numbers), numbers=numbers))
    for file in report.files:
        click.echo(f"  {file.path}")
    if report.repeated:
        click.echo(_("以前已经登记印制，文件与当时完全相同，没有重复登记（又印坏了，换一个理由再补印）"))
    else:
        click.echo(_("已登记印制。印坏了用 bulletin copies reprint 份号 --reason 理由"))


def _record(report: PrintReport) -> dict[str, object]:
    return {
        "issue": str(report.key),
        "numbers": [number_text(number, report.digits) for number in report.numbers],
        "repeated": report.repeated,
        "dry_run": report.dry_run,
        "files": [
            {
                "path": file.path,
                "numbers": [number_text(number, report.digits) for number in file.numbers],
                "sha256": file.sha256,
            }
            for file in report.files
        ],
        "problems": [problem_record(problem) for problem in report.problems],
    }
