"""`bulletin site`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bulletin.cli.arguments import json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.cli.limits import renew_time
from bulletin.model.audience import Audience
from bulletin.model.site_build import SiteOrder, SiteReport


@click.command(
    cls=Command,
    help=_(
        "制作整个网站（各期、各篇、存档、分类、检索、订阅），放在 build/web/ 里；改了什么就只重做什么，与从头制作的一字不差。"
        "双击其中的 index.html 就能看。\n\n"
        "公开的网站（public，默认）只收审签过的文章（见 bulletin clear）。制作之后逐个文件搜查：没有审签的文章、收件单位、电话、份号，"
        "有一处漏出来就不放行，原来的网站不动。内网的网站（intranet）收全部文章，每页标明内部资料。\n\n"
        "网址、主办单位、备案号、颜色、徽标写在 bulletin.yaml 的 web 里；换页面的样子，把自己的模板放进 templates/web/。\n\n"
        "例：bulletin site；bulletin site --audience intranet"
    ),
)
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.PUBLIC.value,
    help=_("网站给谁看：public 公开（默认），intranet 内网"),
)
@click.option("--clean", is_flag=True, help=_("不管以前做过什么，全部重做"))
@output_option(_("成品放在哪里（默认是刊物的 build/）"))
@json_option
@click.pass_obj
def site(place: Place, audience: str, clean: bool, output: Path | None, as_json: bool) -> int:
    from bulletin.pipeline.site.building import build_site

    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    order = SiteOrder(Audience(audience), output or place.root / "build", workers, clean, renew_time)
    with Progress() as progress:
        report = build_site(place.root, order, progress)
    if as_json:
        show_json(_record(report))
    else:
        show_problems(report.problems)
        _show_report(report)
    return 0 if report.made else 1


def _show_report(report: SiteReport) -> None:
    if not report.made:
        click.echo(_("网站没有制作，原有的没有改动：请先改正上面的错误"), err=True)
        return
    said = _("{folder}：{issues} 期，{articles} 篇").format(
        folder=report.folder, issues=report.issues, articles=report.articles
    )
    click.echo(said)
    if report.audience is Audience.PUBLIC and report.held:
        click.echo(
            _("另有 {held} 篇没有审签（bulletin clear），不公开；逐个文件搜查过，没有漏出").format(held=report.held)
        )
    if report.written or report.removed:
        said = _("写了 {written} 个文件，删去 {removed} 个，{kept} 个没有变化")
        click.echo(said.format(written=report.written, removed=report.removed, kept=report.kept))
    else:
        click.echo(_("没有变化"))
    click.echo(f"  {Path(report.folder, 'index.html')}")


def _record(report: SiteReport) -> dict[str, object]:
    return {
        "audience": report.audience.value,
        "made": report.made,
        "folder": report.folder,
        "issues": report.issues,
        "articles": report.articles,
        "held": report.held,
        "written": report.written,
        "removed": report.removed,
        "kept": report.kept,
        "problems": [problem_record(problem) for problem in report.problems],
    }
