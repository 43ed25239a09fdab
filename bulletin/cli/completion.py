"""`bulletin completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from bulletin.cli.help import Command
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_("输出终端的自动补全脚本（维护人员用）：bash、zsh 或 fish。\n\n例：bulletin completion bash >> ~/.bashrc"),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar=_("终端"))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    root = context.find_root()
    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(shell)
    click.echo(complete(root.command, {}, "bulletin", "_BULLETIN_COMPLETE").source())
    return 0
