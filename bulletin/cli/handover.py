"""`bulletin handover`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from bulletin.cli.arguments import issues_argument, json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.cli.publishing.words import by_option, holder_now
from bulletin.model.errors import UsageError
from bulletin.model.handover import HandoverReport, KitMade
from bulletin.model.problem import message


@click.command(
    cls=Command,
    help=_(
        "制作交接包（build/handover/2026-10.zip）：网站是统一建的平台、只能在后台粘贴的，用它交接。不写期号则制作最新一期。\n\n"
        "每期一个压缩包，只有审签过的文章（见 bulletin clear）：每篇的正文（可全选复制，也可粘贴源代码，样式都写在标签里）、图片、附件，"
        "一张登记表（标题、来源、日期、关键词、摘要，后台要填的都在里面，还有政府网站标签），一页“先看这里”。"
        "做好后从压缩包里读回来，逐字核对，再逐个文件搜查，有一处不对、有一处漏出没有审签的内容就不放行。\n\n"
        "文章撤回审签后重新运行：交接包会重做；一篇也没有了，就删去。谁、何时、交出了哪几篇，都记入发布记录（见 bulletin published）。\n\n"
        "例：bulletin handover --by 李晶鑫；bulletin handover 2026-09 2026-10；bulletin handover --all"
    ),
)
@issues_argument
@click.option("--all", "whole", is_flag=True, help=_("制作全部各期"))
@by_option
@output_option(_("成品放在哪里（默认是刊物的 build/）"))
@json_option
@click.pass_obj
def handover(
    place: Place, /, issues: tuple[str, ...], by: str, output: Path | None, *, whole: bool, as_json: bool
) -> int:
    from bulletin.load.folders import list_issues
    from bulletin.pipeline.publishing.handover import make_kits
    from bulletin.pipeline.reading import find_issue

    if whole and issues:
        raise UsageError(message("--all 是全部各期，不能再写期号"))
    named = tuple(find_issue(place.root, name) for name in issues or (None,))
    keys = list_issues(place.root) if whole else tuple(dict.fromkeys(named))
    with Progress() as progress:
        report = make_kits(place.root, output or place.root / "build", keys, holder_now(by), progress)
    if as_json:
        show_json(_record(report))
    else:
        show_problems(report.problems)
        _show_report(report)
    return 1 if report.failed else 0


def _show_report(report: HandoverReport) -> None:
    for key in report.failed:
        click.echo(_("{issue} 的交接包没有制作：请先改正上面的错误").format(issue=key), err=True)
    for kit in report.kits:
        click.echo(_line(kit))
        click.echo(f"  {kit.path}")
    for key in report.empty:
        click.echo(_("{issue}：没有审签过的文章，不做交接包").format(issue=key))
    for path in report.removed:
        click.echo(_("{path} 里的文章都不再公开，已经删去；交出去的也请收回").format(path=path))


def _line(kit: KitMade) -> str:
    said = _(
        "{issue}：{articles} 篇，附件 {attachments} 个，图片 {pictures} 张，{size} KB；与原稿逐字核对一致，没有漏出"
    ).format(
        issue=kit.key,
        articles=kit.articles,
        attachments=kit.attachments,
        pictures=kit.pictures,
        size=max(1, round(kit.size / 1024)),
    )
    return said if kit.written else said + _("；没有变化")


def _record(report: HandoverReport) -> dict[str, object]:
    return {
        "kits": [{**asdict(kit), "key": str(kit.key)} for kit in report.kits],
        "empty": list(map(str, report.empty)),
        "removed": list(report.removed),
        "failed": list(map(str, report.failed)),
        "problems": [problem_record(problem) for problem in report.problems],
    }
