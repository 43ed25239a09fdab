"""`bulletin site`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from bulletin.cli.arguments import json_option, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, problem_record, show_json, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.cli.limits import renew_time, usable_cores
from bulletin.model.audience import Audience
from bulletin.model.site_build import Held, Off, Shown, SiteOrder, SiteReport

_MOST_NAMED = 10
_MOST_REMOVED = 40


class _AudienceName(click.Choice[str]):
    """An audience by its name, which may also be said in Chinese."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        said = {_("公开"): Audience.PUBLIC.value, _("内网"): Audience.INTRANET.value}
        return super().convert(said.get(value, value), param, ctx)


@click.command(
    cls=Command,
    help=_(
        "制作整个网站（各期、各篇、往期、分类、搜索、订阅），放在 build/web/ 里；改了什么就只重做什么，与从头制作的一字不差。"
        "双击其中的 index.html 就能看。\n\n"
        "公开的网站（public，默认）只收审签过的文章（见 bulletin clear）。制作之后逐个文件搜查：没有审签的文章、收件单位、电话、份号，"
        "有一处漏出来就不放行，原来的网站不动。内网的网站（intranet）收全部文章，每页标明内部资料。\n\n"
        "网址、主办单位、备案号、颜色、徽标写在 bulletin.yaml 的 web 里；换页面的样子，把自己的模板放进 templates/web/。\n\n"
        "例：bulletin site；bulletin site --audience intranet"
    ),
)
@click.option(
    "--audience",
    type=_AudienceName([audience.value for audience in Audience]),
    default=Audience.PUBLIC.value,
    help=_("网站给谁看：public 公开（默认），intranet 内网"),
)
@click.option("--clean", is_flag=True, help=_("不管以前做过什么，全部重做"))
@output_option(_("成品放在哪里（默认是刊物的 build/）"))
@json_option
@click.pass_obj
def site(place: Place, audience: str, clean: bool, output: Path | None, as_json: bool) -> int:
    from bulletin.pipeline.site.building import build_site

    workers = usable_cores()
    order = SiteOrder(Audience(audience), output or place.root / "build", workers, clean, renew_time)
    with Progress() as progress:
        report = build_site(place.root, order, progress)
    if as_json:
        show_json(_record(report))
    else:
        show_problems(report.problems)
        _show_report(report)
    return 0 if report.made else 1


def _show_report(report: SiteReport) -> None:
    if not report.made:
        click.echo(_("网站没有制作，原有的没有改动：请先改正上面的错误"), err=True)
        return
    said = _("{folder}：{issues} 期，{articles} 篇").format(
        folder=report.folder, issues=report.issues, articles=report.articles
    )
    click.echo(said)
    if report.held.total:
        said = _("另有 {held} 篇不公开（{states}）；逐个文件搜查过，没有漏出")
        click.echo(said.format(held=report.held.total, states=_states(report.held)))
    _show_changes(_("撤下"), report.changes.taken_off)
    _show_changes(_("新上"), report.changes.put_up)
    if report.written or report.removed:
        said = _("写了 {written} 个文件，删去 {removed} 个，{kept} 个没有变化")
        click.echo(said.format(written=report.written, removed=len(report.removed), kept=report.kept))
    else:
        click.echo(_("没有变化"))
    _show_removed(report.removed)
    click.echo(f"  {Path(report.folder, 'index.html')}")


def _show_removed(paths: tuple[str, ...]) -> None:
    """What must be taken from the server too, as nothing else does that."""
    if not paths:
        return
    click.echo(_("上传过的，请在服务器上也删去这 {count} 个文件，其余重新上传：").format(count=len(paths)))
    for path in paths[:_MOST_REMOVED]:
        click.echo(f"  {path}")
    if len(paths) > _MOST_REMOVED:
        click.echo(_("  …… 全部见 bulletin site --json 的 removed"))


def _states(held: Held) -> str:
    said = (
        (_("未审签 {count} 篇"), held.uncleared),
        (_("审签后有改动、已失效 {count} 篇"), held.void),
        (_("已撤回 {count} 篇"), held.revoked),
        (_("已撤稿 {count} 篇"), held.withdrawn),
    )
    return _("，").join(text.format(count=count) for text, count in said if count)


def _show_changes(heading: str, shown: tuple[Shown, ...]) -> None:
    """What came by name where that is little; what went always, as it must be known why."""
    if not shown:
        return
    click.echo(_("{heading} {count} 篇").format(heading=heading, count=len(shown)))
    if len(shown) > _MOST_NAMED and not any(each.why for each in shown):
        return
    for each in shown:
        why = f" — {_why(each.why)}" if each.why else ""
        click.echo(f"  《{each.title}》 /{each.path}/{why}")


def _why(why: Off) -> str:
    return {
        Off.REVOKED: _("撤回审签"),
        Off.WITHDRAWN: _("撤稿"),
        Off.CHANGED: _("审签后有改动，已失效"),
        Off.RENAMED: _("文件改了名，没有重新审签"),
        Off.DELETED: _("稿件已删"),
        Off.ISSUE_DELETED: _("这一期已删"),
    }[why]


def _record(report: SiteReport) -> dict[str, object]:
    return {
        "audience": report.audience.value,
        "made": report.made,
        "folder": report.folder,
        "issues": report.issues,
        "articles": report.articles,
        "held": report.held.total,
        "held_by_state": asdict(report.held),
        "put_up": [_shown_record(each) for each in report.changes.put_up],
        "taken_off": [_shown_record(each) for each in report.changes.taken_off],
        "written": report.written,
        "removed": report.removed,
        "kept": report.kept,
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _shown_record(shown: Shown) -> dict[str, object]:
    record: dict[str, object] = {"title": shown.title, "path": f"/{shown.path}/"}
    return {**record, "why": shown.why.value} if shown.why else record
