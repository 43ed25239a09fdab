"""`bulletin house`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_lines, show_problems, show_table
from bulletin.cli.help import Group
from bulletin.cli.language import _
from bulletin.model.house import Known
from bulletin.model.problem import has_errors


@click.group(
    cls=Group,
    help=_(
        "校对用的词库（house/ 里的 terms 用词、people 人和职务、organisations 单位、documents 文件、claims 常用的数、quotes 引文）："
        "试验（test）、列出（list）、从一期里学（learn）。\n\n"
        "程序自带一套通用的；本单位写在 house/ 里的优先。编号相同的，以本单位的为准；不要自带的某一条，写 {id: 编号, disabled: true}。"
    ),
)
def house() -> None:
    pass


@house.command(
    "test",
    short_help=_("逐条试验例子"),
    help=_(
        "试验词库：每条写的错的例子要查得出来，对的例子不能误报；没有写出处、没有例子的也列出来。不写文件则试验全部。\n\n"
        "例：bulletin house test terms"
    ),
)
@click.argument("file", required=False, metavar=f"[{_('文件')}]")
@json_option
@click.pass_obj
def test(place: Place, file: str | None, as_json: bool) -> int:
    from bulletin.pipeline.house import try_examples

    report = try_examples(place.root, file, date.today())
    failed = has_errors(report.problems)
    if as_json:
        counts = {"entries": report.entries, "examples": report.examples}
        show_json({**counts, "problems": [problem_record(problem) for problem in report.problems]})
    else:
        show_problems(report.problems)
        said = (
            _("试验了 {entries} 条、{examples} 个例子，有的没有通过")
            if failed
            else _("{entries} 条、{examples} 个例子，全部通过")
        )
        click.echo(said.format(entries=report.entries, examples=report.examples))
    return 1 if failed else 0


@house.command(
    "list",
    short_help=_("列出条目"),
    help=_("列出词库的条目；写了词，就只列含有它的。\n\n例：bulletin house list 部署"),
)
@click.argument("word", required=False, default="", metavar=f"[{_('词')}]")
@json_option
@click.pass_obj
def list_all(place: Place, word: str, as_json: bool) -> int:
    from bulletin.pipeline.house import list_entries

    listed = list_entries(place.root, word)
    if as_json:
        show_json([_record(name, known) for name, known in listed.entries])
    elif listed.entries:
        head = (_("编号"), _("写法"), _("出处"), _("位置"))
        rows = [(each.entry.id, named(each), each.entry.source, str(each.entry.span)) for _name, each in listed.entries]
        show_table(head, rows, wide=2)
    show_problems(listed.problems)
    if not as_json:
        click.echo(_("共 {count} 条").format(count=len(listed.entries)))
    return 1 if has_errors(listed.problems) else 0


def _record(name: str, known: Known) -> dict[str, object]:
    entry = known.entry
    return {"list": name, "id": entry.id, "name": named(known), "source": entry.source, "place": str(entry.span)}


def named(known: Known) -> str:
    """What an entry is about, in a few words."""
    for field in ("preferred", "name", "title", "what", "text"):
        if hasattr(known, field):
            return str(getattr(known, field))
    return known.entry.id


@house.command(
    "learn",
    short_help=_("从一期里学"),
    help=_(
        "从一期里找出可以收进词库的：人和职务、单位、总加引号的名称、有文号的文件、重复出现的数、有出处的引文，已有的不列。\n\n"
        "先写成一个文件：bulletin house learn 2026-07 -o 建议.yaml；逐条看过，不要的删去，要改的改好；"
        "再收进来：bulletin house learn --add 建议.yaml。收时先逐条试验，加在 house/ 各文件的末尾，原来的内容一字不动。"
    ),
)
@issue_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("文件"),
    help=_("写到这个文件，不写则显示在屏幕上"),
)
@click.option(
    "--add",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("文件"),
    help=_("把看过的建议收进 house/"),
)
@click.pass_obj
def learn(place: Place, issue: str | None, output: Path | None, add: Path | None) -> int:
    if add is not None:
        if issue or output:
            raise click.UsageError(_("--add 只和建议文件一起用，不写期号和 -o"))
        return _add(place.root, add)
    from bulletin.pipeline.house import learn_entries, save_proposal
    from bulletin.pipeline.reading import find_issue

    proposal = learn_entries(place.root, find_issue(place.root, issue))
    if not proposal.text:
        click.echo(_("没有可学的，都已经收在词库里了"))
    elif output is None:
        click.echo(proposal.text, nl=False)
    else:
        save_proposal(output, proposal)
        count = len([*proposal.house.known])
        click.echo(_("{path}：{count} 条建议").format(path=output, count=count))
        show_lines([_("逐条看过、改好，再运行 bulletin house learn --add {path}").format(path=output)])
    return 0


def _add(root: Path, file: Path) -> int:
    from bulletin.pipeline.house import add_entries

    report = add_entries(root, file, date.today())
    show_problems(report.problems)
    for path, count in report.added:
        click.echo(_("{path}：加了 {count} 条").format(path=path, count=count))
    if has_errors(report.problems):
        click.echo(_("没有收进来：先改正上面的错误"), err=True)
        return 1
    if not report.added:
        click.echo(_("建议里没有条目"))
    return 0
