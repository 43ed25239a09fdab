"""`bulletin releases`, `rollback`, `prune`."""

from __future__ import annotations

import click

from bulletin.cli.arguments import json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, show_json, show_table
from bulletin.cli.help import Command
from bulletin.cli.language import _, shown_text, translated
from bulletin.cli.publishing.words import (
    article_records,
    breaking_option,
    by_option,
    holder_of,
    now,
    show_articles,
    show_notes,
    target_argument,
)
from bulletin.model.moment import moment_text
from bulletin.model.publishing import KeptRelease, ReleasesReport, SwitchReport

_MOST_WRONG = 10


@click.command(
    cls=Command,
    help=_(
        "查看一个发布目标上保留的各版：哪一版正在用，谁、何时发布，有多少篇，签名对不对。--verify 把各版的文件逐个读回来，"
        "与清单核对：服务器上有没有人手工改过。\n\n例：bulletin releases 外网 --verify"
    ),
)
@target_argument
@click.option("--verify", "examine", is_flag=True, help=_("逐个文件读回核对"))
@json_option
@click.pass_obj
def releases(place: Place, target: str, *, examine: bool, as_json: bool) -> int:
    from bulletin.pipeline.publishing.releases import list_releases

    with Progress() as progress:
        report = list_releases(place.root, target, progress, examine=examine)
    if as_json:
        show_json(_releases_record(report))
    else:
        _show_releases(report)
    return 1 if any(each.fault.template or each.wrong for each in report.kept) else 0


def _show_releases(report: ReleasesReport) -> None:
    if not report.kept:
        click.echo(_("{target}：还没有发布过").format(target=report.target))
        return
    head = (_("版"), _("现在"), _("发布时间"), _("经手人"), _("篇数"), _("文件"), _("签名"), _("情况"))
    show_table(head, [_row(each, examined=report.examined) for each in report.kept], wide=7)
    for each in report.kept:
        for path in each.wrong[:_MOST_WRONG]:
            click.echo(
                _("第 {name} 版的文件与清单不符：{path}").format(name=each.name, path=shown_text(path)), err=True
            )
        if len(each.wrong) > _MOST_WRONG:
            click.echo(_("……共 {count} 个").format(count=len(each.wrong)), err=True)
        if each.wrong and each.live:
            click.echo(
                _("    → 照原样恢复：bulletin publish {target} --by 姓名").format(target=report.target), err=True
            )
        elif each.wrong:
            click.echo(_("    → 不能回退到这一版了"), err=True)


def _row(kept: KeptRelease, *, examined: bool) -> tuple[str, ...]:
    said = kept.release
    state = translated(kept.fault) if kept.fault.template else ""
    if not state and examined:
        state = _("{count} 个文件不对").format(count=len(kept.wrong)) if kept.wrong else _("逐个核对无误")
    return (
        kept.name,
        _("正在用") if kept.live else "",
        moment_text(said.at) if said else "",
        shown_text(said.by) if said else "",
        str(len(said.articles)) if said else "",
        str(len(said.files)) if said else "",
        kept.signed_by,
        state,
    )


@click.command(
    cls=Command,
    help=_(
        "回退：让网站一下子变回以前的一版（默认是上一版）。不重新制作，也不上传。里面有已经撤回的文章的，不能回退。"
        "回退之后稿件没有变，下一次 bulletin publish 又会发布现在的稿件。\n\n"
        "例：bulletin rollback 外网 --by 李晶鑫\n\n"
        "例：bulletin rollback 外网 12 --by 李晶鑫"
    ),
)
@click.argument("target", metavar=_("发布目标"))
@click.argument("release", required=False, default="", metavar=f"[{_('版')}]")
@by_option
@breaking_option
@json_option
@click.pass_obj
def rollback(place: Place, target: str, release: str, by: str, *, breaking: bool, as_json: bool) -> int:
    from bulletin.pipeline.publishing.releases import Approach
    from bulletin.pipeline.publishing.releases import rollback as go_back

    with Progress() as progress:
        report = go_back(place.root, Approach(target, holder_of(by), breaking, now), release, progress)
    if as_json:
        show_json(_switch_record(report))
        return 0
    click.echo(
        _("{target}：已从第 {before} 版换到第 {after} 版").format(
            target=report.target, before=report.before, after=report.after
        )
    )
    show_articles(_("新上"), report.put_up)
    show_articles(_("撤下"), report.taken_off)
    if report.fetched:
        click.echo(_("从网址取回 {count} 个文件，与发布的一样").format(count=report.fetched))
    show_notes(report.notes)
    return 0


@click.command(
    cls=Command,
    help=_(
        "删去旧版，只留最近几版（默认按 bulletin.yaml 里的 keep）；正在用的一版总是留着。删去的不能再回退。\n\n"
        "例：bulletin prune 外网 --keep 3 --by 李晶鑫"
    ),
)
@click.argument("target", metavar=_("发布目标"))
@click.option("--keep", type=click.IntRange(1, 100), metavar=_("几版"), help=_("留几版，含正在用的"))
@by_option
@breaking_option
@json_option
@click.pass_obj
def prune(place: Place, target: str, keep: int | None, by: str, *, breaking: bool, as_json: bool) -> int:
    from bulletin.pipeline.publishing.releases import Approach
    from bulletin.pipeline.publishing.releases import prune as remove_old

    with Progress() as progress:
        gone = remove_old(place.root, Approach(target, holder_of(by), breaking, now), keep, progress)
    if as_json:
        show_json({"removed": gone})
    elif gone:
        click.echo(_("删去旧版：{names}；不能再回退到它们").format(names=_("、").join(gone)))
    else:
        click.echo(_("没有多余的旧版"))
    return 0


def _releases_record(report: ReleasesReport) -> dict[str, object]:
    return {"target": report.target, "releases": [_kept_record(each) for each in report.kept]}


def _kept_record(kept: KeptRelease) -> dict[str, object]:
    said = kept.release
    return {
        "release": kept.name,
        "live": kept.live,
        "by": said.by if said else None,
        "at": said.at if said else None,
        "version": said.version if said else None,
        "commit": said.commit if said else None,
        "articles": article_records(said.articles) if said else [],
        "files": len(said.files) if said else None,
        "signed_by": kept.signed_by or None,
        "fault": translated(kept.fault) if kept.fault.template else None,
        "wrong": kept.wrong,
    }


def _switch_record(report: SwitchReport) -> dict[str, object]:
    return {
        "target": report.target,
        "before": report.before or None,
        "after": report.after,
        "put_up": article_records(report.put_up),
        "taken_off": article_records(report.taken_off),
        "fetched": report.fetched,
        "notes": [translated(note) for note in report.notes],
    }
