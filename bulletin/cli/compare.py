"""`bulletin compare`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from bulletin.cli.arguments import json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import Progress, show_json
from bulletin.cli.help import Command
from bulletin.cli.language import _, shown_text
from bulletin.model.build import CompareReport
from bulletin.model.comparison import PICTURE, Change, PageChange, Spread

_LONGEST = 40


@click.command(
    cls=Command,
    help=_(
        "对照两次制作的印刷版：列出改动的页和字，并写一份 A3 横放的 PDF，左旧右新，删的划线，增的加框（花脸稿）。"
        "只因前文增删而挪了行、挪了页的文字不算改动。\n\n"
        "旧、新可以写 PDF 文件、成品文件夹（bulletin build -o 的文件夹里以期号命名的那一个），或期号（看刊物的 build/）。"
        "两份一样就说一样，什么也不写。\n\n"
        "例：bulletin compare 送审/2026-07 2026-07"
    ),
    epilog=_("有没有改动，退出码都是 0；脚本要分辨，看 --json 里的 same。"),
)
@click.argument("old", metavar=_("旧"))
@click.argument("new", metavar=_("新"))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("文件"),
    help=_("对照写到哪个文件（默认是新 PDF 旁边的 compare.pdf）"),
)
@click.option("--all", "all_pages", is_flag=True, help=_("没有改动的页也画出来"))
@json_option
@click.pass_obj
def compare(place: Place, old: str, new: str, output: Path | None, all_pages: bool, as_json: bool) -> int:
    from bulletin.pipeline.comparing import Request
    from bulletin.pipeline.comparing import compare as compare_editions

    with Progress() as progress:
        report = compare_editions(place.root, Request(old, new, output, all_pages), progress)
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 0


def _show(report: CompareReport) -> None:
    comparison = report.comparison
    if not comparison.changed:
        click.echo(_("两份一样，没有改动：{old}，{new}").format(old=report.old, new=report.new))
        return
    said = _("旧 {old} 页，新 {new} 页；文字改动 {changes} 处，删 {deleted} 字，增 {added} 字")
    click.echo(
        said.format(
            old=report.old_pages,
            new=report.new_pages,
            changes=len(comparison.changes),
            deleted=comparison.deleted,
            added=comparison.added,
        )
    )
    for change in comparison.changes:
        click.echo(f"{_pages(change.old_page, change.new_page)}  {_change(change)}")
    _show_pages(_("文字没变，只是换行、换页不同："), comparison.having([PageChange.LINES]))
    _show_pages(_("文字没变，图片、线条或字体不同："), comparison.having([PageChange.LOOKS]))
    click.echo(f"  {report.output}")


def _show_pages(said: str, spreads: Iterable[Spread]) -> None:
    pages = [_pages(spread.old_page, spread.new_page) for spread in spreads]
    if pages:
        click.echo(said + _("、").join(pages))


def _pages(old: int, new: int) -> str:
    """Where it stands: one number where both have the same."""
    if old == new:
        return _("第 {page} 页").format(page=new)
    if not new:
        return _("旧 {page} 页").format(page=old)
    return _("旧 {old} 页→新 {new} 页").format(old=old, new=new) if old else _("新 {page} 页").format(page=new)


def _change(change: Change) -> str:
    if not change.added:
        said = _("{before}【删：{deleted}】{after}")
    elif not change.deleted:
        said = _("{before}【增：{added}】{after}")
    else:
        said = _("{before}【{deleted}→{added}】{after}")
    parts = {name: _shown(getattr(change, name)) for name in ("before", "deleted", "added", "after")}
    return said.format(**parts)


def _shown(text: str) -> str:
    text = shown_text(text.replace(PICTURE, _("〔图〕")))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"


def _record(report: CompareReport) -> dict[str, object]:
    comparison = report.comparison
    return {
        "old": report.old,
        "new": report.new,
        "old_pages": report.old_pages,
        "new_pages": report.new_pages,
        "same": not comparison.changed,
        "deleted": comparison.deleted,
        "added": comparison.added,
        "pages": [
            {"old": spread.old_page or None, "new": spread.new_page or None, "change": spread.change.value}
            for spread in comparison.changed
        ],
        "changes": [
            {
                "old_page": change.old_page,
                "new_page": change.new_page,
                "before": change.before,
                "deleted": change.deleted,
                "added": change.added,
                "after": change.after,
            }
            for change in comparison.changes
        ],
        "output": report.output,
    }
