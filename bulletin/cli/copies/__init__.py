"""`bulletin copies`: the life of a numbered copy, a file for each kind of command."""

from __future__ import annotations

import click

from bulletin.cli.commands import LazyGroup
from bulletin.cli.language import _


def _command_list() -> dict[str, tuple[str, str]]:
    """In the order of a copy's life."""
    return {
        "assign": ("bulletin.cli.copies.assign:assign", _("按名册和报、送、发排定份号，登记在册")),
        "print": ("bulletin.cli.copies.printing:print_", _("印制：给签发的印刷版逐份打上份号")),
        "reprint": ("bulletin.cli.copies.printing:reprint", _("补印：印坏的作废，同一份号再印一份")),
        "forms": ("bulletin.cli.copies.forms:forms", _("打印登记表、签收单、回执、信封标签")),
        "send": ("bulletin.cli.copies.moves:send", _("发出")),
        "receive": ("bulletin.cli.copies.moves:receive", _("签收")),
        "transfer": ("bulletin.cli.copies.moves:transfer", _("转交：签收以后到了别的单位手里")),
        "return": ("bulletin.cli.copies.moves:return_", _("清退：收回来，或没送到退回来")),
        "destroy": ("bulletin.cli.copies.moves:destroy", _("销毁（要两名监销人）")),
        "lose": ("bulletin.cli.copies.moves:lose", _("遗失")),
        "recover": ("bulletin.cli.copies.moves:recover", _("找回遗失的")),
        "void": ("bulletin.cli.copies.moves:void", _("作废：这个份号不再用")),
        "correct": ("bulletin.cli.copies.moves:correct", _("更正：上一笔登错了，退回到前一步")),
        "list": ("bulletin.cli.copies.asking:list_", _("列出一期的全部份号和去向")),
        "find": ("bulletin.cli.copies.asking:find", _("查一份在谁那里，或一个单位有哪些份")),
        "overdue": ("bulletin.cli.copies.asking:overdue", _("逾期没有签收的、该清退没有清退的")),
        "report": ("bulletin.cli.copies.asking:report", _("一期的统计：各在哪里，各有多少")),
        "history": ("bulletin.cli.copies.asking:history", _("一份从登记到销毁的全部记录")),
        "trace": ("bulletin.cli.copies.trace:trace", _("从 PDF 或照片认出是哪一份")),
        "verify": ("bulletin.cli.copies.keeping:verify", _("核对登记册有没有被人改动")),
        "export": ("bulletin.cli.copies.keeping:export", _("导出整个登记册")),
        "import": ("bulletin.cli.copies.keeping:import_", _("由导出的文件重建登记册")),
    }


@click.group(
    cls=LazyGroup,
    known=_command_list,
    help=_(
        "份号的一生：登记（assign）、印制（print）、发出（send）、签收（receive）、清退（return）、销毁（destroy）。"
        "每一步谁经手、什么时候、为什么，都记在登记册里，只能添，不能改。\n\n"
        "份号写成 000127，或 000013-000040；不写期号就是最新一期。加 --dry-run 只看会怎样，不登记。"
    ),
)
def copies() -> None:
    pass
