"""`bulletin decide`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from bulletin.cli.arguments import complete_issue
from bulletin.cli.commands import Place
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.finding import Verdict


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command is asked."""

    keep: bool
    ask: bool
    take_back: bool
    reason: str
    by: str


@click.command(
    cls=Command,
    help=_(
        "对 bulletin check 找出的问题作决定：原样保留（--keep），或问作者（--ask），都要写明理由和姓名；收回用 --take-back。"
        "编号在每个问题的末行，写开头几个字符就够，可以一次写几个。决定记在 issues/<期>/decisions.yaml 里；那句话改了，决定就不再算数。\n\n"
        "付印、审签以前，错误和警告都要改掉，或者写明理由保留；在问作者的，要等有了结果。提示可以不管。\n\n"
        "例：bulletin decide 2026-07 3f2a9c1b --keep --reason 原文件如此 --by 杨红"
    ),
)
@click.argument("issue", metavar=_("期"), shell_complete=complete_issue)
@click.argument("findings", metavar=_("编号..."), nargs=-1, required=True)
@click.option("--keep", is_flag=True, help=_("原样保留"))
@click.option("--ask", is_flag=True, help=_("在问作者，还没有结果"))
@click.option("--take-back", is_flag=True, help=_("收回决定"))
@click.option("--reason", default="", metavar=_("理由"), help=_("为什么不改，或问什么"))
@click.option("--by", default="", metavar=_("姓名"), help=_("谁决定的"))
@click.pass_obj
def decide(place: Place, /, issue: str, findings: tuple[str, ...], **said: Any) -> int:
    from bulletin.pipeline.deciding import Resolve
    from bulletin.pipeline.deciding import decide as record
    from bulletin.pipeline.reading import find_issue

    asked = _Asked(**said)
    if asked.keep + asked.ask + asked.take_back != 1:
        raise click.UsageError(_("请写怎么决定：--keep 保留，--ask 问作者，--take-back 收回，只写一样"))
    if not asked.take_back and not (asked.reason.strip() and asked.by.strip()):
        raise click.UsageError(_("请写理由（--reason 理由）和姓名（--by 姓名）"))
    verdict = None if asked.take_back else Verdict.KEEP if asked.keep else Verdict.ASK
    now = datetime.now().astimezone().isoformat("T", "seconds")
    made = record(place.root, find_issue(place.root, issue), findings, Resolve(verdict, asked.reason, asked.by, now))
    for decision in made:
        what = _("已收回：{code} {words}") if verdict is None else {
            Verdict.KEEP: _("保留：{code} {words}"), Verdict.ASK: _("在问作者：{code} {words}")
        }[decision.verdict]  # fmt: skip
        click.echo(what.format(code=decision.code, words=f"{decision.article} {decision.words}".strip()))
    return 0
