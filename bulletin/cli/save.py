"""`bulletin save`."""

from __future__ import annotations

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.build import Cut, SavingsReport
from bulletin.model.problem import has_errors


@click.command(
    cls=Command,
    help=_(
        "省纸：付印前看哪几段只多出一两个字、独占一行，删去就少一行；哪几处合起来能少一页、少一张纸。只看不改。\n\n"
        "例：bulletin save 2026-07"
    ),
)
@issue_argument
@json_option
@click.pass_obj
def save(place: Place, issue: str | None, as_json: bool) -> int:
    from bulletin.pipeline.reading import find_issue
    from bulletin.pipeline.saving import find_paper

    key = find_issue(place.root, issue)
    with Progress() as progress:
        report = find_paper(place.root, key, progress)
    if has_errors(report.problems):
        show_problems(report.problems)
        return 1
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 0


def _show(report: SavingsReport) -> None:
    said = _("{issue}：{pages} 页（空白 {blank} 页），每份 {sheets} 张 {paper}，印 {run} 份用纸 {all} 张")
    paper = "A3" if report.pages_a_sheet == 4 else "A4"
    sheets = report.sheets(report.pages)
    click.echo(
        said.format(issue=report.key, pages=report.pages, blank=report.blank_pages, sheets=sheets, paper=paper,
                    run=report.print_run, all=sheets * report.print_run)
    )  # fmt: skip
    _show_savings(report)
    if report.cuts:
        click.echo(_("末行只有几个字的段落共 {count} 处，删去所列字数就少一行：").format(count=len(report.cuts)))
        for cut in report.cuts:
            click.echo(_cut(cut))
    else:
        click.echo(_("没有末行只有几个字的段落"))


def _show_savings(report: SavingsReport) -> None:
    if not report.savings:
        click.echo(_("删几个字省不下整页"))
    before = report.pages
    for number, saving in enumerate(report.savings, start=1):
        said = _("{number}. {slug}《{title}》：{places} 处共删 {characters} 字，少 1 页")
        click.echo(said.format(number=number, slug=saving.slug, title=saving.title, places=len(saving.cuts),
                               characters=saving.characters))  # fmt: skip
        for cut in saving.cuts:
            click.echo(_cut(cut))
        saved = report.sheets(before) - report.sheets(saving.total)
        if saved > 0:
            said = _("   → 做到这一步，全期 {total} 页，每份省 {saved} 张，共省 {all} 张")
            click.echo(said.format(total=saving.total, saved=saved, all=saved * report.print_run))
        else:
            click.echo(_("   → 做到这一步，全期仍是 {total} 页，纸还没有省下").format(total=saving.total))
        before = saving.total


def _cut(cut: Cut) -> str:
    return "   " + _("{place}  删 {characters} 字（末行“{words}”）").format(
        place=cut.span, characters=cut.characters, words=cut.words
    )


def _record(report: SavingsReport) -> dict[str, object]:
    return {
        "issue": str(report.key),
        "pages": report.pages,
        "blank_pages": report.blank_pages,
        "sheets": report.sheets(report.pages),
        "print_run": report.print_run,
        "savings": [
            {
                "article": saving.slug,
                "title": saving.title,
                "characters": saving.characters,
                "total_pages": saving.total,
                "cuts": [_cut_record(cut) for cut in saving.cuts],
            }
            for saving in report.savings
        ],
        "cuts": [_cut_record(cut) for cut in report.cuts],
    }


def _cut_record(cut: Cut) -> dict[str, object]:
    return {"path": cut.span.path, "line": cut.span.line, "characters": cut.characters, "words": cut.words}
