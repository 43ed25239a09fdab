"""`bulletin clear`."""

from __future__ import annotations

from datetime import datetime

import click

from bulletin.cli.arguments import articles_argument
from bulletin.cli.commands import Place
from bulletin.cli.console import show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_(
        "审签：记录这些文章可以公开。文章写文件名或序号。文章改动后审签自动失效，要重新审签。"
        "谁、何时、审的是哪一稿，都留在 clearances.yaml 里，只增不改；公开网址里的序号也在那里，定了就不变。\n\n"
        "例：bulletin clear 2026-07 03-shenyang 5 --by 杨红"
    ),
)
@click.argument("issue", metavar=_("期"))
@articles_argument
@click.option("--by", metavar=_("姓名"), help=_("审签人"))
@click.option("--revoke", is_flag=True, help=_("撤回审签；记录里写明谁、何时撤回"))
@click.pass_obj
def clear(place: Place, issue: str, articles: tuple[str, ...], by: str | None, revoke: bool) -> int:
    from bulletin.pipeline import clearing
    from bulletin.pipeline.reading import find_issue

    by = (by or "").strip()
    if not by:
        raise click.UsageError(_("请写审签人（--by 姓名）；撤回也要写明是谁撤回的"))
    now = datetime.now().astimezone().isoformat("T", "seconds")
    key = find_issue(place.root, issue)
    if revoke:
        report = clearing.revoke(place.root, key, articles, by, now)
    else:
        report = clearing.clear(place.root, key, articles, by, now)
    show_problems(report.problems)
    for slug, title in report.articles:
        click.echo(
            (_("已撤回审签：{slug}") if revoke else _("已审签：{slug}《{title}》")).format(slug=slug, title=title)
        )
    if report.articles:
        click.echo(_("再运行 bulletin site，公开网络版才会更新"))
        return 0
    if revoke and not report.problems:
        click.echo(_("这些文章本来就没有审签"))
        return 0
    click.echo(_("没有改动审签记录：请先改正上面的问题"), err=True)
    return 1
