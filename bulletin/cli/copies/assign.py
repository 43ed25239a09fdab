"""`bulletin copies assign`."""

from __future__ import annotations

from datetime import date

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_problems, show_table
from bulletin.cli.copies.words import by_options, new_request
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.copies import number_text, numbers_text
from bulletin.model.copy_reports import AssignReport
from bulletin.model.problem import has_errors


@click.command(
    cls=Command,
    help=_(
        "按报、送、发的次序给各单位排定份号，存档、机动在后，登记在册；合计就是报尾的印数。"
        "名单改了再运行一次，没有印的份号随着改。\n\n例：bulletin copies assign 2026-07 --by 李晶鑫"
    ),
)
@issue_argument
@by_options
@json_option
@click.pass_obj
def assign(place: Place, /, issue: str | None, by: str, day: date | None, request: str, *, dry_run: bool, as_json: bool) -> int:  # fmt: skip
    from bulletin.pipeline.copies.assigning import assign as assign_copies
    from bulletin.pipeline.reading import find_issue

    key = find_issue(place.root, issue)
    report = assign_copies(place.root, key, new_request(by, day, request), dry_run=dry_run)
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 1 if has_errors(report.problems) else 0


def _show(report: AssignReport) -> None:
    if has_errors(report.problems):
        show_problems(report.problems)
        click.echo(_("没有登记：请先改正上面的问题"), err=True)
        return
    rows = [
        (each.label, each.holder, str(len(each.numbers)), numbers_text(each.numbers, report.digits),
         each.route.value if each.route else "")
        for each in report.allotments
    ]  # fmt: skip
    show_table((_("类别"), _("收件单位"), _("份数"), _("份号"), _("发送方式")), rows, wide=1)
    said = _("{issue}：合计 {run} 份，与报尾印数一致")
    click.echo(said.format(issue=report.key, run=report.print_run))
    click.echo(_outcome(report))
    for before, now in report.moved:
        said = _("份号与上期不同：{holder}，上期 {before}，本期 {now}")
        click.echo(said.format(holder=now.holder, before=numbers_text(before.numbers, report.digits),
                               now=numbers_text(now.numbers, report.digits)), err=True)  # fmt: skip


def _outcome(report: AssignReport) -> str:
    changed = [
        (_("新登记 {count} 份"), report.assigned),
        (_("改配 {count} 份"), report.reassigned),
        (_("撤号 {count} 份"), report.withdrawn),
    ]
    said = _("，").join(text.format(count=len(numbers)) for text, numbers in changed if numbers)
    if not said:
        return _("登记册里已是这样，没有改动")
    return (_("将要：") if report.dry_run else _("已登记：")) + said


def _record(report: AssignReport) -> dict[str, object]:
    return {
        "issue": str(report.key),
        "print_run": report.print_run,
        "dry_run": report.dry_run,
        "allotments": [
            {
                "label": each.label,
                "holder": each.holder,
                "group": each.group,
                "route": each.route.value if each.route else "",
                "numbers": [number_text(number, report.digits) for number in each.numbers],
            }
            for each in report.allotments
        ],
        "assigned": list(report.assigned),
        "reassigned": list(report.reassigned),
        "withdrawn": list(report.withdrawn),
        "problems": [problem_record(problem) for problem in report.problems],
    }
