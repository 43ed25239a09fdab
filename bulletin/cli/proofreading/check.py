"""`bulletin check`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.arguments import articles_argument, issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.cli.limits import renew_time, usable_cores
from bulletin.model.problem import Severity

if TYPE_CHECKING:
    from bulletin.model.key import IssueKey
    from bulletin.model.proofreading import Mended, Proofreading, Selection

FORMATS = ("text", "concise", "json", "sarif", "github", "html")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command is asked."""

    articles: tuple[str, ...]
    form: str
    as_json: bool
    output: Path | None
    fix: bool
    unsafe: bool
    diff: bool
    select: str
    ignore: str
    fail_on: str
    strict: bool
    every: bool
    aids: bool
    no_hints: bool

    @property
    def format(self) -> str:
        return "json" if self.as_json else self.form

    @property
    def mends(self) -> bool:
        return self.fix or self.unsafe or self.diff

    @property
    def least(self) -> Severity:
        return Severity(self.fail_on)


@click.command(
    cls=Command,
    help=_(
        "检查一期稿件：先看结构（缺什么、错在哪里），再校对文字（标点、数字、用词、前后不一致）。不写期号则检查最新一期；写了文章，只看那几篇。\n\n"
        "每个问题都有代码和编号：bulletin explain 代码，看为什么、怎么改；不改的，用 bulletin decide 编号 写明理由。\n\n"
        "例：bulletin check 2026-07\n\n"
        "例：bulletin check 2026-07 03 --diff（先看自动改哪里），再 --fix（改）\n\n"
        "例：bulletin check 2026-07 --format html（每篇一张校样，可打印、签字）"
    ),
    epilog=_("退出码：0 没有错误（可用 --fail-on 改严），1 有，2 用法不对，3 程序或电脑有问题。"),
)
@issue_argument
@articles_argument
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help=_("写成什么：text 详细，concise 一个问题一行，json、sarif、github 供其他程序读取，html 校样"),
)  # fmt: skip
@json_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar=_("文件或文件夹"),
    help=_("sarif 写到哪个文件（默认显示在屏幕上），校样写到哪个文件夹（默认是刊物的 build/）"),
)  # fmt: skip
@click.option("--fix", is_flag=True, help=_("改正改得准的，并写回稿件"))
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help=_("连同要人看过的也改，并写回稿件；先用 --diff 看"))
@click.option("--diff", is_flag=True, help=_("只看会改成怎样，什么也不写；加 --unsafe-fixes 看全部"))
@click.option("--select", default="", metavar=_("代码,…"), help=_("只看这些规则，如 PUN003 或 PUN（凡以此开头的）"))
@click.option("--ignore", default="", metavar=_("代码,…"), help=_("不看这些规则"))
@click.option(
    "--fail-on", type=click.Choice([each.value for each in Severity]), default=Severity.ERROR.value, show_default=True,
    help=_("有多重的问题时退出码为 1：错误、警告、提示"),
)  # fmt: skip
@click.option("--strict", is_flag=True, help=_("警告也算错误（终校用）"))
@click.option("--no-hints", is_flag=True, help=_("只列错误和警告；提示只数，不列"))
@click.option("--all", "every", is_flag=True, help=_("检查全部各期，每期一行"))
@click.option(
    "--aids", is_flag=True, help=_("另列出要人逐个看的：数字、人名和职务、引文、没有见过的名称、长句（校样里都有）")
)
@click.pass_obj
def check(place: Place, /, issue: str | None, **said: Any) -> int:
    asked = Asked(**said)
    _check_words(issue, asked)
    if asked.every:
        from bulletin.cli.proofreading.archive import check_archive

        return check_archive(place.root, asked)
    from bulletin.pipeline.proofreading import with_aids
    from bulletin.pipeline.reading import find_issue
    from bulletin.pipeline.selecting import choose_findings

    key = find_issue(place.root, issue)
    chosen = choose_findings(place.root, key, asked.articles, (asked.select, asked.ignore))
    mended = _read(place.root, key, chosen, asked)
    reading = mended.proofreading.only(chosen)
    reading = reading.strictly() if asked.strict else reading
    _show(place.root, mended, with_aids(place.root, reading) if asked.aids else reading, asked)
    return 1 if reading.fails(asked.least) else 0


def _check_words(issue: str | None, asked: Asked) -> None:
    """What can be said of the words alone."""
    if asked.as_json and asked.form not in ("text", "json"):
        raise click.UsageError(_("--json 和 --format {format} 只能写一样").format(format=asked.form))
    if asked.output and asked.format not in ("sarif", "html"):
        raise click.UsageError(_("--output 只与 --format sarif、--format html 同用"))
    if asked.diff and asked.fix:
        raise click.UsageError(_("--diff 只看不写，--fix 要写，只能写一样"))
    if asked.diff and asked.format != "text":
        raise click.UsageError(_("--diff 不能与 --format 同用"))
    if asked.aids and (asked.diff or asked.every or asked.format not in ("text", "json", "html")):
        raise click.UsageError(_("--aids 只与 --format text、json、html 同用"))
    if asked.no_hints and (asked.diff or asked.every or asked.format not in ("text", "concise")):
        raise click.UsageError(_("--no-hints 只与 --format text、concise 同用"))
    if asked.every and (issue or asked.articles or asked.mends or asked.format not in ("text", "json")):
        raise click.UsageError(_("--all 检查全部各期，不能再写期、文章、--fix、--diff 或别的格式"))


def _read(root: Path, key: IssueKey, chosen: Selection, asked: Asked) -> Mended:
    """The issue proofread, and mended where that is asked."""
    from bulletin.model.problem import message
    from bulletin.model.proofreading import Mended
    from bulletin.pipeline.earlier import gather_facts

    with Progress() as progress:
        for earlier in gather_facts(root, key, usable_cores(), renew_time):
            progress(message("正在看以前各期怎么写，看完 {issue}", issue=str(earlier)))
        progress(message("正在检查"))
        if asked.mends:
            from bulletin.pipeline.mending import MendOrder, mend_issue

            return mend_issue(root, key, MendOrder(chosen, asked.unsafe, not asked.diff))
        from bulletin.pipeline.proofreading import proofread_issue

        return Mended(proofread_issue(root, key))


def _show(root: Path, mended: Mended, reading: Proofreading, asked: Asked) -> None:
    from bulletin.cli.proofreading import showing

    match asked.format:
        case "json":
            showing.show_record(mended, reading)
        case "sarif":
            showing.show_sarif(reading, asked.output)
        case "github":
            showing.show_annotations(reading)
        case "html":
            showing.show_sheets(root, mended, reading, asked.output or root / "build")
        case "concise":
            showing.show_concise(reading, hints=not asked.no_hints)
        case _:
            showing.show_text(mended, reading, diff=asked.diff, hints=not asked.no_hints)
