"""`bulletin explain`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bulletin.cli.commands import Place
from bulletin.cli.console import severity_name, severity_styled, show_lines, show_table
from bulletin.cli.help import Command
from bulletin.cli.language import _, translated
from bulletin.cli.proofreading.entries import entry_page, examples, strength_name
from bulletin.model.finding import Manual, Safety


@click.command(
    cls=Command,
    help=_(
        "查一条校对规则：是什么，谁说的，错的和对的例子，能不能自动改，怎么保留原样。也可以写本局词条的编号（house/ 里的 id）。"
        "不写则列出全部规则。\n\n例：bulletin explain PUN003"
    ),
)
@click.argument("code", required=False, metavar=f"[{_('代码')}]")
@click.option(
    "--format", "form", type=click.Choice(("text", "markdown")), default="text", show_default=True,
    help=_("markdown：把整本规则写成 Markdown"),
)  # fmt: skip
@click.pass_obj
def explain(place: Place, code: str | None, form: str) -> int:
    from bulletin.pipeline.explaining import GROUPS, find_page, manual_text

    if form == "markdown":
        if code:
            raise click.UsageError(_("--format markdown 写出全部规则，不能再写代码"))
        click.echo(manual_text(), nl=False)
    elif code:
        page = find_page(place.root, code)
        show_lines(_page(page) if isinstance(page, Manual) else entry_page(page))
    else:
        for name, manuals in GROUPS:
            if manuals:
                click.echo(click.style(translated(name), bold=True))
                show_table(
                    (_("代码"), _("轻重"), _("依据"), _("自动改"), _("规则")), [_row(each) for each in manuals], wide=4
                )
                click.echo()
        click.echo(_("看一条：bulletin explain 代码"))
    return 0


def _row(manual: Manual) -> tuple[str, ...]:
    fixes = {Safety.SAFE: _("准"), Safety.UNSAFE: _("看过再改"), Safety.NONE: ""}[manual.safety]
    return manual.code, severity_name(manual.severity), strength_name(manual.strength), fixes, translated(manual.title)


def _page(manual: Manual) -> Iterator[str]:
    yield click.style(f"{manual.code}　{translated(manual.title)}", bold=True)
    yield translated(manual.says)
    yield ""
    yield _("轻重：{severity}").format(severity=severity_styled(manual.severity, severity_name(manual.severity)))
    yield _("依据：{strength}，{source}").format(strength=strength_name(manual.strength), source=manual.source)
    yield {
        Safety.SAFE: _("改法：改得准，bulletin check --fix 自动改"),
        Safety.UNSAFE: _("改法：先用 bulletin check --unsafe-fixes --diff 看，合适再去掉 --diff"),
        Safety.NONE: _("改法：要人来改"),
    }[manual.safety]
    if manual.given:
        yield ""
        yield _("词库（house/）里写着：")
        yield from (f"  {line}" for line in manual.given.splitlines())
    yield ""
    yield from examples(manual.bad, manual.good)
    yield ""
    yield _("确要这样写：bulletin decide 期 编号 --keep --reason 理由 --by 姓名")
    yield _("或者写在那一段里：<!-- 校:保留 {code} 理由 -->").format(code=manual.code)
