"""`bulletin withdraw`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from bulletin.cli.arguments import articles_argument, complete_issue, json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _, translated
from bulletin.cli.publishing.publish import report_record, show_report
from bulletin.cli.publishing.words import (
    asked,
    breaking_option,
    by_option,
    holder_of,
    now,
    show_notes,
    show_plan,
    site_order,
)
from bulletin.model.key import IssueKey
from bulletin.model.publishing import Plan, PublishOrder, WithdrawalReport, WithdrawnFrom


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
@click.option("--reason", default="", metavar=_("原因"), help=_("为什么撤，记入发布记录，不公开"))
@by_option
@click.option("--yes", is_flag=True, help=_("不再问，直接撤"))
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
    if not said["reason"].strip():
        raise click.UsageError(_("请写撤稿的原因：--reason 原因（记入发布记录，不公开）"))
    if not as_json and not _is_meant(place, key, chosen, yes=said["yes"]):
        click.echo(_("没有撤稿"), err=True)
        return 1
    site = site_order(said["output"] or place.root / "build")
    with Progress() as progress:
        order = PublishOrder("", holder_of(by), site, breaking=said["breaking"], confirm=_shown(progress), clock=now)
        report = take_back(place.root, order, (key, chosen), said["reason"], progress)
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 0 if report.done else 1


def _is_meant(place: Place, key: IssueKey, chosen: tuple[str, ...], *, yes: bool) -> bool:
    """Shows what would be withdrawn, by title and address: numbers of the intranet's addresses are others."""
    from bulletin.pipeline.publishing.withdrawing import articles_of

    articles = articles_of(place.root, key, chosen)
    for slug, title, address in articles:
        click.echo(_("要撤：{slug}《{title}》 {address}").format(slug=slug, title=title, address=address))
    return not articles or asked(_("对吗？"), yes=yes)


def _shown(progress: Progress) -> Callable[[Plan], bool]:
    """Shows what is published with the withdrawal."""

    def show(plan: Plan) -> bool:
        progress.clear()
        show_plan(plan)
        return True

    return show


def _show(report: WithdrawalReport) -> None:
    show_problems(report.cleared.problems)
    if not report.cleared.articles:
        click.echo(_("没有撤稿：请先改正上面的问题"), err=True)
        return
    for each in report.targets:
        _show_target(each)
    said = _("已撤稿：{slug}《{title}》，网址 {address}")
    if not report.done:
        said = _("还没有撤下来！撤稿已经登记：{slug}《{title}》，网址 {address}；下一次发布会接着做完")
    for (slug, title), address in zip(report.cleared.articles, report.cleared.addresses, strict=True):
        click.echo(said.format(slug=slug, title=title, address=address), err=not report.done)
    if not report.targets:
        click.echo(_("bulletin.yaml 里没有公开的发布目标：请运行 bulletin site，并把网站传到服务器"))
    show_notes(report.notes)
    click.echo(_("交给别的平台发布过的，要请他们也撤下；搜索引擎里的快照，请管理员申请删除"))


def _show_target(each: WithdrawnFrom) -> None:
    if each.published:
        show_problems(each.published.problems)
        show_report(each.published, dry_run=False)
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
        "notes": [translated(note) for note in report.notes],
        "targets": [
            {
                "target": each.target,
                "published": report_record(each.published) if each.published else None,
                "failed": translated(each.failed) if each.failed.template else None,
            }
            for each in report.targets
        ],
        "problems": [problem_record(problem) for problem in report.cleared.problems],
    }
