"""`bulletin export`."""

from __future__ import annotations

from pathlib import Path

import click

from bulletin.cli.arguments import articles_argument, complete_issue, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_(
        "导出 Word 文件，送领导修改：按公文格式（字体、字号、每页22行、每行28字），各级标题由 Word 自动编号。写了文章，每篇一个文件；不写，整期一个。"
        "写出前读回来，与原稿逐字核对。\n\n"
        "改好的文件用 bulletin import --update 收回来，只改动过的地方写进稿件。\n\n"
        "例：bulletin export 2026-07 03\n\n"
        "例：bulletin export 2026-07"
    ),
)
@click.argument("issue", metavar=_("期"), shell_complete=complete_issue)
@articles_argument
@click.option("--to", "kind", type=click.Choice(["docx"]), default="docx", show_default=True, help=_("导出成什么"))
@output_option(_("放在哪里（默认是刊物的 build/）"))
@click.pass_obj
def export(place: Place, /, issue: str, articles: tuple[str, ...], kind: str, output: Path | None) -> int:  # noqa: ARG001  there is one kind yet
    from bulletin.load.folders import article_slugs
    from bulletin.pipeline.addresses import chosen_articles
    from bulletin.pipeline.exporting import export_docx
    from bulletin.pipeline.reading import find_issue

    key = find_issue(place.root, issue)
    slugs = chosen_articles(article_slugs(place.root, key), articles) if articles else ()
    exported = export_docx(place.root, output or place.root / "build", key, slugs)
    show_problems(exported.problems)
    if not exported.paths:
        click.echo(_("{issue} 没有导出：请先改正上面的错误").format(issue=key), err=True)
        return 1
    for path in exported.paths:
        click.echo(path)
    return 0
