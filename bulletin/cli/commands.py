"""The group `bulletin` and its commands, each imported only when it is called (so that `--help` is quick)."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bulletin import __version__
from bulletin.cli.help import Group
from bulletin.cli.language import _


def _command_list() -> dict[str, tuple[str, str]]:
    """Each command's module and its line in the help, in the order of an issue's life."""
    return {
        "init": ("bulletin.cli.new:init", _("新建一个刊物文件夹")),
        "new": ("bulletin.cli.new:new", _("新建一期，或一篇文章")),
        "import": ("bulletin.cli.importing.command:import_", _("导入来稿和旧刊：Word、文本、PDF、网页")),
        "check": ("bulletin.cli.proofreading.check:check", _("检查一期稿件：结构和文字，列出全部问题")),
        "decide": ("bulletin.cli.proofreading.decide:decide", _("对校对的问题作决定：原样保留，或问作者，写明理由")),
        "explain": ("bulletin.cli.proofreading.explain:explain", _("查一条校对规则：为什么、例子、怎么改")),
        "build": ("bulletin.cli.build:build", _("制作印刷版，并与原稿逐字核对")),
        "export": ("bulletin.cli.export:export", _("导出 Word 文件，送领导审改")),
        "save": ("bulletin.cli.save:save", _("省纸：删哪几个字能少一行、少一页、少一张纸")),
        "compare": ("bulletin.cli.compare:compare", _("对照两次制作的印刷版：哪些页、哪些字改了")),
        "clear": ("bulletin.cli.clear:clear", _("审签：记录哪些文章可以公开")),
        "sign": ("bulletin.cli.sign:sign", _("签发：记录本期可以付印")),
        "impose": ("bulletin.cli.impose:impose", _("拼版：把印刷版拼成骑马订、平订的 A3，或印刷厂要的文件")),
        "copies": ("bulletin.cli.copies:copies", _("份号：登记、印制、发送、签收、清退、销毁，谁拿着哪一份")),
        "site": ("bulletin.cli.site:site", _("制作网站：往期、分类、搜索；公开的只收审签过的文章")),
        "publish": ("bulletin.cli.publishing.publish:publish", _("发布：把网站放到服务器上，先看后做，一下子切换")),
        "releases": ("bulletin.cli.publishing.releases:releases", _("查看发布目标上保留的各版")),
        "rollback": ("bulletin.cli.publishing.releases:rollback", _("回退：让网站变回以前的一版")),
        "withdraw": ("bulletin.cli.publishing.withdraw:withdraw", _("撤稿：把已经公开的文章撤下来")),
        "published": ("bulletin.cli.publishing.published:published", _("查发布记录：哪些文章从何时到何时公开过")),
        "prune": ("bulletin.cli.publishing.releases:prune", _("删去发布目标上的旧版")),
        "handover": ("bulletin.cli.handover:handover", _("制作交接包：供只能在后台粘贴的网站平台，每期一个压缩包")),
        "status": ("bulletin.cli.status:status", _("查看一期的进展：文章、审签、问题")),
        "recipients": ("bulletin.cli.recipients:recipients", _("发送对象：名册的核对、导入、导出")),
        "house": ("bulletin.cli.house:house", _("校对用的词库：试验、列出、从一期里学")),
        "fonts": ("bulletin.cli.fonts:fonts", _("查看字库：各用在哪里、收了多少字、本期缺哪些")),
        "specimen": ("bulletin.cli.specimen:specimen", _("排一份字样页：每条排版规则一个例子，前后对照")),
        "schema": ("bulletin.cli.schema:schema", _("给写稿软件（如 VS Code）生成提示和检查用的文件")),
        "completion": ("bulletin.cli.completion:completion", _("让终端按 Tab 键自动补全命令（维护人员用）")),
    }


class LazyGroup(Group):
    """A group that knows its commands by name and imports each only to run it or to show its help.

    `known` gives each command's module and its line in the help, in the language of the moment.
    """

    def __init__(self, *arguments: Any, known: Callable[[], dict[str, tuple[str, str]]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.known = known

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.known())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = self.known().get(cmd_name)
        if known is None:
            return None
        module, name = known[0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("命令")):
            formatter.write_dl([(name, line) for name, (_module, line) in self.known().items()])


@dataclass(frozen=True, slots=True)
class Place:
    """The publication that the command works on."""

    root: Path


@click.group(
    cls=LazyGroup,
    known=_command_list,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "简报编辑、排印、发布工具。\n\n一期从 Markdown 稿件开始：new 新建，check 检查，build 制作印刷版，site 制作网站，publish 发布。"
    ),
    epilog=_("LANG=en_US 显示英文。退出码（供脚本使用）：0 正常，1 稿件有错误，2 用法不对，3 程序或电脑有问题。"),
)
@click.version_option(__version__, "--version", "-V", help=_("显示版本"), message="bulletin %(version)s")
@click.option(
    "-C",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar=_("文件夹"),
    help=_("刊物所在的文件夹（默认是当前文件夹）"),
)
@click.pass_context
def bulletin(context: click.Context, directory: Path) -> None:
    context.obj = Place(directory)
