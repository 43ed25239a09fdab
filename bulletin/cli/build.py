"""`bulletin build`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from bulletin.cli.arguments import issue_argument, json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.cli.proofreading.counts import counts_record, summary
from bulletin.model.build import BuildOrder, BuildReport, ConformanceChecks
from bulletin.model.problem import has_errors


@click.command(
    cls=Command,
    help=_(
        "制作印刷版（print.pdf），读回成品与原稿逐字核对，核对了什么写在核对单（proof.html）里。不写期号则制作最新一期。"
        "字库或程序有变化时，先试排字样页（见 bulletin specimen），不符就不印。\n\n"
        "print.pdf 同时符合 PDF/A-2a（长期保存）和 PDF/UA-1（无障碍）：每次都按自己的规则和 qpdf 检查；"
        "电脑上装有 veraPDF（命令 verapdf）时也请它检查，没有就如实说明。"
        "在 bulletin.yaml 里写 pdf: {standard: a-3a}，则另把本期源文件附在 PDF 里，供存档。\n\n"
        "例：bulletin build 2026-07\n\n网络版用 bulletin site 制作。"
    ),
)
@issue_argument
@output_option(_("成品放在哪里（默认是刊物的 build/）"))
@click.option("--final", is_flag=True, help=_("定稿：校对的错误、警告都要改好，或写明理由保留，否则不制作"))
@json_option
@click.pass_obj
def build(place: Place, issue: str | None, output: Path | None, final: bool, as_json: bool) -> int:
    from bulletin.pipeline.building import build as build_issue
    from bulletin.pipeline.reading import find_issue

    key = find_issue(place.root, issue)
    with Progress() as progress:
        order = BuildOrder(output or place.root / "build", shutil.which("verapdf") or "", final)
        report = build_issue(place.root, key, order, progress)
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
    if report.blank_pages:
        click.echo(_("其中 {count} 页空白，在报尾之前，不印页码").format(count=report.blank_pages))
    if report.conformance:
        click.echo(_conformance_line(report.conformance))
    if report.proofreading.open:
        said = _("校对：{summary}（bulletin check {issue}）")
        click.echo(said.format(summary=summary(report.proofreading, how=False), issue=report.key))
    for path in report.outputs:
        click.echo(f"  {path}")


def _conformance_line(checks: ConformanceChecks) -> str:
    """Which checkers found nothing wrong, and which did not look."""
    said = _("PDF/A-{part}a、PDF/UA-1：自查 {rules} 条通过；qpdf {version} 通过").format(
        part=checks.standard.part, rules=checks.rules, version=checks.qpdf
    )
    if checks.verapdf:
        return said + _("；veraPDF {version} 通过").format(version=checks.verapdf)
    return said + _("；veraPDF 没有检查（见 bulletin build --help）")


def _record(report: BuildReport) -> dict[str, object]:
    return {
        "issue": str(report.key),
        "outputs": list(report.outputs),
        "pages": report.pages,
        "blank_pages": report.blank_pages,
        "articles": report.articles,
        "print_run": report.print_run,
        "conformance": _conformance_record(report.conformance) if report.conformance else None,
        "proofreading": counts_record(report.proofreading),
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _conformance_record(checks: ConformanceChecks) -> dict[str, object]:
    return {
        "standards": [f"PDF/A-{checks.standard.part}a", "PDF/UA-1"],
        "rules": checks.rules,
        "qpdf": checks.qpdf,
        "verapdf": checks.verapdf or None,
    }
