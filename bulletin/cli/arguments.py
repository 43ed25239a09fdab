"""Arguments and options that several commands share, with their completion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from bulletin.cli.language import _

C = TypeVar("C")


def complete_issue(context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    issues = _root(context) / "issues"
    names = sorted((path.name for path in issues.iterdir() if path.is_dir()), reverse=True) if issues.is_dir() else []
    return [CompletionItem(name) for name in names if name.startswith(start)]


def _complete_article(context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    folder = _root(context) / "issues" / str(context.params.get("issue") or "")
    return [CompletionItem(path.stem) for path in sorted(folder.glob("*.md")) if path.name.startswith(start)]


def _root(context: click.Context) -> Path:
    parent = context.parent
    return Path(parent.params.get("directory") or ".") if parent else Path()


def issue_argument(function: C) -> C:
    """The issue to work on; the newest where it is left out."""
    decorate: Any = click.argument("issue", required=False, metavar=f"[{_('期')}]", shell_complete=complete_issue)
    return decorate(function)  # type: ignore[no-any-return]


def issues_argument(function: C) -> C:
    """The issues to work on; the newest where none is named."""
    decorate: Any = click.argument("issues", nargs=-1, metavar=f"[{_('期')}]...", shell_complete=complete_issue)
    return decorate(function)  # type: ignore[no-any-return]


def articles_argument(function: C) -> C:
    """Articles of the issue; the command says whether there must be any."""
    decorate: Any = click.argument("articles", nargs=-1, metavar=f"[{_('文章')}]...", shell_complete=_complete_article)
    return decorate(function)  # type: ignore[no-any-return]


def json_option(function: C) -> C:
    """Output for another program."""
    decorate: Any = click.option("--json", "as_json", is_flag=True, help=_("输出 JSON，供其他程序读取"))
    return decorate(function)  # type: ignore[no-any-return]


def output_option(help_text: str) -> Callable[[C], C]:
    """The folder of the build; that of the publication where it is left out."""
    decorate: Any = click.option(
        "-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar=_("文件夹"), help=help_text
    )
    return decorate  # type: ignore[no-any-return]
