"""`bulletin copies verify`, `export`, `import`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import click

from bulletin.cli.arguments import json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_json
from bulletin.cli.copies.words import now
from bulletin.cli.help import Command
from bulletin.cli.language import _, translated
from bulletin.model.copy_reports import VerifyReport
from bulletin.model.register import Head

_ANCHOR = re.compile(r"(?P<seq>\d+)[^0-9a-f]+(?P<hash>[0-9a-f][0-9a-f\s]*)")
_LEAST = 8
"""Hexadecimal digits: 32 bits, which nobody hits by chance."""


@click.command(
    cls=Command,
    help=_(
        "逐笔核对登记册：有没有被改、被删、被插、被调换；发布记录也在登记册里，一并核对。登记表末尾印着当时的笔数和校验，"
        "用 --head 照抄进来，整册重造的也看得出来。\n\n例：bulletin copies verify --head 1234:3fa9c1d2"
    ),
)
@click.option("--head", metavar=_("笔数:校验"), help=_("登记表上印的笔数和校验"))
@click.option("--published", metavar=_("条数:校验"), help=_("留底的发布记录的条数和校验"))
@json_option
@click.pass_obj
def verify(place: Place, /, head: str | None, published: str | None, *, as_json: bool) -> int:
    from bulletin.pipeline.copies.keeping import verify as verify_register

    report = verify_register(
        place.root, _anchor(head) if head else None, now(), _anchor(published) if published else None
    )
    if as_json:
        show_json(_record(report))
    else:
        _show(report)
    return 1 if report.faults else 0


def _record(report: VerifyReport) -> dict[str, object]:
    return {
        "events": report.head.seq,
        "head": report.head.hash,
        "issues": report.issues,
        "publications": report.publications.seq,
        "publications_head": report.publications.hash,
        "faults": [translated(fault) for fault in report.faults],
    }


def _show(report: VerifyReport) -> None:
    for fault in report.faults:
        click.echo(_("不对：{fault}").format(fault=translated(fault)), err=True)
    if report.faults:
        click.echo(
            _("登记册被改动过，或已损坏：共 {count} 处。不要再登记，先找备份、导出的文件和纸质登记表核对").format(
                count=len(report.faults)
            ),
            err=True,
        )
        return
    said = _("登记册完好：{issues} 期，{events} 笔，一环扣一环；最后一笔的校验是")
    click.echo(said.format(issues=report.issues, events=report.head.seq))
    click.echo(f"  {report.head.seq}:{report.head.hash}")
    click.echo(_("发布记录也完好：{count} 条；最后一条的校验是").format(count=report.publications.seq))
    click.echo(f"  {report.publications.seq}:{report.publications.hash}")


def _anchor(text: str) -> Head:
    """As it is printed on forms, whole or its beginning, with blanks or without, in figures of any width."""
    found = _ANCHOR.search(unicodedata.normalize("NFKC", text).lower())
    digits = "".join(found["hash"].split()) if found else ""
    if not found or len(digits) < _LEAST:
        said = _("“{text}”不是笔数和校验：写成 1234:3fa9c1d2，校验至少抄前 {least} 位")
        raise click.UsageError(said.format(text=text, least=_LEAST))
    return Head(int(found["seq"]), digits[:64])


@click.command(
    cls=Command,
    help=_(
        "把整个登记册导出成一个文本文件（JSON Lines，一行一笔），存档或迁移用；里面有校验码的密钥，不要外传。\n\n"
        "例：bulletin copies export 登记册-2026-11.jsonl"
    ),
)
@click.argument("path", metavar=_("文件"), type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(place: Place, /, path: Path) -> int:
    from bulletin.pipeline.copies.keeping import export as export_all

    heads = export_all(place.root, path, now())
    said = _("已导出 {events} 笔，发布记录 {publications} 条：{path}")
    click.echo(said.format(events=heads.copies.seq, publications=heads.publications.seq, path=path))
    return 0


@click.command(
    "import",
    cls=Command,
    help=_(
        "由导出的文件重建登记册；只能建在空的登记册里，先逐笔核对。\n\n例：bulletin copies import 登记册-2026-11.jsonl"
    ),
)
@click.argument("path", metavar=_("文件"), type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_(place: Place, /, path: Path) -> int:
    from bulletin.pipeline.copies.keeping import rebuild

    heads = rebuild(place.root, path, now())
    said = _("已重建登记册：{events} 笔，发布记录 {publications} 条")
    click.echo(said.format(events=heads.copies.seq, publications=heads.publications.seq))
    return 0
