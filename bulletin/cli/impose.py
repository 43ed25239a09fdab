"""`bulletin impose`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bulletin.cli.arguments import issue_argument, output_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, show_problems
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.build import ImposeReport, PressOrder, PressRun
from bulletin.model.issue import ForcedPrint
from bulletin.model.press import Imposition, PressProfile
from bulletin.model.sheets import sheet_size


@click.command(
    cls=Command,
    help=_(
        "把印刷版（print.pdf）拼成上机的文件：A4 双面、A3 骑马订、A3 折帖平订，或给印刷厂的带裁切标记的四色页。"
        "拼好后在电脑里照样折叠一遍，逐页与印刷版核对。不写期号则拼最新一期；先要制作（build）并签发（sign）；只看样子，用 --draft。\n\n"
        "印制方案在 bulletin.yaml 的 press 里；不写也有：骑马订（默认）、平订、双面、印刷厂。\n\n"
        "例：bulletin impose 2026-07 --profile 印刷厂"
    ),
)
@issue_argument
@click.option("--profile", metavar=_("名称"), help=_("印制方案（默认是第一个）"))
@click.option("--draft", is_flag=True, help=_("样张：不必签发，文件名带“样张”，只供试印"))
@click.option("--force", metavar=_("理由"), help=_("没有签发也付印，理由记录在案（要写 --by）"))
@click.option("--by", metavar=_("姓名"), help=_("谁要付印（与 --force 同用）"))
@output_option(_("成品在哪里，拼好的也放在那里（默认是刊物的 build/）"))
@click.pass_obj
def impose(place: Place, /, issue: str | None, output: Path | None, **said: Any) -> int:
    from bulletin.pipeline.imposing import impose as impose_issue
    from bulletin.pipeline.reading import find_issue

    key = find_issue(place.root, issue)
    with Progress() as progress:
        report = impose_issue(place.root, key, _wanted(**said), output or place.root / "build", progress)
    show_problems(report.problems)
    if report.made is None:
        click.echo(_("{issue} 没有拼版，原有的文件没有改动").format(issue=key), err=True)
        return 1
    _show_report(report, report.made)
    return 0


def _wanted(profile: str | None, force: str | None, by: str | None, *, draft: bool) -> PressOrder:
    if (force is None) != (by is None):
        raise click.UsageError(_("--force 和 --by 要同时写"))
    if force is None or by is None:
        return PressOrder(profile, draft)
    now = datetime.now().astimezone().isoformat("T", "seconds")
    return PressOrder(profile, draft, ForcedPrint(by.strip(), now, force.strip(), pdf=""))


def _show_report(report: ImposeReport, made: PressRun) -> None:
    said = _("{issue}：按“{profile}”拼好，{pages} 页，每份 {sheets} 张；读回，逐页与印刷版核对一致")
    click.echo(
        said.format(issue=report.key, profile=made.profile.name, pages=made.pages + made.blanks, sheets=made.sheets)
    )
    click.echo(f"  {made.output}")
    for line in _instructions(made):
        click.echo(line)


def _instructions(made: PressRun) -> Iterator[str]:
    """What the person at the press has to know."""
    profile = made.profile
    flip = _("短边翻转") if profile.folded else _("长边翻转")
    yield _("打印：{paper}，双面，{flip}，实际大小（不要缩放）").format(paper=_paper(profile), flip=flip)
    if profile.imposition is Imposition.SADDLE:
        yield _("折：{sheets} 张套在一起对折；订：折缝上两钉，外订眼距上下边各 70 毫米（±4）").format(
            sheets=made.sheets
        )
    elif profile.imposition is Imposition.SIDE:
        yield _("折：每 {sheets} 张套在一起对折成一帖，共 {signatures} 帖（末帖 {last} 张），依次叠齐").format(
            sheets=min(profile.signature_sheets, made.sheets),
            signatures=made.signatures,
            last=made.sheets - profile.signature_sheets * (made.signatures - 1),
        )
    if profile.imposition is not Imposition.SADDLE:
        yield _("订：左侧平订两钉，距书脊 3～5 毫米，外订眼距上下边各 70 毫米（±4）")
    if profile.crop_marks:
        yield _("裁：按裁切标记裁成 A4（210×297 毫米），出血 {bleed:g} 毫米").format(bleed=profile.bleed_mm)
    yield _("用纸：{sheets} 张 × {copies} 份 = {total} 张，另加损耗").format(
        sheets=made.sheets, copies=made.copies, total=made.sheets * made.copies
    )


def _paper(profile: PressProfile) -> str:
    """The sheet's name and size; A4 with marks around it has none."""
    width, height = sheet_size(profile).paper_mm
    if profile.crop_marks and not profile.folded:
        return _("比 A4 大一圈的纸（{width:g}×{height:g} 毫米）").format(width=width, height=height)
    name = "A4" if not profile.folded else "SRA3" if profile.crop_marks else "A3"
    return _("{name} 纸（{width:g}×{height:g} 毫米）").format(name=name, width=width, height=height)
