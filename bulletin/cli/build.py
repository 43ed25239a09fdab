"""`bulletin build`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.build import BuildReport
from bulletin.model.edition import Audience
from bulletin.model.problem import has_errors


@click.command(
    cls=Command,
    help=_(
        "制作印刷版（print.pdf）和网络版，读回成品与原稿逐字核对，核对了什么写在核对单（proof.html）里。不写期号则制作最新一期。"
        "字库或程序有变化时，先试排字样页（见 bulletin specimen），不符就不印。\n\n"
        "公开的网络版只收审签过的文章（见 bulletin clear）；--audience intranet 收全部文章，只供内网。\n\n"
        "例：bulletin build 2026-07 --audience intranet"
    ),
)
@issue_argument
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.PUBLIC.value,
    help=_("网络版给谁看：public 公开（默认），intranet 内网"),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("文件夹"),
    help=_("成品放在哪里（默认是刊物的 build/）"),
)
@json_option
@click.pass_obj
def build(place: Place, issue: str | None, audience: str, output: Path | None, as_json: bool) -> int:
    from bulletin.pipeline.building import build as build_issue
    from bulletin.pipeline.reading import find_issue

    key = find_issue(place.root, issue)
    with Progress() as progress:
        report = build_issue(place.root, key, Audience(audience), output or place.root / "build", progress)
    if as_json:
        show_json(_record(report))
    else:
        show_problems(report.problems)
        _show_report(report)
    return 1 if has_errors(report.problems) else 0


def _show_report(report: BuildReport) -> None:
    if not report.outputs:
        click.echo(_("{issue} 没有制作，原有的成品没有改动：请先改正上面的错误").format(issue=report.key), err=True)
        return
    said = _("{issue}：{articles} 篇，{pages} 页，印 {run} 份；与原稿逐字核对一致").format(
        issue=report.key, articles=report.articles, pages=report.pages, run=report.print_run
    )
    click.echo(said)
    for path in report.outputs:
        click.echo(f"  {path}")
    if report.audience is Audience.PUBLIC and report.web_articles < report.articles:
        held = report.articles - report.web_articles
        said = _("公开网络版收 {shown} 篇，另有 {held} 篇未审签（bulletin clear），不公开")
        click.echo(said.format(shown=report.web_articles, held=held))


def _record(report: BuildReport) -> dict[str, object]:
    return {
        "issue": str(report.key),
        "audience": report.audience.value,
        "outputs": list(report.outputs),
        "pages": report.pages,
        "articles": report.articles,
        "web_articles": report.web_articles,
        "print_run": report.print_run,
        "problems": [problem_record(problem) for problem in report.problems],
    }
