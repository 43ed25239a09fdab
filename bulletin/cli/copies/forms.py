"""`bulletin copies forms`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from bulletin.cli.arguments import output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.forms import LABEL_SIZES, FormFile, FormName, FormOrder, FormsReport
from bulletin.model.key import IssueKey
from bulletin.model.problem import has_errors
from bulletin.model.recipient import Route


def _complete_form(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    return [CompletionItem(name.value) for name in FormName if name.value.startswith(start)]


def _complete_label(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    return [CompletionItem(size.name) for size in LABEL_SIZES if size.name.startswith(start)]


def _complete_route(_context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    return [CompletionItem(route.value) for route in Route if route.value.startswith(start)]


@click.command(
    cls=Command,
    help=_(
        "从登记册打印一期的表：分发登记表、签收单（每种发送方式一份）、回执、信封标签、清退登记表、销毁登记表、传阅单。"
        "登记册知道的都填好，其余留空手写；每张表做好以后读回，份号一个不漏、一个不重。\n\n"
        "不写表名，就做眼下用得着的几种；表名可以只写一部分，如“签收”。\n\n"
        "例：bulletin copies forms 2026-07 签收单 --route 交换站"
    ),
)
@click.argument("words", nargs=-1, metavar=f"[{_('期')}] [{_('表')}...]", shell_complete=_complete_form)
@click.option("--xlsx", is_flag=True, help=_("另写一份 Excel 表，行、列相同"))
@click.option(
    "--label",
    default=LABEL_SIZES[0].name,
    metavar=_("宽x高"),
    show_default=True,
    shell_complete=_complete_label,
    help=_("信封标签的尺寸，毫米：A4 的 99.1x38.1、70x37、63.5x38.1 等，卷筒的 100x70、70x50、60x40"),
)
@click.option(
    "--start", type=int, default=1, metavar=_("第几枚"), help=_("标签从这张 A4 的第几枚印起（前面的已经用掉）")
)
@click.option(
    "--route", default="", metavar=_("方式"), shell_complete=_complete_route,
    help=_("签收单、回执、标签只做这种发送方式的（机要交通、交换站、专人、自取）"),
)  # fmt: skip
@output_option(_("表写到哪里（默认是刊物的 build/，在各期的 forms/ 里）"))
@click.pass_obj
def forms(place: Place, /, words: Sequence[str], output: Path | None, **said: object) -> int:
    from bulletin.pipeline.copies.forms import make_forms
    from bulletin.pipeline.reading import find_issue

    issue, names = _split(words)
    key = find_issue(place.root, issue)
    at = datetime.now().astimezone().isoformat("T", "seconds")
    with Progress() as progress:
        wanted = FormOrder(names, at, **said)  # type: ignore[arg-type]
        report = make_forms(place.root, key, wanted, output or place.root / "build", progress)
    show_problems(report.problems)
    return _show(report)


def _split(words: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The issue, if the first word names one, and the names of forms."""
    if words and IssueKey.parse(words[0]):
        return words[0], tuple(words[1:])
    return None, tuple(words)


def _show(report: FormsReport) -> int:
    if not report.files:
        click.echo(_("{issue} 没有制作表，原有的文件没有改动").format(issue=report.key), err=True)
        return 1 if has_errors(report.problems) else 0
    click.echo(_("{issue}：表做好了，读回与登记册一致").format(issue=report.key))
    for file in report.files:
        click.echo(_line(file))
    return 0


def _line(file: FormFile) -> str:
    if not file.pages:
        return f"  {file.path}"
    said = _("{path}（{rows} 行，{pages} 页）").format(path=file.path, rows=file.rows, pages=file.pages)
    return f"  {said}"
