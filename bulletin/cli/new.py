"""`bulletin init` and `bulletin new`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bulletin.cli.commands import Place
from bulletin.cli.help import Command, Day, Group
from bulletin.cli.language import _


@click.command(
    cls=Command,
    help=_("新建一个刊物文件夹。\n\n例：bulletin init 工作动态 --title 老干部工作动态 --publisher 中共某省委老干部局"),
)
@click.argument(
    "directory", metavar=f"[{_('文件夹')}]", type=click.Path(file_okay=False, path_type=Path), required=False
)
@click.option("--title", prompt=_("刊名"), metavar=_("文字"), help=_("刊名"))
@click.option("--publisher", prompt=_("编印单位全称"), metavar=_("文字"), help=_("编印单位全称"))
@click.pass_obj
def init(place: Place, directory: Path | None, title: str, publisher: str) -> int:
    from bulletin.pipeline.scaffolding import start_publication

    for path in start_publication(place.root / (directory or ""), title, publisher):
        click.echo(path)
    click.echo(_("下一步：bulletin new issue，再 bulletin new article speech"))
    return 0


@click.group(cls=Group, help=_("新建一期（new issue），或一篇文章（new article）。"))
def new() -> None:
    pass


def _today(_context: click.Context, _parameter: click.Parameter, value: date | None) -> date:
    return value or date.today()


@new.command(
    "issue", short_help=_("新建下一期"), help=_("新建下一期：期号、总期号顺延，发送范围、编辑人员沿用上一期。")
)
@click.option(
    "--date",
    "day",
    type=Day(),
    callback=_today,
    metavar="YYYY-MM-DD",
    help=_("印发日期（默认今天）"),
)
@click.option("--supplement", is_flag=True, help=_("新建增刊"))
@click.pass_obj
def issue(place: Place, day: date, supplement: bool) -> int:
    from bulletin.pipeline.scaffolding import new_issue

    path, last = new_issue(place.root, day, supplement=supplement)
    click.echo(path)
    if last:
        click.echo(_("报送发、编辑人员、存档、机动沿用 {last}，请核对").format(last=last), err=True)
    return 0


@new.command(
    "article",
    short_help=_("新建一篇文章"),
    help=_(
        "在最新一期（或 --issue 指定的一期）末尾新建一篇文章。\n\n种类：speech 讲话，report 经验材料，notice 通知……"
    ),
)
@click.argument("kind", metavar=_("种类"))
@click.option("--title", default="", metavar=_("文字"), help=_("标题"))
@click.option("--slug", default="", metavar=_("文字"), help=_("文件名（小写字母、数字、连字符；默认是种类名）"))
@click.option("--issue", "issue_name", metavar=_("期"), help=_("哪一期（默认最新一期）"))
@click.option(
    "--date",
    "day",
    type=Day(),
    metavar="YYYY-MM-DD",
    help=_("讲话或成文日期（默认是本期日期）"),
)
@click.pass_obj
def article(place: Place, kind: str, title: str, slug: str, issue_name: str | None, day: date | None) -> int:
    from bulletin.pipeline.reading import find_issue
    from bulletin.pipeline.scaffolding import NewArticle, new_article

    key = find_issue(place.root, issue_name)
    click.echo(new_article(place.root, key, NewArticle(kind, title, slug or kind, day)))
    return 0
