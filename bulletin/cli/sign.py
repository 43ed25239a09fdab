"""`bulletin sign`."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import click

from bulletin.cli.arguments import issue_argument, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.build import BuildOrder


@click.command(
    cls=Command,
    help=_(
        "签发：重新制作并核对本期，记录它可以付印。此后上纸的内容或版式有改动，签发自动失效，"
        "付印前要重新签发（bulletin status 会说改了哪里）。\n\n"
        "例：bulletin sign 2026-07 --by 杨红"
    ),
)
@issue_argument
@click.option("--by", metavar=_("姓名"), help=_("签发人"))
@click.option("--revoke", is_flag=True, help=_("撤回签发，并删去已拼好的版"))
@output_option(_("成品放在哪里（默认是刊物的 build/）"))
@click.pass_obj
def sign(place: Place, issue: str | None, by: str | None, revoke: bool, output: Path | None) -> int:
    from bulletin.pipeline import signing
    from bulletin.pipeline.reading import find_issue

    by = (by or "").strip()
    if bool(by) == revoke:
        raise click.UsageError(_("请写签发人（--by 姓名），或用 --revoke 撤回"))
    key = find_issue(place.root, issue)
    if revoke:
        report = signing.revoke(place.root, key, output or place.root / "build")
        show_problems(report.problems)
        click.echo(_("已撤回签发：{issue}").format(issue=key) if report.signed else _("本来就没有签发"))
        return 1 if report.problems else 0
    hand = signing.Hand(by, datetime.now().astimezone().isoformat("T", "seconds"))
    order = BuildOrder(output or place.root / "build", shutil.which("verapdf") or "")
    with Progress() as progress:
        report = signing.sign(place.root, key, hand, order, progress)
    show_problems(report.problems)
    if not report.signed:
        click.echo(_("没有签发：请先改正上面的问题"), err=True)
        return 1
    said = _("已签发：{issue}，{pages} 页，印 {run} 份；签发的是")
    click.echo(said.format(issue=key, pages=report.pages, run=report.print_run))
    click.echo(f"  {report.outputs[0]}")
    return 0
