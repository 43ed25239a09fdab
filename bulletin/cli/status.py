"""`bulletin status`."""

from __future__ import annotations

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_problems, show_table
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.cli.proofreading.counts import counts_record, summary
from bulletin.model.build import ArticleStatus, ClearanceState, IssueStatus, SignState, SignStatus


@click.command(cls=Command, help=_("查看一期的进展：文章、字数、审签、问题。不写期号则看最新一期。"))
@issue_argument
@json_option
@click.pass_obj
def status(place: Place, issue: str | None, as_json: bool) -> int:
    from bulletin.pipeline.reading import find_issue
    from bulletin.pipeline.status import status as issue_status

    report = issue_status(place.root, find_issue(place.root, issue))
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 0


def _show(report: IssueStatus) -> None:
    if report.title:
        said = _("《{title}》{numbering}　{date}　印 {run} 份")
        click.echo(said.format(title=report.title, numbering=report.numbering, date=report.date, run=report.print_run))
        head = (_("文件"), _("种类"), _("标题"), _("字数"), _("公开审签"))
        click.echo(_signoff(report.signoff))
        if report.proofreading.open:
            summarised = summary(report.proofreading, how=False)
            click.echo(_("校对：{summary}（bulletin check {issue}）").format(summary=summarised, issue=report.key))
        show_table(head, [_row(article) for article in report.articles], wide=2)
    show_problems(report.problems)


def _signoff(signoff: SignStatus) -> str:
    said = {
        SignState.NONE: _("尚未签发"),
        SignState.VALID: _("已签发：{by}，{at}"),
        SignState.VOID: _("签发已失效：{by}于 {at} 签发后，改动了{parts}"),
    }[signoff.state]
    return said.format(by=signoff.by, at=signoff.at[:16].replace("T", " "), parts="、".join(signoff.changed))


def _row(article: ArticleStatus) -> tuple[str, ...]:
    clearance = {
        ClearanceState.NONE: _("未审签"),
        ClearanceState.VALID: _("已审签（{by}）"),
        ClearanceState.VOID: _("已失效（{by}审签后有改动）"),
        ClearanceState.REVOKED: _("已撤回（{by}）"),
        ClearanceState.WITHDRAWN: _("已撤稿（{by}）"),
    }[article.clearance].format(by=article.cleared_by)
    return article.slug, article.kind, article.title, str(article.characters), clearance


def _record(report: IssueStatus) -> dict[str, object]:
    return {
        "issue": str(report.key),
        "title": report.title,
        "numbering": report.numbering,
        "date": report.date,
        "print_run": report.print_run,
        "signoff": {
            "state": report.signoff.state.value,
            "by": report.signoff.by,
            "at": report.signoff.at,
            "changed": list(report.signoff.changed),
        },
        "proofreading": counts_record(report.proofreading),
        "articles": [
            {
                "slug": article.slug,
                "kind": article.kind,
                "title": article.title,
                "byline": article.byline,
                "characters": article.characters,
                "clearance": article.clearance.value,
                "cleared_by": article.cleared_by,
            }
            for article in report.articles
        ],
        "problems": [problem_record(problem) for problem in report.problems],
    }
