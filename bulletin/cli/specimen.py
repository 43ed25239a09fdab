"""`bulletin specimen`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress
from bulletin.cli.help import Command
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_(
        "排一份字样页（specimen.pdf）：每条排版规则一个例子，左边未经排行，右边是本程序所排，并读回核对。\n\n"
        "换了字库、升级了软件之后看一看。build 在第一次排印前也自动试排、核对；不符就不印。"
    ),
)
@output_option(_("字样页放在哪里（默认是刊物的 build/）"))
@click.pass_obj
def specimen(place: Place, output: Path | None) -> int:
    from bulletin.pipeline.specimen import make_specimen

    with Progress() as progress:
        path = make_specimen(place.root, output or place.root / "build", progress)
    click.echo(_("字样页已排好，读回核对与规则一致"))
    click.echo(f"  {path}")
    return 0
