"""`bulletin schema`."""

from __future__ import annotations

import click

from bulletin.cli.commands import Place
from bulletin.cli.help import Command
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_("在刊物的 .schemas/ 里生成提示文件（JSON Schema）。VS Code 等软件装上 YAML 插件后，边写边提示、边检查。"),
)
@click.pass_obj
def schema(place: Place) -> int:
    from bulletin.pipeline.scaffolding import write_schemas

    for path in write_schemas(place.root):
        click.echo(path)
    return 0
