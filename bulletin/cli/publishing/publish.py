"""`bulletin publish`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _, shown_text, translated
from bulletin.cli.publishing.words import (
    asked,
    breaking_option,
    by_option,
    holder_of,
    now,
    plan_record,
    show_notes,
    show_plan,
    site_order,
    size_text,
    target_argument,
)
from bulletin.model.publishing import Plan, PublishOrder, PublishReport

_MOST_WRONG = 10


@click.command(
    cls=Command,
    help=_(
        "把网站发布到服务器。先制作、核对、搜查，再列出要改什么（要撤下文章时问一声）；只传有变化的文件，传完读回核对，全部到齐才一下子切换，"
        "再从网址取回来核对。中途断了，网站还是原来的样子，再运行一次就接着做。谁、何时、公开了什么，都记入发布记录。\n\n"
        "公开的网站还是内网的，由 publish 里的 audience 定。没有变化时，把服务器上的文件读回来核对，被人改动过的照原样恢复。\n\n"
        "发布目标写在 bulletin.yaml 的 publish 里；只有一个时可以不写。先看不做，用 --dry-run。\n\n"
        "例：bulletin publish --dry-run\n\n"
        "例：bulletin publish 外网 --by 李晶鑫"
    ),
)
@target_argument
@by_option
@click.option("--dry-run", is_flag=True, help=_("只列出要改什么，不发布"))
@click.option("--allow-delete", is_flag=True, help=_("撤下的网页再多、审签失效的文章会消失，也照办"))
@click.option("--new-server", is_flag=True, help=_("发布记录里有过这个目标，那里却是空的：确是换了新服务器"))
@click.option("--yes", is_flag=True, help=_("要撤下文章时不再问"))
@breaking_option
@output_option(_("网站做在哪里（默认是刊物的 build/）"))
@json_option
@click.pass_obj
def publish(place: Place, /, target: str, by: str, output: Path | None, *, as_json: bool, **said: bool) -> int:
    from bulletin.pipeline.publishing.publishing import publish as publish_site

    dry_run = said["dry_run"]
    holder = holder_of(by or ("-" if dry_run else ""))
    with Progress() as progress:

        def confirm(plan: Plan) -> bool:
            progress.clear()
            if as_json:
                return True
            show_plan(plan)
            return not plan.taken_off or asked(_("要从网站撤下上面这些文章，对吗？"), yes=said["yes"])

        order = PublishOrder(
            target,
            holder,
            site_order(output or place.root / "build"),
            dry_run,
            allow_removed=said["allow_delete"],
            breaking=said["breaking"],
            fresh=said["new_server"],
            confirm=confirm,
            clock=now,
        )
        report = publish_site(place.root, order, progress)
    if as_json:
        show_json(report_record(report))
    else:
        show_problems(report.problems)
        show_report(report, dry_run=dry_run)
    return 0 if report.done or (dry_run and report.plan) else 1


def show_report(report: PublishReport, *, dry_run: bool) -> None:
    """What was planned and what became of it."""
    if report.plan is None:
        click.echo(_("没有发布，网站还是原来的样子：请先改正上面的错误"), err=True)
        return
    if dry_run or not report.plan.difference:
        show_plan(report.plan)
    show_notes(report.notes)
    if dry_run:
        _show_preview(report, report.plan)
        return
    if not report.done:
        click.echo(_("没有发布，网站还是原来的样子"), err=True)
    elif report.release == report.plan.wanted:
        said = _("已发布第 {release} 版：传了 {sent} 个文件（{size}），读回核对无误")
        click.echo(said.format(release=report.release, sent=report.sent, size=size_text(report.sent_bytes)))
    if report.fetched:
        click.echo(_("从网址取回 {count} 个文件，与发布的一样").format(count=report.fetched))
    if report.removed:
        click.echo(_("删去旧版：{names}").format(names=_("、").join(report.removed)))


def _show_preview(report: PublishReport, plan: Plan) -> None:
    for path in report.wrong[:_MOST_WRONG]:
        click.echo(_("服务器上的 {path} 被人改动过").format(path=f"/{shown_text(path)}"), err=True)
    if report.wrong:
        click.echo(_("共 {count} 个文件与发布的不一样；发布时会照原样恢复").format(count=len(report.wrong)), err=True)
    if plan.difference:
        click.echo(_("以上只是预览，没有发布；发布时去掉 --dry-run，写上 --by 姓名"))


def report_record(report: PublishReport) -> dict[str, object]:
    """A report as JSON."""
    return {
        "target": report.target,
        "done": report.done,
        "release": report.release or None,
        "plan": plan_record(report.plan) if report.plan else None,
        "sent": report.sent,
        "sent_bytes": report.sent_bytes,
        "fetched": report.fetched,
        "removed_releases": report.removed,
        "wrong": report.wrong,
        "notes": [translated(note) for note in report.notes],
        "problems": [problem_record(problem) for problem in report.problems],
    }
