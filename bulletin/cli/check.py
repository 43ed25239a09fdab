"""`bulletin check`."""

from __future__ import annotations

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.problem import has_errors


@click.command(
    cls=Command, help=_("检查一期稿件，列出全部问题。不写期号则检查最新一期。\n\n例：bulletin check 2026-07")
)
@issue_argument
@json_option
@click.pass_obj
def check(place: Place, issue: str | None, as_json: bool) -> int:
    from bulletin.pipeline.reading import check as check_issue
    from bulletin.pipeline.reading import find_issue

    report = check_issue(place.root, find_issue(place.root, issue))
    if as_json:
        show_json({"issue": str(report.key), "problems": [problem_record(problem) for problem in report.problems]})
    else:
        show_problems(report.problems)
        if not report.problems:
            click.echo(_("{issue} 没有发现问题").format(issue=report.key))
    return 1 if has_errors(report.problems) else 0
