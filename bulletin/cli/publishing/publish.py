"""`bulletin publish`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _, translated
from bulletin.cli.publishing.words import (
    breaking_option,
    by_option,
    holder_of,
    plan_record,
    show_notes,
    show_plan,
    site_order,
    size_text,
    target_argument,
)
from bulletin.model.publishing import PublishOrder, PublishReport


@click.command(
    cls=Command,
    help=_(
        "把网站发布到服务器。先制作、核对、搜查，再列出要改什么；只传有变化的文件，传完读回核对，全部到齐才一下子切换，"
        "再从网址取回来核对。中途断了，网站还是原来的样子，再运行一次就接着做。谁、何时、公开了什么，都记入发布记录。\n\n"
        "发布目标写在 bulletin.yaml 的 publish 里；只有一个时可以不写。先看不做，用 --dry-run。\n\n"
        "例：bulletin publish --dry-run\n\n"
        "例：bulletin publish 外网 --by 李晶鑫"
    ),
)
@target_argument
@by_option
@click.option("--dry-run", is_flag=True, help=_("只列出要改什么，不发布"))
@click.option("--allow-delete", is_flag=True, help=_("撤下的网页再多也照办（平时超过 allow_removed 个就不发布）"))
@breaking_option
@output_option(_("网站做在哪里（默认是刊物的 build/）"))
@json_option
@click.pass_obj
def publish(place: Place, /, target: str, by: str, output: Path | None, *, as_json: bool, **said: bool) -> int:
    from bulletin.pipeline.publishing.publishing import publish as publish_site

    dry_run = said["dry_run"]
    holder = holder_of(by or ("-" if dry_run else ""))
    site = site_order(output or place.root / "build")
    order = PublishOrder(target, holder, site, dry_run, said["allow_delete"], said["breaking"])
    with Progress() as progress:
        report = publish_site(place.root, order, progress)
    if as_json:
        show_json(report_record(report))
    else:
        show_problems(report.problems)
        show_report(report, dry_run=dry_run)
    return 0 if report.plan else 1


def show_report(report: PublishReport, *, dry_run: bool) -> None:
    """What was planned and what became of it."""
    if report.plan is None:
        click.echo(_("没有发布，网站还是原来的样子：请先改正上面的错误"), err=True)
        return
    show_plan(report.plan)
    show_notes(report.notes)
    if dry_run:
        if report.plan.difference:
            click.echo(_("以上只是预览，没有发布；发布时去掉 --dry-run，写上 --by 姓名"))
        return
    if report.release == report.plan.wanted:
        said = _("已发布第 {release} 版：传了 {sent} 个文件（{size}），读回核对无误")
        click.echo(said.format(release=report.release, sent=report.sent, size=size_text(report.sent_bytes)))
    if report.fetched:
        click.echo(_("从网址取回 {count} 个文件，与发布的一样").format(count=report.fetched))
    if report.removed:
        click.echo(_("删去旧版：{names}").format(names=_("、").join(report.removed)))


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
        "notes": [translated(note) for note in report.notes],
        "problems": [problem_record(problem) for problem in report.problems],
    }
