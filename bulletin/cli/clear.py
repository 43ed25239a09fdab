"""`bulletin clear`."""

from __future__ import annotations

from datetime import datetime

import click

from bulletin.cli.arguments import articles_argument
from bulletin.cli.commands import Place
from bulletin.cli.console import show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.problem import has_errors


@click.command(
    cls=Command,
    help=_(
        "审签：记录这些文章可以公开。文章写文件名或序号。文章改动后审签自动失效，要重新审签。\n\n"
        "例：bulletin clear 2026-07 03-shenyang 5 --by 杨红"
    ),
)
@click.argument("issue", metavar=_("期"))
@articles_argument
@click.option("--by", metavar=_("姓名"), help=_("审签人"))
@click.option("--revoke", is_flag=True, help=_("撤回审签"))
@click.pass_obj
def clear(place: Place, issue: str, articles: tuple[str, ...], by: str | None, revoke: bool) -> int:
    from bulletin.pipeline import clearing
    from bulletin.pipeline.reading import find_issue

    if bool(by) == revoke:
        raise click.UsageError(_("请写审签人（--by 姓名），或用 --revoke 撤回"))
    key = find_issue(place.root, issue)
    if revoke:
        report = clearing.revoke(place.root, key, articles)
    else:
        report = clearing.clear(
            place.root, key, articles, by or "", datetime.now().astimezone().isoformat("T", "seconds")
        )
    show_problems(report.problems)
    if has_errors(report.problems):
        click.echo(_("审签没有记下：请先改正上面的错误"), err=True)
        return 1
    done = (
        _("已撤回 {count} 篇的审签")
        if revoke
        else _("已记下 {count} 篇的审签；再运行 bulletin build，这些文章才上公开网")
    )
    click.echo(done.format(count=len(set(articles))))
    return 0
