"""`bulletin copies trace`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_json
from bulletin.cli.copies.words import copy_record, event_text, now
from bulletin.cli.help import Command
from bulletin.cli.language import _, shown_text, translated
from bulletin.model.copy_reports import TracedCopy
from bulletin.model.register import STATE_NAMES
from bulletin.model.stamp import FileKind


@click.command(
    cls=Command,
    help=_(
        "从一个 PDF、扫描件或照片认出是哪一份、现在归谁：读份号，读二维码、追溯码，并核对校验码真假。\n\n"
        "例：bulletin copies trace 照片.jpg"
    ),
)
@click.argument("path", metavar=_("文件"), type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def trace(place: Place, /, path: Path, *, as_json: bool) -> int:
    from bulletin.pipeline.copies.tracing import trace as trace_file

    report = trace_file(place.root, path, now())
    found = report.copies
    if as_json:
        show_json([_record(each) for each in found])
    elif not found:
        nothing = _("没有认出份号，也没有认出二维码：")
        if report.kind is FileKind.PDF:
            click.echo(nothing + _("这个 PDF 没有打过份号，或不是本刊的"))
        else:
            click.echo(nothing + _("照片拍近些、拍正些、光线匀些再试"))
    for each in found if not as_json else ():
        _show(each)
    return 0 if found and all(each.genuine is not False for each in found) else 1


def _show(found: TracedCopy) -> None:
    said = _("第 {page} 页：{issue} 第 {number} 号{code}")
    click.echo(
        said.format(
            page=found.page, issue=shown_text(found.issue) or "？", number=shown_text(found.number), code=_code(found)
        )
    )
    if found.record is None:
        click.echo(_("    登记册里没有这一份"))
    else:
        record = found.record
        said = _("    现在：{holder}（{label}）　{state}　{event}")
        click.echo(said.format(holder=shown_text(record.holder), label=record.label, event=event_text(record),
                               state=translated(STATE_NAMES[record.state])))  # fmt: skip
        if found.genuine and found.piece < record.piece:
            click.echo(_("    注意：这是第 {piece} 次印的，补印以后已经作废").format(piece=found.piece))
    if found.note is not None:
        click.echo("    " + translated(found.note))


def _code(found: TracedCopy) -> str:
    if found.genuine is None:
        return ""
    return _("（校验码正确）") if found.genuine else _("（校验码不对：不是本刊印的，或认错了）")


def _record(found: TracedCopy) -> dict[str, object]:
    return {
        "page": found.page,
        "issue": found.issue,
        "number": found.number,
        "genuine": found.genuine,
        "piece": found.piece,
        "copy": copy_record(found.record, len(found.number)) if found.record else None,
        "note": translated(found.note) if found.note else "",
    }
