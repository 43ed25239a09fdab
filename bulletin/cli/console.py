"""What the terminal shows: problems, tables with Chinese widths, progress, JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from bulletin.cli.help import wrapped
from bulletin.cli.language import _, translated
from bulletin.cli.width import fit
from bulletin.model.errors import BulletinError
from bulletin.model.problem import Message, Problem, Severity
from bulletin.model.width import width_of

_INSET = 4
_GROUP_INSET = 2
_LEAST = 12
"""Columns of a terminal that a column keeps, however narrow the terminal is."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}


def severity_name(severity: Severity) -> str:
    """错误, 警告 or 提示."""
    return {Severity.ERROR: _("错误"), Severity.WARNING: _("警告"), Severity.HINT: _("提示")}[severity]


def severity_styled(severity: Severity, text: str) -> str:
    """The text in the colour of the severity; colours reach a terminal only."""
    return click.style(text, fg=_COLOURS[severity], bold=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """A line for each problem, `path:line:column: 错误 message [code]`, its advice below it, and a line that counts."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
        name = severity_styled(problem.severity, severity_name(problem.severity))
        click.echo(f"{problem.span}: {name} {translated(problem.message)} [{problem.code}]", err=True)
        if problem.advice.template:
            click.echo(f"    → {translated(problem.advice)}", err=True)
    totals = {
        Severity.ERROR: _("错误 {count} 个"),
        Severity.WARNING: _("警告 {count} 个"),
        Severity.HINT: _("提示 {count} 个"),
    }
    said = [totals[severity].format(count=count) for severity, count in counts.items() if count]
    if said:
        click.echo("  ".join(said), err=True)


def show_failure(failure: BulletinError) -> None:
    """Why the command could not go on, and what to do."""
    click.echo(click.style(_("不能继续："), fg="red", bold=True) + translated(failure.message), err=True)
    if failure.advice.template:
        click.echo(f"    → {translated(failure.advice)}", err=True)


def show_json(value: object) -> None:
    """The value for another program, on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def problem_record(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "message": translated(problem.message),
        "advice": translated(problem.advice) if problem.advice.template else "",
    }


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]], wide: int) -> None:
    """Rows in columns; Han count for two. Column `wide` gives way where the terminal is too narrow."""
    widths = [max(width_of(row[column]) for row in (head, *rows)) for column in range(len(head))]
    room = terminal_width() - sum(widths) + widths[wide] - 2 * len(widths)
    widths[wide] = max(_LEAST, min(widths[wide], room))
    for row in (head, *rows):
        cells = [fit(cell, width) for cell, width in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def show_groups(head: Sequence[str], groups: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
    """Rows in columns as in `show_table`, under a line for each group, if it has one; the last column is never cut: it goes on below itself."""
    every = [head, *(row for _line, rows in groups for row in rows)]
    inset = " " * _GROUP_INSET if any(line for line, _rows in groups) else ""
    widths = [max(width_of(row[column]) for row in every) for column in range(len(head) - 1)]
    _show_row(inset, head, widths)
    for line, rows in groups:
        if line:
            show_lines([line])
        for row in rows:
            _show_row(inset, row, widths)


def _show_row(inset: str, row: Sequence[str], widths: Sequence[int]) -> None:
    *cells, last = row
    start = inset + "".join(f"{fit(cell, width)}  " for cell, width in zip(cells, widths, strict=True))
    first, *rest = [*wrapped(last, max(_LEAST, terminal_width() - width_of(start)))] or [""]
    click.echo((start + first).rstrip())
    for further in rest:
        click.echo(" " * width_of(start) + further)


def show_lines(lines: Iterable[str]) -> None:
    """Texts of any length, wrapped to the terminal, their further lines set in."""
    for line in lines:
        first, *rest = [*wrapped(line, terminal_width())] or [""]
        click.echo(first)
        for further in wrapped("".join(rest), terminal_width() - _INSET):
            click.echo(" " * _INSET + further)


def terminal_width() -> int:
    """The columns of the terminal, or many where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 200


class Progress:
    """One line on standard error that says what is being done; silent where nobody watches."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __call__(self, what: Message) -> None:
        if self.shown:
            click.echo(f"\r\x1b[K{translated(what)} …", nl=False, err=True)

    def clear(self) -> None:
        """Makes room for something else to be shown."""
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
