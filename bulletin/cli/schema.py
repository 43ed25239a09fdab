"""`bulletin schema`."""

from __future__ import annotations

import click

from bulletin.cli.commands import Place
from bulletin.cli.language import _


@click.command(help=_("把 JSON Schema 写进刊物的 .schemas/。编辑器装上 YAML 插件后，边写边补全、边检查。"))
@click.pass_obj
def schema(place: Place) -> int:
    from bulletin.pipeline.scaffolding import write_schemas

    for path in write_schemas(place.root):
        click.echo(path)
    return 0
