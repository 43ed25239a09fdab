"""Help pages whose columns and line ends are right for Chinese, which takes two columns a character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import click

from bulletin.cli.language import _
from bulletin.cli.width import fit
from bulletin.model.width import width_of

_FIRST_COLUMN = 34
_NOT_AT_START = "，。；：、！？）》”’」"
_NOT_AT_END = "“‘（《〈「『〔【"


class HelpFormatter(click.HelpFormatter):
    """Measures by columns of the terminal and breaks lines between Han too."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}{_('：')}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"{prefix if prefix is not None else _('用法：')}{prog} {args}\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            for line in wrapped(" ".join(paragraph.split()), self.width - self.current_indent):
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max((width_of(term) for term, _text in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = list(wrapped(text, max(self.width - self.current_indent - first, 20))) or [""]
            if width_of(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
                lines.insert(0, "")
            else:
                self.write(f"{indent}{fit(term, first)}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns, ended at spaces or between Han, closing marks never first, opening ones never last."""
    line = ""
    for piece in _pieces(text):
        if line and width_of(line + piece) > width and piece[0] not in _NOT_AT_START:
            ended = line.rstrip(_NOT_AT_END) or line
            yield ended.rstrip()
            line = line[len(ended) :] + piece.lstrip()
        else:
            line += piece
    if line:
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What may not be parted: a Han character, or a run of others with the blank before it."""
    run = ""
    for character in text:
        if width_of(character) == 2 or character == " ":
            if run:
                yield run
            run = character if character == " " else ""
            if not run:
                yield character
        else:
            run += character
    if run:
        yield run


class Context(click.Context):
    """A context that writes help with our formatter."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose help is right for Chinese."""

    context_class = Context

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("options_metavar", _("[选项]"))
        super().__init__(*arguments, **options)


class Group(click.Group):
    """A group of such commands."""

    context_class = Context
    command_class = Command

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("options_metavar", _("[选项]"))
        options.setdefault("subcommand_metavar", _("命令 [参数]..."))
        super().__init__(*arguments, **options)


class Day(click.ParamType[date]):
    """A date such as 2026-07-13."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(_("“{value}”不是日期，写成 2026-07-13 这样").format(value=value), param, ctx)
