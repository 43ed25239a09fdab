"""`bulletin completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from bulletin.cli.language import _


@click.command(help=_("输出命令行补全脚本。\n\n例：bulletin completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    root = context.find_root()
    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(shell)
    click.echo(complete(root.command, {}, "bulletin", "_BULLETIN_COMPLETE").source())
    return 0
