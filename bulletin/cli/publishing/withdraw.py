"""`bulletin withdraw`."""

from __future__ import annotations

from typing import Any

import click

from bulletin.cli.arguments import articles_argument, complete_issue, json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _, translated
from bulletin.cli.publishing.publish import report_record, show_report
from bulletin.cli.publishing.words import breaking_option, by_option, holder_of, site_order
from bulletin.model.publishing import PublishOrder, WithdrawalReport, WithdrawnFrom


@click.command(
    cls=Command,
    help=_(
        "撤稿：把已经公开的文章撤下来。撤回审签，网址上换成“本文已撤回”，从目录、搜索、订阅里去掉，马上发布到各个发布目标，"
        "并删去服务器上含有它的旧版。原因记入发布记录，不公开。整期都撤，写 --all。\n\n"
        "例：bulletin withdraw 2026-07 03 --reason 数字有误 --by 杨红\n\n"
        "例：bulletin withdraw /2026/07/03/ --reason 数字有误 --by 杨红"
    ),
)
@click.argument("issue", metavar=_("期或网址"), shell_complete=complete_issue)
@articles_argument
@click.option("--all", "every", is_flag=True, help=_("本期全部文章"))
@click.option("--reason", required=True, metavar=_("原因"), help=_("为什么撤，记入发布记录，不公开"))
@by_option
@click.option("--target", default="", metavar=_("发布目标"), help=_("只从这一个发布目标撤下（默认是全部公开的）"))
@breaking_option
@output_option(_("网站做在哪里（默认是刊物的 build/）"))
@json_option
@click.pass_obj
def withdraw(place: Place, /, issue: str, articles: tuple[str, ...], by: str, *, as_json: bool, **said: Any) -> int:
    from bulletin.pipeline.addresses import find_articles
    from bulletin.pipeline.publishing.withdrawing import withdraw as take_back

    key, chosen = find_articles(place.root, issue, articles)
    if bool(chosen) == said["every"]:
        raise click.UsageError(_("请写哪几篇文章；全部文章写 --all，两样不能都写"))
    site = site_order(said["output"] or place.root / "build")
    order = PublishOrder(said["target"], holder_of(by), site, breaking=said["breaking"])
    with Progress() as progress:
        report = take_back(place.root, order, (key, chosen), said["reason"], progress)
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 0 if report.done else 1


def _show(report: WithdrawalReport) -> None:
    show_problems(report.cleared.problems)
    if not report.cleared.articles:
        click.echo(_("没有撤稿：请先改正上面的问题"), err=True)
        return
    for (slug, title), address in zip(report.cleared.articles, report.cleared.addresses, strict=True):
        click.echo(_("已撤稿：{slug}《{title}》，网址 {address}").format(slug=slug, title=title, address=address))
    for each in report.targets:
        _show_target(each)
    if not report.targets:
        click.echo(_("bulletin.yaml 里没有公开的发布目标：请运行 bulletin site，并把网站传到服务器"))
    click.echo(_("交给别的平台发布过的（交接包），要请他们也撤下；搜索引擎里的快照，请管理员申请删除"))


def _show_target(each: WithdrawnFrom) -> None:
    if each.published:
        show_problems(each.published.problems)
        show_report(each.published, dry_run=False)
    if each.removed:
        said = _("{target}：删去含有这些文章的旧版 {names}；不能再回退到它们")
        click.echo(said.format(target=each.target, names=_("、").join(each.removed)))
    if each.failed.template:
        said = _("还在“{target}”上没有撤下来：{reason}")
        click.echo(said.format(target=each.target, reason=translated(each.failed)), err=True)
        click.echo(
            f"    → {translated(each.advice)}" if each.advice.template else _("    → 再运行一次同样的命令"), err=True
        )


def _record(report: WithdrawalReport) -> dict[str, object]:
    return {
        "done": report.done,
        "articles": [
            {"slug": slug, "title": title, "address": address}
            for (slug, title), address in zip(report.cleared.articles, report.cleared.addresses, strict=True)
        ],
        "targets": [
            {
                "target": each.target,
                "published": report_record(each.published) if each.published else None,
                "removed_releases": each.removed,
                "failed": translated(each.failed) if each.failed.template else None,
            }
            for each in report.targets
        ],
        "problems": [problem_record(problem) for problem in report.cleared.problems],
    }
