"""`bulletin import --archive`: a folder of back issues."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulletin.cli.commands import Place
from bulletin.cli.language import _, translated

if TYPE_CHECKING:
    from bulletin.model.imported import Brought
    from bulletin.pipeline.importing.importing import Wanted


def import_folder(place: Place, archive: Path, wanted: Wanted) -> int:
    """Tells of each file as it is done, and at the end how many, and which not."""
    from bulletin.pipeline.importing.archive import REPORT, import_archive

    brought = import_archive(place.root, archive, wanted, _tell)
    if not brought:
        click.echo(_("“{folder}”里没有能导入的文件").format(folder=archive), err=True)
        return 1
    failed = [each for each in brought if each.fault]
    done = [each for each in brought if each.folder]
    said = _(
        "共 {files} 个文件：导入 {done} 期（其中以前导入过的 {again} 期），{articles} 篇；存疑 {doubts} 处；没有导入 {failed} 个"
    ).format(
        files=len(brought),
        done=len(done),
        again=sum(each.again for each in done),
        articles=sum(each.articles for each in done),
        doubts=sum(each.doubts for each in done),
        failed=len(failed),
    )
    click.echo(said)
    for each in failed:
        click.echo(f"    {each.name}：{_reason(each)}")
    if not wanted.dry_run:
        click.echo(_("报告：{path}").format(path=REPORT), err=True)
    if failed:
        click.echo(_("改好以后再运行一次，只导入没有导入的"), err=True)
    return 1 if failed else 0


def _tell(brought: Brought) -> None:
    if brought.fault:
        click.echo(f"✗ {brought.name}：{_reason(brought)}", err=True)
    elif brought.folder and not brought.again:
        click.echo(f"✓ {brought.name} → {brought.folder}", err=True)


def _reason(brought: Brought) -> str:
    return translated(brought.fault) if brought.fault else ""
